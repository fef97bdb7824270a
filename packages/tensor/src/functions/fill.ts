import { operandsText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { maskedFill } from "../ops/elementwise/masked-fill.ts";
import { inPlace } from "../ops/in-place.ts";
import { indexCopy } from "../ops/index/index-select.ts";
import { scatterAdd } from "../ops/index/gather.ts";
import { expand } from "../ops/view/expand.ts";
import type { Tensor } from "../tensor.ts";
import { full } from "./creation.ts";
import { indexAdd, type IndexAddOptions, indexFill } from "./index-write.ts";
import { maskedScatter } from "./index-read.ts";
import { scatter, type ScatterOptions, scatterReduce, type ScatterReduceOptions } from "./scatter.ts";

/**
 * Overwrites `x` with `source`, which broadcasts and takes the dtype of `x`. Returns `x`.
 *
 * @example
 * copy_(zeros([2, 2]), tensor([1, 2])).tolist(); // => [[1, 2], [1, 2]]
 */
export function copy_(x: Tensor, source: Tensor): Tensor {
  const fits = expand(source, x.shape);
  return inPlace("copy_", x, () => toCopy(fits, x.dtype));
}

/**
 * Overwrites every element with `value`, a number or a 0-d tensor. Returns `x`.
 *
 * @example
 * fill_(zeros([2]), 3).tolist(); // => [3, 3]
 */
export function fill_(x: Tensor, value: number | boolean | Tensor): Tensor {
  if (typeof value !== "object") return inPlace("fill_", x, () => expand(full([], value, { dtype: x.dtype, device: x.device }), x.shape));
  if (value.ndim > 0) throw new RangeError(`fill_: value must be a number or a 0-d tensor ${operandsText({ x, value })}`);
  return inPlace("fill_", x, () => expand(toCopy(value, x.dtype), x.shape));
}

/**
 * Overwrites every element with 0. Returns `x`.
 *
 * @example
 * zero_(ones([2])).tolist(); // => [0, 0]
 */
export const zero_ = (x: Tensor): Tensor => inPlace("zero_", x, () => expand(full([], 0, { dtype: x.dtype, device: x.device }), x.shape));

/**
 * `maskedFill` in place: `mask` must broadcast to the shape of `x`. Returns `x`.
 *
 * @example
 * maskedFill_(tensor([1, 2]), tensor([true, false]), 0).tolist(); // => [0, 2]
 */
export const maskedFill_ = (x: Tensor, mask: Tensor, value: Tensor | number): Tensor => inPlace("maskedFill_", x, (old) => maskedFill(old, mask, value));

/** `maskedScatter` in place. Returns `x`. */
export const maskedScatter_ = (x: Tensor, mask: Tensor, source: Tensor): Tensor => inPlace("maskedScatter_", x, (old) => maskedScatter(old, mask, source));

/** `indexAdd` in place. Returns `x`. */
export const indexAdd_ = (x: Tensor, dim: number, index: Tensor, source: Tensor, options: IndexAddOptions = {}): Tensor =>
  inPlace("indexAdd_", x, (old) => indexAdd(old, dim, index, source, options));

/** `indexCopy` in place. Returns `x`. */
export const indexCopy_ = (x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor => inPlace("indexCopy_", x, (old) => indexCopy(old, dim, index, source));

/** `indexFill` in place. Returns `x`. */
export const indexFill_ = (x: Tensor, dim: number, index: Tensor, value: Tensor | number): Tensor =>
  inPlace("indexFill_", x, (old) => indexFill(old, dim, index, value));

/** `scatter` in place. Returns `x`. */
export const scatter_ = (x: Tensor, dim: number, index: Tensor, source: Tensor | number, options: ScatterOptions = {}): Tensor =>
  inPlace("scatter_", x, (old) => scatter(old, dim, index, source, options));

/** `scatterAdd` in place. Returns `x`. */
export const scatterAdd_ = (x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor => inPlace("scatterAdd_", x, (old) => scatterAdd(old, dim, index, source));

/** `scatterReduce` in place. Returns `x`. */
export const scatterReduce_ = (x: Tensor, dim: number, index: Tensor, source: Tensor, options: ScatterReduceOptions): Tensor =>
  inPlace("scatterReduce_", x, (old) => scatterReduce(old, dim, index, source, options));
