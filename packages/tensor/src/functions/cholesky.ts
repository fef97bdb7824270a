import { choleskyFactor } from "../ops/linalg/cholesky.ts";
import { factoredSystem } from "../ops/linalg/cholesky-solve.ts";
import { squareOf } from "../ops/linalg/matrices.ts";
import { transpose } from "../ops/view/permute.ts";
import type { Tensor } from "../tensor.ts";
import { eye } from "./sequences.ts";

export interface CholeskyOptions {
  /** Upper triangles instead of lower ones: read and returned. */
  upper?: boolean;
}

/**
 * Lower triangular L with `L Lᵀ = x` for symmetric positive-definite `x`, of which only the lower triangle is read (upper
 * U with `Uᵀ U = x` with `upper`). Shape `[..., n, n]` to the same. Throws where `x` is not positive-definite.
 *
 * @example
 * cholesky(tensor([[4, 2], [2, 5]])).tolist(); // => [[2, 0], [1, 2]]
 */
export function cholesky(x: Tensor, { upper = false }: CholeskyOptions = {}): Tensor {
  squareOf("cholesky", x);
  return upper ? transpose(choleskyFactor(transpose(x))) : choleskyFactor(x);
}

/**
 * `x` with `L Lᵀ x = b`, from the factor that `cholesky` made. Shapes `[..., n, k]` and `[..., n, n]` to `[..., n, k]`.
 *
 * @example
 * choleskySolve(tensor([[8], [9]]), tensor([[2, 0], [1, 2]])).tolist(); // => [[1.375], [1.25]]
 */
export function choleskySolve(b: Tensor, l: Tensor, { upper = false }: CholeskyOptions = {}): Tensor {
  squareOf("choleskySolve", l, "l");
  return factoredSystem(b, upper ? transpose(l) : l);
}

/**
 * `(L Lᵀ)⁻¹`, from the factor that `cholesky` made. Shape `[..., n, n]` to the same.
 *
 * @example
 * choleskyInverse(tensor([[2, 0], [0, 1]])).tolist(); // => [[0.25, 0], [0, 1]]
 */
export function choleskyInverse(l: Tensor, { upper = false }: CholeskyOptions = {}): Tensor {
  const [n] = squareOf("choleskyInverse", l, "l");
  return factoredSystem(eye(n, n, { dtype: l.dtype, device: l.device }), upper ? transpose(l) : l);
}
