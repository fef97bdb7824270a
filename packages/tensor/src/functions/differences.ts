import { operandsText } from "../errors.ts";
import { add, div, mul, sub } from "../ops/elementwise/arithmetic.ts";
import { ne } from "../ops/elementwise/comparison.ts";
import { cumsum } from "../ops/scan/cumulative.ts";
import { cat } from "../ops/shape/cat.ts";
import { view } from "../ops/view/reshape.ts";
import { narrow } from "../ops/view/slice.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { sum } from "./reduce.ts";

export interface DiffOptions {
  /** How often. Default 1. */
  n?: number;
  /** Default the last. */
  dim?: number;
  /** Put before `x` along `dim` first. */
  prepend?: Tensor | undefined;
  /** Put behind `x` along `dim` first. */
  append?: Tensor | undefined;
}

/**
 * `x[i + 1] - x[i]` along `dim`, `n` times. Shape `[..., a, ...]` to `[..., a - n, ...]`. For bool: whether they differ.
 *
 * @example
 * diff(tensor([1, 4, 9])).tolist(); // => [3, 5]
 */
export function diff(x: Tensor, { n = 1, dim = -1, prepend, append }: DiffOptions = {}): Tensor {
  if (x.ndim === 0) throw new RangeError("diff: needs at least one dimension (x [])");
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`diff: n must be a whole number from 0 on, got ${n}`);
  const axis = normalizeDim("diff", dim, x.ndim);
  const parts = [prepend, x, append].filter((part) => part !== undefined);
  let result = parts.length === 1 ? x : cat(parts, { dim: axis });
  const times = Math.min(n, result.shape[axis] as number);
  for (let i = 0; i < times; i++) {
    const [front, back] = neighbours(result, axis);
    result = x.dtype === "bool" ? ne(back, front) : sub(back, front);
  }
  return result;
}

export interface TrapezoidOptions {
  /** Where the elements lie: `[n]` along `dim`, or broadcasting with `y`. */
  x?: Tensor | undefined;
  /** How far apart they lie, without `x`. Default 1. */
  dx?: number | undefined;
  /** Default the last. */
  dim?: number | undefined;
}

/**
 * The integral of `y` along `dim` by the trapezoid rule, `Σ (y[i] + y[i + 1]) / 2 · (x[i + 1] - x[i])`. Shape
 * `[a, n, b]` to `[a, b]` for dim 1.
 *
 * @example
 * trapezoid(tensor([1, 2, 3])).item(); // => 4
 */
export function trapezoid(y: Tensor, options: TrapezoidOptions = {}): Tensor {
  const { areas, dim, scale } = doubleAreas("trapezoid", y, options);
  return mul(sum(areas, { dim }), scale);
}

/**
 * The integral so far along `dim`, as `trapezoid`. Shape `[a, n, b]` to `[a, n - 1, b]` for dim 1.
 *
 * @example
 * cumulativeTrapezoid(tensor([1, 2, 3])).tolist(); // => [1.5, 4]
 */
export function cumulativeTrapezoid(y: Tensor, options: TrapezoidOptions = {}): Tensor {
  const { areas, dim, scale } = doubleAreas("cumulativeTrapezoid", y, options);
  return mul(cumsum(areas, { dim }), scale);
}

function doubleAreas(
  who: string,
  y: Tensor,
  { x, dx = 1, dim = -1 }: TrapezoidOptions,
): { areas: Tensor; dim: number; scale: number } {
  if (y.ndim === 0) throw new RangeError(`${who}: needs at least one dimension (y [])`);
  const axis = normalizeDim(who, dim, y.ndim);
  const [front, back] = neighbours(y, axis);
  const heights = div(add(front, back), 1);
  if (x === undefined) return { areas: heights, dim: axis, scale: dx / 2 };
  const fromEnd = axis - y.ndim;
  const places = x.ndim === 1 ? view(x, [x.shape[0] as number, ...new Array<number>(-fromEnd - 1).fill(1)]) : x;
  if (x.ndim === 0 || places.shape.at(fromEnd) !== y.shape[axis]) {
    throw new RangeError(`${who}: x must have as many points along dim ${dim} as y ${operandsText({ x, y })}`);
  }
  const [left, right] = neighbours(places, places.ndim + fromEnd);
  const areas = mul(sub(right, left), heights);
  return { areas, dim: areas.ndim + fromEnd, scale: 0.5 };
}

/** All but the last, and all but the first along `dim`. */
function neighbours(x: Tensor, dim: number): [Tensor, Tensor] {
  const length = x.shape[dim] as number;
  const pairs = Math.max(0, length - 1);
  return [narrow(x, dim, 0, pairs), narrow(x, dim, length - pairs, pairs)];
}
