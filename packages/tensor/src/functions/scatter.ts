import { isFloat } from "../dtype.ts";
import { div } from "../ops/elementwise/arithmetic.ts";
import { floorDivide } from "../ops/elementwise/division.ts";
import { clampMin } from "../ops/elementwise/extremes.ts";
import { scatterAdd } from "../ops/index/gather.ts";
import { type Extreme, scatterFold, scatterWrite } from "../ops/index/scatter.ts";
import { expand } from "../ops/view/expand.ts";
import type { Tensor } from "../tensor.ts";
import { filledBeside, scalarBeside } from "./beside.ts";

export interface ScatterOptions {
  /** Combine with what is there instead of overwriting it. */
  reduce?: "add" | "multiply" | undefined;
}

/**
 * `x` with each element of `source`, or a number, where `index` says along `dim`; the last one wins.
 *
 * - x: `[..., n, ...]`, n in place `dim`
 * - index: int32 of the same rank, values 0 to n - 1
 * - source: a number, or at least as long as `index` in every dimension
 *
 * @example
 * scatter(zeros([3]), 0, tensor([2, 0], { dtype: "int32" }), tensor([7, 8])).tolist(); // => [8, 0, 7]
 */
export function scatter(
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor | number,
  { reduce }: ScatterOptions = {},
): Tensor {
  const values = typeof source === "number" ? expand(scalarBeside(x, source), index.shape) : source;
  if (reduce === undefined) return scatterWrite(x, dim, index, values);
  if (reduce === "add") return scatterAdd(x, dim, index, values);
  if (reduce !== "multiply") throw new RangeError(`scatter: reduce must be add or multiply: got ${String(reduce)}`);
  return scatterFold(x, dim, index, values, { reduce: "prod", includeSelf: true });
}

export interface ScatterReduceOptions {
  /** How what arrives at one place is combined. */
  reduce: "sum" | "mean" | Extreme;
  /** Whether the element of `x` that was there takes part. Default true. */
  includeSelf?: boolean;
}

/**
 * What `source` brings to each place of `x` along `dim`, combined by sum, mean, prod, amax or amin. Shapes as for
 * `scatter`. Places where nothing arrives keep their element.
 *
 * @example
 * const index = tensor([0, 0, 1], { dtype: "int32" });
 * scatterReduce(zeros([3]), 0, index, tensor([1, 2, 3]), { reduce: "amax" }).tolist(); // => [2, 3, 0]
 */
export function scatterReduce(
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  { reduce, includeSelf = true }: ScatterReduceOptions,
): Tensor {
  if (reduce === "prod" || reduce === "amax" || reduce === "amin")
    return scatterFold(x, dim, index, source, { reduce, includeSelf });
  if (reduce !== "sum" && reduce !== "mean")
    throw new RangeError(`scatterReduce: reduce must be sum, mean, prod, amax or amin: got ${String(reduce)}`);
  const sum = scatterAdd(includeSelf ? x : scatter(x, dim, index, 0), dim, index, source);
  if (reduce === "sum") return sum;
  const one = filledBeside(x, [], 1, "int32");
  const start = filledBeside(x, x.shape, includeSelf ? 1 : 0, "int32");
  const count = scatterAdd(start, dim, index, expand(one, index.shape));
  const some = includeSelf ? count : clampMin(count, 1);
  return isFloat(x.dtype) ? div(sum, some) : floorDivide(sum, some);
}
