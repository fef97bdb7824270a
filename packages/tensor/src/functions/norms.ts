import type { DType } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { div, mul } from "../ops/elementwise/arithmetic.ts";
import { unary } from "../ops/elementwise/define.ts";
import { clampMin } from "../ops/elementwise/extremes.ts";
import { abs } from "../ops/elementwise/rounding.ts";
import { normBlock } from "../ops/reduce/norm.ts";
import { permute } from "../ops/view/permute.ts";
import { view } from "../ops/view/reshape.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { svdvals } from "./decompositions.ts";
import { amax, amin } from "./extremes.ts";
import { sum } from "./reduce.ts";
import { checkNotEmpty, converted, type ReduceOptions, reduceTogether } from "./reduce-dims.ts";

export interface NormOptions extends ReduceOptions {
  /** Any number or infinity; "fro" is 2, "nuc" the sum of a matrix's singular values. Default 2. */
  p?: number | "fro" | "nuc" | undefined;
  dtype?: DType | undefined;
}

/**
 * `(Σ |x|^p)^(1/p)` over `dim`, which may be several or all: the largest |x| for p = ∞, the smallest for -∞, the count of
 * elements other than 0 for p = 0. Shapes as for `sum`; floats only. The gradient at norm 0 is 0.
 *
 * @example
 * norm(tensor([3, 4])).item(); // => 5
 */
export function norm(x: Tensor, { p = 2, dtype, ...dims }: NormOptions = {}): Tensor {
  if (p !== "nuc") return powerNorm("norm", converted(x, dtype), p === "fro" ? 2 : p, dims);
  const [rows, columns, ...others] = typeof dims.dim === "number" ? [dims.dim] : (dims.dim ?? x.shape.keys());
  if (rows === undefined || columns === undefined || others.length > 0)
    throw new RangeError(`norm: p "nuc" needs a matrix or two dimensions (x ${shapeText(x.shape)})`);
  return matrixNorm(x, { ord: "nuc", dim: [rows, columns], keepdim: dims.keepdim, dtype });
}

export interface VectorNormOptions extends ReduceOptions {
  /** Any number or infinity. Default 2. */
  ord?: number | undefined;
  dtype?: DType | undefined;
}

/**
 * The norm of `x` over `dim` as one vector: `norm` under the name that `torch.linalg` gives it.
 *
 * @example
 * vectorNorm(tensor([[3, 4], [0, 1]]), { ord: 1, dim: 1 }).tolist(); // => [7, 1]
 */
export const vectorNorm = (x: Tensor, { ord = 2, dtype, ...dims }: VectorNormOptions = {}): Tensor =>
  powerNorm("vectorNorm", converted(x, dtype), ord, dims);

/**
 * `x / max(‖x‖, eps)`: vectors along `dim` brought to length 1. Shape `[...]` to `[...]`.
 *
 * @example
 * normalize(tensor([[3, 4]])).tolist(); // => [[0.6000000238418579, 0.800000011920929]]
 */
export const normalize = (x: Tensor, { p = 2, dim = 1, eps = 1e-12 }: NormalizeOptions = {}): Tensor =>
  div(x, clampMin(norm(x, { p, dim, keepdim: true }), eps));

export interface NormalizeOptions {
  /** Default 2. */
  p?: number;
  /** Default 1. */
  dim?: number | readonly number[];
  /** Default 1e-12. */
  eps?: number;
}

const factor = unary("renormFactor", "x > maxnorm ? maxnorm / (x + 1e-7) : 1", { maxnorm: 1 });

/**
 * `x` with every slice along `dim` whose `p`-norm is above `maxnorm` scaled down to it. Shape `[...]` to `[...]`.
 *
 * @example
 * renorm(tensor([[3, 4], [0, 1]]), 2, 0, 5).tolist(); // => [[3, 4], [0, 1]]
 */
export function renorm(x: Tensor, p: number, dim: number, maxnorm: number): Tensor {
  const axis = normalizeDim("renorm", dim, x.ndim);
  if (x.ndim < 2) throw new RangeError(`renorm: needs at least 2 dimensions (x ${shapeText(x.shape)})`);
  if (!(p > 0)) throw new RangeError(`renorm: p must be above 0, got ${p}`);
  if (!(maxnorm >= 0)) throw new RangeError(`renorm: maxnorm must be from 0 on, got ${maxnorm}`);
  const others = [...x.shape.keys()].filter((at) => at !== axis);
  return mul(x, factor(powerNorm("renorm", x, p, { dim: others, keepdim: true }), { maxnorm }));
}

export interface MatrixNormOptions {
  /**
   * Root of squares ("fro", the default), sum of singular values ("nuc"), largest (2) or smallest (-2) of them, largest (1)
   * or smallest (-1) column sum of |x|, largest (∞) or smallest (-∞) row sum.
   */
  ord?: "fro" | "nuc" | number | undefined;
  /** Rows and columns; default the last two. */
  dim?: readonly [number, number] | undefined;
  keepdim?: boolean | undefined;
  dtype?: DType | undefined;
}

/**
 * A norm of each matrix of `x`. Shape `[..., m, n]` to `[...]`, `[..., 1, 1]` with keepdim; floats only.
 *
 * @example
 * matrixNorm(tensor([[1, -2], [3, 4]]), { ord: 1 }).item(); // => 6
 */
export function matrixNorm(
  x: Tensor,
  { ord = "fro", dim = [-2, -1], keepdim = false, dtype }: MatrixNormOptions = {},
): Tensor {
  if (x.ndim < 2) throw new RangeError(`matrixNorm: needs at least 2 dimensions (x ${shapeText(x.shape)})`);
  const [rows, columns] = [normalizeDim("matrixNorm", dim[0], x.ndim), normalizeDim("matrixNorm", dim[1], x.ndim)];
  const values = converted(x, dtype);
  if (ord === "fro") return powerNorm("matrixNorm", values, 2, { dim: [rows, columns], keepdim });
  if (ord === "nuc" || Math.abs(ord) === 2) return spectralNorm(values, ord, rows, columns, keepdim);
  if (Math.abs(ord) !== 1 && Math.abs(ord) !== Number.POSITIVE_INFINITY) {
    throw new RangeError(`matrixNorm: ord must be "fro", "nuc", 1, -1, 2, -2, Infinity or -Infinity, got ${ord}`);
  }
  const [added, kept] = Math.abs(ord) === 1 ? [rows, columns] : [columns, rows];
  const sums = sum(abs(values), { dim: added, keepdim: true });
  const result = (ord > 0 ? amax : amin)(sums, { dim: kept, keepdim: true });
  return keepdim
    ? result
    : view(
        result,
        x.shape.filter((_, at) => at !== rows && at !== columns),
      );
}

/** From singular values, of the matrices brought to the last two dimensions. */
function spectralNorm(x: Tensor, ord: "nuc" | number, rows: number, columns: number, keepdim: boolean): Tensor {
  if (rows === columns)
    throw new RangeError(`matrixNorm: dim ${rows} appears more than once (x ${shapeText(x.shape)})`);
  const others = [...x.shape.keys()].filter((at) => at !== rows && at !== columns);
  const singular = svdvals(permute(x, [...others, rows, columns]));
  const result = ord === "nuc" ? sum(singular, { dim: -1 }) : (ord > 0 ? amax : amin)(singular, { dim: -1 });
  return keepdim
    ? view(
        result,
        x.shape.map((length, at) => (at === rows || at === columns ? 1 : length)),
      )
    : result;
}

export interface LinalgNormOptions {
  ord?: "fro" | "nuc" | number | undefined;
  /** One dimension for vectors, two for matrices. */
  dim?: number | readonly number[] | undefined;
  keepdim?: boolean | undefined;
  dtype?: DType | undefined;
}

/**
 * `torch.linalg.norm`: without `ord` the root of all squares; else the vector norm along one `dim` (or of a vector), the
 * matrix norm over two (or of a matrix).
 *
 * @example
 * linalgNorm(tensor([[1, -2], [3, 4]]), { ord: Infinity }).item(); // => 7
 */
export function linalgNorm(x: Tensor, { ord, dim, keepdim, dtype }: LinalgNormOptions = {}): Tensor {
  const values = converted(x, dtype);
  if (ord === undefined) return powerNorm("linalgNorm", values, 2, { dim, keepdim });
  const dims = dim === undefined ? [...x.shape.keys()] : typeof dim === "number" ? [dim] : dim;
  const [rows, columns] = dims;
  if (dims.length === 2 && rows !== undefined && columns !== undefined)
    return matrixNorm(values, { ord, dim: [rows, columns], keepdim });
  if (dims.length === 1 && typeof ord === "number") return powerNorm("linalgNorm", values, ord, { dim: dims, keepdim });
  throw new RangeError(
    `linalgNorm: ord ${ord} needs one dimension (a vector) or two (a matrix), got ${dims.length} (x ${shapeText(x.shape)})`,
  );
}

function powerNorm(who: string, x: Tensor, p: number, dims: ReduceOptions): Tensor {
  if (typeof p !== "number" || Number.isNaN(p)) throw new TypeError(`${who}: the power must be a number, got ${p}`);
  if (p < 0 || p === Number.POSITIVE_INFINITY) checkNotEmpty(who, x, dims);
  return reduceTogether(who, x, dims, (y, block) => normBlock(y, { ...block, p }));
}
