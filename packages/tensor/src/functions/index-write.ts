import { operandsText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { indexAddSlabs, indexCopy } from "../ops/index/index-select.ts";
import { copySlices } from "../ops/view/as-strided.ts";
import { type DiagonalOptions, diagonal } from "../ops/view/diagonal.ts";
import { expand } from "../ops/view/expand.ts";
import { type SliceOptions, select, slice } from "../ops/view/slice.ts";
import { normalizeDim, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { scalarBeside } from "./beside.ts";

export interface IndexAddOptions {
  /** What `source` is multiplied by; default 1. For bool tensors also true or false. */
  alpha?: number | boolean;
}

/**
 * `x` with `alpha · source` added at `index` along `dim`, equal indices several times. Shapes `[a, n, c]`, `[k]` and
 * `[a, k, c]` to `[a, n, c]` for dim 1.
 *
 * @example
 * indexAdd(zeros([3]), 0, tensor([2, 2], { dtype: "int32" }), tensor([1, 4])).tolist(); // => [0, 0, 5]
 */
export function indexAdd(
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  { alpha = 1 }: IndexAddOptions = {},
): Tensor {
  if (alpha === 1) return indexAddSlabs(x, dim, index, source);
  const scaled = mul(source, Number(alpha));
  return indexAddSlabs(x, dim, index, source.dtype === "bool" ? toCopy(scaled, "bool") : scaled);
}

/**
 * `x` with `value`, a number or a 0-d tensor, everywhere that `index` names along `dim`. Shape of `x` to the same.
 *
 * @example
 * indexFill(zeros([3]), 0, tensor([1], { dtype: "int32" }), 5).tolist(); // => [0, 5, 0]
 */
export function indexFill(x: Tensor, dim: number, index: Tensor, value: Tensor | number | boolean): Tensor {
  const axis = normalizeDim("indexFill", dim, x.ndim);
  const filled = typeof value === "object" ? toCopy(value, x.dtype) : scalarBeside(x, value);
  if (filled.ndim > 0)
    throw new RangeError(`indexFill: value must be a number or a 0-d tensor ${operandsText({ x, value: filled })}`);
  return indexCopy(x, axis, index, expand(filled, x.ndim === 0 ? x.shape : x.shape.with(axis, index.size)));
}

/**
 * `x` with `source` in place of `slice(x, options)`, as a copy. Shape of `x` to the same.
 *
 * @example
 * sliceScatter(zeros([4]), ones([2]), { start: 1, end: 3 }).tolist(); // => [0, 1, 1, 0]
 */
export const sliceScatter = (x: Tensor, source: Tensor, options: SliceOptions = {}): Tensor =>
  writeView("sliceScatter", x, source, (whole) => slice(whole, options));

/**
 * `x` with `source` in place of `select(x, dim, index)`, as a copy. Shape of `x` to the same.
 *
 * @example
 * selectScatter(zeros([2, 2]), ones([2]), 1, 0).tolist(); // => [[1, 0], [1, 0]]
 */
export const selectScatter = (x: Tensor, source: Tensor, dim: number, index: number): Tensor =>
  writeView("selectScatter", x, source, (whole) => select(whole, dim, index));

/**
 * `x` with `source` in place of its diagonal, as a copy. Shape of `x` to the same.
 *
 * @example
 * diagonalScatter(zeros([2, 2]), tensor([1, 2])).tolist(); // => [[1, 0], [0, 2]]
 */
export const diagonalScatter = (x: Tensor, source: Tensor, options: DiagonalOptions = {}): Tensor =>
  writeView("diagonalScatter", x, source, (whole) => diagonal(whole, options));

/** A copy of `x` with `source` where the view `viewOf` makes of a row-major tensor of its shape lies. */
function writeView(who: string, x: Tensor, source: Tensor, viewOf: (whole: Tensor) => Tensor): Tensor {
  const { shape, strides, offset } = viewOf(x.sibling(x.storage, x.shape));
  if (!sameShape(shape, source.shape))
    throw new RangeError(
      `${who}: source must have the shape of the part it replaces ${operandsText({ part: { shape }, source })}`,
    );
  return copySlices(x, source.dtype === x.dtype ? source : toCopy(source, x.dtype), { shape, strides, offset });
}
