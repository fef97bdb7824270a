import { shapeText } from "../errors.ts";
import { div } from "../ops/elementwise/arithmetic.ts";
import { gt } from "../ops/elementwise/comparison.ts";
import { matrixOf, squareOf } from "../ops/linalg/matrices.ts";
import { pseudoInverse } from "../ops/linalg/pseudo-inverse.ts";
import { select } from "../ops/view/slice.ts";
import { squeeze, unsqueeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";
import { svdvals } from "./decompositions.ts";
import { inv } from "./inverse.ts";
import { matmul } from "./matmul.ts";
import { matrixNorm } from "./norms.ts";
import { sum } from "./reduce.ts";

export interface RankOptions {
  /** Singular values up to this count as 0: one for all, or one a matrix. Default 0. */
  atol?: number | Tensor | undefined;
  /** The same relative to the largest. Default `max(m, n)` times the dtype's precision, or 0 where `atol` is given. */
  rtol?: number | Tensor | undefined;
}

export interface PinvOptions extends RankOptions {
  /** `x` is symmetric: only its lower triangle is read. */
  hermitian?: boolean;
}

/**
 * The Moore–Penrose pseudo-inverse. Shape `[..., m, n]` to `[..., n, m]`; floats only.
 *
 * @example
 * pinv(tensor([[2, 0], [0, 0]])).tolist(); // => [[0.5, 0], [0, 0]]
 */
export function pinv(x: Tensor, { hermitian = false, ...limits }: PinvOptions = {}): Tensor {
  const { atol, rtol } = limitsOf("pinv", x, limits);
  return pseudoInverse(x, atol, rtol, { hermitian });
}

/**
 * How many singular values are not 0. Shape `[..., m, n]` to `[...]`, int32.
 *
 * @example
 * matrixRank(tensor([[1, 2], [2, 4]])).item(); // => 1
 */
export function matrixRank(x: Tensor, limits: RankOptions = {}): Tensor {
  const { atol, rtol } = limitsOf("matrixRank", x, limits);
  const values = svdvals(x.detach());
  if (values.shape.at(-1) === 0) return sum(gt(values, 0), { dim: -1 });
  const largest = select(values, -1, 0).mul(rtol);
  const isAbove = [atol, largest].map((limit) => gt(values, limit.ndim === 0 ? limit : unsqueeze(limit, -1)));
  return sum(
    isAbove.reduce((first, second) => first.mul(second)),
    { dim: -1 },
  );
}

function limitsOf(who: string, x: Tensor, { atol, rtol }: RankOptions): { atol: Tensor; rtol: Tensor } {
  const size = Math.max(...matrixOf(who, x));
  const precision = x.dtype === "float64" ? Number.EPSILON : 2 ** -23;
  const asTensor = (limit: number | Tensor): Tensor => (typeof limit === "number" ? x.number(limit) : limit);
  return { atol: asTensor(atol ?? 0), rtol: asTensor(rtol ?? (atol === undefined ? size * precision : 0)) };
}

/**
 * The `x` that makes `‖a x - b‖` smallest (and of all such the shortest), by the pseudo-inverse. Shapes `[..., m, n]` and
 * `[..., m, k]` to `[..., n, k]`, or `[m]` to `[n]`.
 *
 * @example
 * lstsq(tensor([[1], [1]]), tensor([[1], [3]])).tolist(); // => [[2]]
 */
export function lstsq(a: Tensor, b: Tensor): Tensor {
  matrixOf("lstsq", a, "a");
  return b.ndim === 1 ? squeeze(matmul(pinv(a), unsqueeze(b, -1)), -1) : matmul(pinv(a), b);
}

/**
 * `‖x‖ · ‖x⁻¹‖`: how far an error in a system of equations can grow. For `p` 2 (the default) and -2 the ratio of the extreme
 * singular values, of any matrices; else a norm of `matrixNorm` for square ones. Shape `[..., m, n]` to `[...]`.
 *
 * @example
 * cond(tensor([[4, 0], [0, 2]])).item(); // => 2
 */
export function cond(x: Tensor, { p = 2 }: { p?: "fro" | "nuc" | number } = {}): Tensor {
  if (p === 2 || p === -2) {
    const values = svdvals(x);
    if (values.shape.at(-1) === 0)
      throw new RangeError(`cond: needs at least one row and column (x ${shapeText(x.shape)})`);
    const ends = [select(values, -1, 0), select(values, -1, -1)] as const;
    return p === 2 ? div(ends[0], ends[1]) : div(ends[1], ends[0]);
  }
  squareOf("cond", x);
  return matrixNorm(x, { ord: p }).mul(matrixNorm(inv(x), { ord: p }));
}
