import { maskedFill } from "../ops/elementwise/masked-fill.ts";
import { inPlace } from "../ops/in-place.ts";
import { scatterAdd } from "../ops/index/gather.ts";
import { indexCopy } from "../ops/index/index-select.ts";
import type { Tensor } from "../tensor.ts";
import { maskedScatter } from "./index-read.ts";
import { type IndexAddOptions, indexAdd, indexFill } from "./index-write.ts";
import { type ScatterOptions, type ScatterReduceOptions, scatter, scatterReduce } from "./scatter.ts";

/**
 * `maskedFill` in place: `mask` must broadcast to the shape of `x`. Returns `x`.
 *
 * @example
 * maskedFill_(tensor([1, 2]), tensor([true, false]), 0).tolist(); // => [0, 2]
 */
export const maskedFill_ = (x: Tensor, mask: Tensor, value: Tensor | number): Tensor =>
  inPlace("maskedFill_", x, (old) => maskedFill(old, mask, value));

/**
 * `maskedScatter` in place. Returns `x`.
 *
 * @example
 * maskedScatter_(zeros([3]), tensor([true, false, true]), tensor([7, 8])).tolist(); // => [7, 0, 8]
 */
export const maskedScatter_ = (x: Tensor, mask: Tensor, source: Tensor): Tensor =>
  inPlace("maskedScatter_", x, (old) => maskedScatter(old, mask, source));

/**
 * `indexAdd` in place. Returns `x`.
 *
 * @example
 * indexAdd_(zeros([3]), 0, tensor([2, 2], { dtype: "int32" }), tensor([1, 4])).tolist(); // => [0, 0, 5]
 */
export const indexAdd_ = (
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  options: IndexAddOptions = {},
): Tensor => inPlace("indexAdd_", x, (old) => indexAdd(old, dim, index, source, options));

/**
 * `indexCopy` in place. Returns `x`.
 *
 * @example
 * indexCopy_(zeros([3]), 0, tensor([2], { dtype: "int32" }), tensor([7])).tolist(); // => [0, 0, 7]
 */
export const indexCopy_ = (x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor =>
  inPlace("indexCopy_", x, (old) => indexCopy(old, dim, index, source));

/**
 * `indexFill` in place. Returns `x`.
 *
 * @example
 * indexFill_(zeros([3]), 0, tensor([1], { dtype: "int32" }), 5).tolist(); // => [0, 5, 0]
 */
export const indexFill_ = (x: Tensor, dim: number, index: Tensor, value: Tensor | number | boolean): Tensor =>
  inPlace("indexFill_", x, (old) => indexFill(old, dim, index, value));

/**
 * `scatter` in place. Returns `x`.
 *
 * @example
 * scatter_(zeros([3]), 0, tensor([2, 0], { dtype: "int32" }), tensor([7, 8])).tolist(); // => [8, 0, 7]
 */
export const scatter_ = (
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor | number,
  options: ScatterOptions = {},
): Tensor => inPlace("scatter_", x, (old) => scatter(old, dim, index, source, options));

/**
 * `scatterAdd` in place. Returns `x`.
 *
 * @example
 * scatterAdd_(ones([2]), 0, tensor([1, 1], { dtype: "int32" }), tensor([2, 3])).tolist(); // => [1, 6]
 */
export const scatterAdd_ = (x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor =>
  inPlace("scatterAdd_", x, (old) => scatterAdd(old, dim, index, source));

/**
 * `scatterReduce` in place. Returns `x`.
 *
 * @example
 * scatterReduce_(ones([2]), 0, tensor([1, 1], { dtype: "int32" }), tensor([2, 3]), { reduce: "prod" }).tolist(); // => [1, 6]
 */
export const scatterReduce_ = (
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  options: ScatterReduceOptions,
): Tensor => inPlace("scatterReduce_", x, (old) => scatterReduce(old, dim, index, source, options));
