import { shapeText } from "../errors.ts";
import { eq } from "../ops/elementwise/comparison.ts";
import { clampMax } from "../ops/elementwise/extremes.ts";
import { gather } from "../ops/index/gather.ts";
import { argsort, type SortOptions, type TopkOptions, topkIndices } from "../ops/sort/argsort.ts";
import { kthIndex, medianBlock, medianIndex, modeIndex, nanmedianBlock, nanmedianIndex } from "../ops/sort/ranks.ts";
import { type SearchOptions, searchsorted } from "../ops/sort/searchsorted.ts";
import { reshape } from "../ops/view/reshape.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { full } from "./creation.ts";
import { type AlongDim, pickAlong, type ValuesAndIndices } from "./extremes.ts";
import { reduceTogether } from "./reduce-dims.ts";

/**
 * `x` sorted along `dim`, and where each element stood. Equal elements keep their order, NaN counts as largest. Shape
 * `[...]` to `[...]` each.
 *
 * @example
 * sort(tensor([3, 1, 2])).values.tolist(); // => [1, 2, 3]
 */
export function sort(x: Tensor, options: SortOptions = {}): ValuesAndIndices {
  const dim = normalizeDim("sort", options.dim ?? -1, x.ndim);
  const indices = argsort(x, { ...options, dim });
  return { values: gather(x, dim, indices), indices };
}

/**
 * `x` sorted along its first dimension. Shape `[...]` to `[...]`.
 *
 * @example
 * msort(tensor([3, 1, 2])).tolist(); // => [1, 2, 3]
 */
export const msort = (x: Tensor): Tensor => sort(x, { dim: 0 }).values;

/**
 * The `k` largest along `dim`, largest first, and where they stood; with `largest: false` the smallest. NaN counts as
 * largest. Shape `[..., n, ...]` to `[..., k, ...]` each.
 *
 * @example
 * topk(tensor([1, 5, 3]), 2).values.tolist(); // => [5, 3]
 */
export function topk(x: Tensor, k: number, options: TopkOptions = {}): ValuesAndIndices {
  const indices = topkIndices(x, k, options);
  return { values: gather(x, options.dim ?? -1, indices), indices };
}

export interface LineOptions {
  /** Default the last. */
  dim?: number | undefined;
  keepdim?: boolean | undefined;
}

/**
 * The `k`-th smallest along `dim`, from 1 on, and where it stood. NaN counts as largest. Shape `[a, b, c]` to `[a, c]`
 * each for dim 1, `[a, 1, c]` with keepdim.
 *
 * @example
 * kthvalue(tensor([5, 1, 3]), 2).values.item(); // => 3
 */
export function kthvalue(x: Tensor, k: number, { dim = -1, keepdim }: LineOptions = {}): ValuesAndIndices {
  const length = x.shape[normalizeDim("kthvalue", dim, x.ndim)] ?? 1;
  if (!Number.isInteger(k) || k < 1 || k > length) {
    throw new RangeError(
      `kthvalue: k must be a whole number from 1 to the size of dim ${dim}: got ${k} and ${length} (x ${shapeText(x.shape)})`,
    );
  }
  return pickAlong("kthvalue", x, { dim, keepdim }, (y, block) => kthIndex(y, { ...block, k }));
}

/**
 * The most frequent value along `dim`, the smallest of several, and where it stood last. Shapes as for `kthvalue`.
 *
 * @example
 * mode(tensor([2, 3, 2, 1])).values.item(); // => 2
 */
export const mode = (x: Tensor, { dim = -1, keepdim }: LineOptions = {}): ValuesAndIndices =>
  pickAlong("mode", x, { dim, keepdim }, modeIndex);

/**
 * The median, the lower one of two, or with `dim` the medians along it and where they stood. NaN where there is one.
 *
 * - over everything: `[...]` to `[]`; the gradient is shared among equal ones
 * - along dim 1: `[a, b, c]` to `[a, c]` each, `[a, 1, c]` with keepdim; the gradient goes to the index
 *
 * @example
 * median(tensor([4, 1, 3, 2])).item(); // => 2
 */
export function median(x: Tensor): Tensor;
export function median(x: Tensor, options: AlongDim): ValuesAndIndices;
export function median(x: Tensor, options?: AlongDim): Tensor | ValuesAndIndices {
  return options === undefined
    ? reduceTogether("median", x, {}, medianBlock)
    : pickAlong("median", x, options, medianIndex);
}

/**
 * The median of what is not NaN; otherwise as `median`.
 *
 * @example
 * nanmedian(tensor([4, 1, Number.NaN, 2])).item(); // => 2
 */
export function nanmedian(x: Tensor): Tensor;
export function nanmedian(x: Tensor, options: AlongDim): ValuesAndIndices;
export function nanmedian(x: Tensor, options?: AlongDim): Tensor | ValuesAndIndices {
  return options === undefined
    ? reduceTogether("nanmedian", x, {}, nanmedianBlock)
    : pickAlong("nanmedian", x, options, nanmedianIndex);
}

/**
 * Into which of the intervals between ascending `boundaries` each element of `x` falls. Shape `[...]` to `[...]`, int32
 * from 0 to the number of boundaries.
 *
 * @example
 * bucketize(tensor([0.5, 2]), tensor([1, 2, 3])).tolist(); // => [0, 1]
 */
export function bucketize(x: Tensor | number, boundaries: Tensor, options: SearchOptions = {}): Tensor {
  if (boundaries.ndim !== 1)
    throw new RangeError(
      `bucketize: boundaries must have 1 dimension, got ${boundaries.ndim} (boundaries ${shapeText(boundaries.shape)})`,
    );
  return searchsorted(boundaries, x, options);
}

/**
 * Which elements of `x` occur among those of `among`. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * isin(tensor([1, 2, 3]), tensor([3, 1])).tolist(); // => [true, false, true]
 */
export function isin(x: Tensor, among: Tensor): Tensor {
  const plain = x.detach();
  if (among.size === 0) return full(x.shape, false, { device: x.device });
  const { values } = sort(reshape(among.detach(), [-1]));
  const places = clampMax(searchsorted(values, plain), among.size - 1);
  return eq(reshape(gather(values, 0, reshape(places, [-1])), x.shape), plain);
}
