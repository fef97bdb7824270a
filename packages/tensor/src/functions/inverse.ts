import { shapeText } from "../errors.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { inverse, solveMatrices } from "../ops/linalg/inverse.ts";
import { matrixOf, squareOf } from "../ops/linalg/matrices.ts";
import { triangularSystem } from "../ops/linalg/triangular.ts";
import { expand } from "../ops/view/expand.ts";
import { transpose } from "../ops/view/permute.ts";
import { squeeze, unsqueeze } from "../ops/view/squeeze.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { matmul } from "./matmul.ts";
import { sum } from "./reduce.ts";
import { eye } from "./sequences.ts";

/**
 * The inverse of each matrix. Shape `[..., n, n]` to the same; floats only. Throws for a singular matrix.
 *
 * @example
 * inv(tensor([[2, 0], [0, 4]])).tolist(); // => [[0.5, 0], [0, 0.25]]
 */
export const inv = (x: Tensor): Tensor => inverse(x);

/**
 * `x` with `a x = b`. Throws for a singular matrix.
 *
 * - `[..., n, n]` and `[..., n, k]` to `[..., n, k]`; leading dimensions broadcast
 * - `[..., n, n]` and `[..., n]` (a vector for each matrix, or one for all) to `[..., n]`
 *
 * @example
 * solve(tensor([[2, 0], [0, 4]]), tensor([2, 2])).tolist(); // => [1, 0.5]
 */
export function solve(a: Tensor, b: Tensor): Tensor {
  squareOf("solve", a, "a");
  const isVector = b.ndim === 1 || sameShape(b.shape, a.shape.slice(0, -1));
  return isVector ? squeeze(solveMatrices(a, unsqueeze(b, -1)), -1) : solveMatrices(a, b);
}

export interface SolveTriangularOptions {
  /** Read the upper triangle of `a`, else the lower. */
  upper: boolean;
  /** Solve `a x = b` (the default), else `x a = b`. */
  left?: boolean;
  /** Take ones for the diagonal of `a`. */
  unitriangular?: boolean;
}

/**
 * `x` with `a x = b` (or `x a = b`) for triangular `a`, by substitution; the other triangle is not read. Shapes
 * `[..., n, n]` and `[..., n, k]` to `[..., n, k]` (`[..., k, n]` both for `x a = b`); leading dimensions broadcast.
 *
 * @example
 * solveTriangular(tensor([[2, 0], [1, 1]]), tensor([[2], [3]]), { upper: false }).tolist(); // => [[1], [2]]
 */
export function solveTriangular(
  a: Tensor,
  b: Tensor,
  { upper, left = true, unitriangular = false }: SolveTriangularOptions,
): Tensor {
  if (left) return triangularSystem(a, b, { upper, unitriangular });
  squareOf("solveTriangular", a, "a");
  matrixOf("solveTriangular", b, "b");
  return transpose(triangularSystem(transpose(a), transpose(b), { upper: !upper, unitriangular }));
}

export interface TriangularSolveOptions {
  /** Read the upper triangle of `a` (the default), else the lower. */
  upper?: boolean;
  /** Solve with `aᵀ`. */
  transpose?: boolean;
  /** Take ones for the diagonal of `a`. */
  unitriangular?: boolean;
}

/**
 * `x` with `a x = b` for triangular `a`: `solveTriangular` with the arguments of `torch.triangular_solve`. Shapes
 * `[..., n, k]` and `[..., n, n]` to `[..., n, k]`.
 *
 * @example
 * triangularSolve(tensor([[2], [3]]), tensor([[2, 0], [1, 1]]), { upper: false }).tolist(); // => [[1], [2]]
 */
export function triangularSolve(
  b: Tensor,
  a: Tensor,
  { upper = true, transpose: turned = false, unitriangular = false }: TriangularSolveOptions = {},
): Tensor {
  squareOf("triangularSolve", a, "a");
  return turned
    ? triangularSystem(transpose(a), b, { upper: !upper, unitriangular })
    : triangularSystem(a, b, { upper, unitriangular });
}

/**
 * `x · x · …`, `n` factors; of the inverse for negative n, the identity for 0. Shape `[..., m, m]` to the same.
 *
 * @example
 * matrixPower(tensor([[1, 1], [0, 1]]), 3).tolist(); // => [[1, 3], [0, 1]]
 */
export function matrixPower(x: Tensor, n: number): Tensor {
  const [size] = squareOf("matrixPower", x);
  if (!Number.isInteger(n))
    throw new RangeError(`matrixPower: n must be a whole number, got ${n} (x ${shapeText(x.shape)})`);
  if (n === 0) return mul(expand(eye(size, size, { dtype: x.dtype, device: x.device }), x.shape), 1);
  let square = n < 0 ? inverse(x) : x;
  let result: Tensor | undefined;
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result === undefined ? square : matmul(result, square);
    if (rest > 1) square = matmul(square, square);
  }
  return result === x ? mul(x, 1) : (result ?? x);
}

/**
 * `Σ x y` along `dim`: the scalar products of vectors. Shape `[...]` to `[...]` without `dim`; shapes broadcast.
 *
 * @example
 * vecdot(tensor([[1, 2], [3, 4]]), tensor([1, 1])).tolist(); // => [3, 7]
 */
export const vecdot = (x: Tensor, y: Tensor, { dim = -1 }: { dim?: number } = {}): Tensor => sum(mul(x, y), { dim });
