import { eighPacked } from "../ops/linalg/eigh.ts";
import { matrixOf, squareOf } from "../ops/linalg/matrices.ts";
import { qrPacked } from "../ops/linalg/qr.ts";
import { svdPacked } from "../ops/linalg/svd.ts";
import { transpose } from "../ops/view/permute.ts";
import { narrow, select } from "../ops/view/slice.ts";
import type { Tensor } from "../tensor.ts";

export interface EighOptions {
  /** Which triangle is read. Default "L", the lower. */
  uplo?: "L" | "U";
}

/**
 * Eigenvalues (rising) and eigenvectors (columns) of symmetric matrices: `x = V diag(λ) Vᵀ`. Shape `[..., n, n]` to
 * `[..., n]` and `[..., n, n]`. The sign of each vector is free; vectors of equal values have no gradient.
 *
 * @example
 * eigh(tensor([[2, 0], [0, 1]])).eigenvalues.tolist(); // => [1, 2]
 */
export function eigh(x: Tensor, { uplo = "L" }: EighOptions = {}): { eigenvalues: Tensor; eigenvectors: Tensor } {
  const packed = packedEigh("eigh", x, uplo);
  return { eigenvalues: select(packed, -2, 0), eigenvectors: narrow(packed, -2, 1, x.shape.at(-1) as number) };
}

/**
 * The eigenvalues of symmetric matrices, rising. Shape `[..., n, n]` to `[..., n]`.
 *
 * @example
 * eigvalsh(tensor([[0, 1], [1, 0]])).tolist(); // => [-1, 1]
 */
export const eigvalsh = (x: Tensor, { uplo = "L" }: EighOptions = {}): Tensor =>
  select(packedEigh("eigvalsh", x, uplo), -2, 0);

function packedEigh(who: string, x: Tensor, uplo: string): Tensor {
  squareOf(who, x);
  if (uplo !== "L" && uplo !== "U") throw new RangeError(`${who}: uplo must be "L" or "U", got ${uplo}`);
  return eighPacked(uplo === "U" ? transpose(x) : x);
}

/**
 * Singular values (falling) and vectors (columns): `x = U diag(s) Vᵀ`, of reduced size k = min(m, n), as `torch.svd`. Shape
 * `[..., m, n]` to `[..., m, k]`, `[..., k]` and `[..., n, k]`. The signs of the vectors are free; vectors of equal values have
 * no gradient.
 *
 * @example
 * svd(tensor([[0, 3], [2, 0]])).s.tolist(); // => [3, 2]
 */
export function svd(x: Tensor): { u: Tensor; s: Tensor; v: Tensor } {
  const [rows, columns] = matrixOf("svd", x);
  const packed = svdPacked(x);
  return {
    u: narrow(packed, -2, 1, rows),
    s: select(packed, -2, 0),
    v: narrow(packed, -2, 1 + rows, columns),
  };
}

/**
 * The singular values, falling. Shape `[..., m, n]` to `[..., min(m, n)]`.
 *
 * @example
 * svdvals(tensor([[0, 3], [2, 0]])).tolist(); // => [3, 2]
 */
export function svdvals(x: Tensor): Tensor {
  matrixOf("svdvals", x);
  return select(svdPacked(x), -2, 0);
}

/**
 * `x = Q R` with orthonormal columns in Q and upper triangular R, of reduced size k = min(m, n). Shape `[..., m, n]` to
 * `[..., m, k]` and `[..., k, n]`.
 *
 * @example
 * qr(tensor([[3, 1], [4, 2]])).r.tolist(); // => [[-5, -2.200000047683716], [0, 0.4000000059604645]]
 */
export function qr(x: Tensor): { q: Tensor; r: Tensor } {
  const [rows, columns] = matrixOf("qr", x);
  const packed = qrPacked(x);
  return { q: narrow(packed, -2, 0, rows), r: transpose(narrow(packed, -2, rows, columns)) };
}
