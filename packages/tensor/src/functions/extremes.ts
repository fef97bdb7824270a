import { gather } from "../ops/index/gather.ts";
import type { ReduceAttrs } from "../ops/reduce/define.ts";
import { argmaxBlock, argminBlock, maxBlock, minBlock } from "../ops/reduce/extreme.ts";
import { cummaxIndices, cumminIndices } from "../ops/scan/extreme.ts";
import { view } from "../ops/view/reshape.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkNotEmpty, type ReduceOptions, reduceNested, reduceTogether } from "./reduce-dims.ts";

/** Elements, and where along the dimension they stood. */
export interface ValuesAndIndices {
  values: Tensor;
  /** int32. */
  indices: Tensor;
}

export interface AlongDim {
  dim: number;
  keepdim?: boolean | undefined;
}

/**
 * The largest element, or with `dim` the largest along it and its index (the first of equal ones). NaN wins.
 *
 * - over everything: `[...]` to `[]`; the gradient is shared among equal ones
 * - along dim 1: `[a, b, c]` to `[a, c]` each, `[a, 1, c]` with keepdim; the gradient goes to the index
 *
 * Throws where there is nothing to choose from.
 *
 * @example
 * max(tensor([3, 1, 2])).item(); // => 3
 * @example
 * max(tensor([[3, 1], [2, 5]]), { dim: 1 }).indices.tolist(); // => [0, 1]
 */
export function max(x: Tensor): Tensor;
export function max(x: Tensor, options: AlongDim): ValuesAndIndices;
export function max(x: Tensor, options?: AlongDim): Tensor | ValuesAndIndices {
  if (options !== undefined) return pickAlong("max", x, options, argmaxBlock);
  checkNotEmpty("max", x, {});
  return reduceNested("max", x, {}, maxBlock);
}

/**
 * The smallest element, or with `dim` the smallest along it and its index; as `max`.
 *
 * @example
 * min(tensor([3, 1, 2])).item(); // => 1
 */
export function min(x: Tensor): Tensor;
export function min(x: Tensor, options: AlongDim): ValuesAndIndices;
export function min(x: Tensor, options?: AlongDim): Tensor | ValuesAndIndices {
  if (options !== undefined) return pickAlong("min", x, options, argminBlock);
  checkNotEmpty("min", x, {});
  return reduceNested("min", x, {}, minBlock);
}

const strictMax = (x: Tensor, block: ReduceAttrs): Tensor => maxBlock(x, { ...block, nanEverywhere: true });
const strictMin = (x: Tensor, block: ReduceAttrs): Tensor => minBlock(x, { ...block, nanEverywhere: true });

/**
 * The largest over one or several dimensions; the gradient is shared among equal ones. Shapes as for `sum`.
 *
 * @example
 * amax(tensor([[3, 1], [2, 5]]), { dim: [0, 1] }).item(); // => 5
 */
export function amax(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkNotEmpty("amax", x, options);
  return reduceTogether("amax", x, options, strictMax);
}

/**
 * The smallest over one or several dimensions; the gradient is shared among equal ones. Shapes as for `sum`.
 *
 * @example
 * amin(tensor([[3, 1], [2, 5]]), { dim: 0 }).tolist(); // => [2, 1]
 */
export function amin(x: Tensor, options: ReduceOptions = {}): Tensor {
  checkNotEmpty("amin", x, options);
  return reduceTogether("amin", x, options, strictMin);
}

/**
 * The smallest and the largest over `dim`, or over everything. Shapes as for `sum`; as in PyTorch, `[]` becomes `[1]`
 * for dim 0 with keepdim.
 *
 * @example
 * aminmax(tensor([3, 1, 2])).max.item(); // => 3
 */
export function aminmax(
  x: Tensor,
  options: { dim?: number | undefined; keepdim?: boolean | undefined } = {},
): { min: Tensor; max: Tensor } {
  checkNotEmpty("aminmax", x, options);
  const line = x.ndim === 0 && options.dim !== undefined ? view(x, [1]) : x;
  return {
    min: reduceTogether("aminmax", line, options, strictMin),
    max: reduceTogether("aminmax", line, options, strictMax),
  };
}

/**
 * Where the largest stands along `dim`, or in all of `x` read row by row: the first of equal ones. Shapes as for `sum`;
 * int32.
 *
 * @example
 * argmax(tensor([[1, 9], [4, 2]]), { dim: 1 }).tolist(); // => [1, 0]
 */
export function argmax(x: Tensor, options: { dim?: number | undefined; keepdim?: boolean | undefined } = {}): Tensor {
  checkNotEmpty("argmax", x, options);
  return reduceTogether("argmax", x, options, argmaxBlock);
}

/**
 * Where the smallest stands; as `argmax`.
 *
 * @example
 * argmin(tensor([3, 1, 2])).item(); // => 1
 */
export function argmin(x: Tensor, options: { dim?: number | undefined; keepdim?: boolean | undefined } = {}): Tensor {
  checkNotEmpty("argmin", x, options);
  return reduceTogether("argmin", x, options, argminBlock);
}

/**
 * The largest so far along `dim` and where it stood, the latest of equal ones. Shape `[...]` to `[...]` each.
 *
 * @example
 * cummax(tensor([1, 3, 2]), { dim: 0 }).values.tolist(); // => [1, 3, 3]
 */
export const cummax = (x: Tensor, options: { dim: number }): ValuesAndIndices =>
  pickSoFar("cummax", x, options.dim, cummaxIndices(x, options));

/**
 * The smallest so far along `dim` and where it stood, the latest of equal ones. Shape `[...]` to `[...]` each.
 *
 * @example
 * cummin(tensor([3, 1, 2]), { dim: 0 }).values.tolist(); // => [3, 1, 1]
 */
export const cummin = (x: Tensor, options: { dim: number }): ValuesAndIndices =>
  pickSoFar("cummin", x, options.dim, cumminIndices(x, options));

/** One element of each line along `dim`, chosen by a reduction to its index: the gradient is the one of gather. */
export function pickAlong(
  who: string,
  x: Tensor,
  options: AlongDim,
  indexOf: (x: Tensor, attrs: ReduceAttrs) => Tensor,
): ValuesAndIndices {
  const dim = normalizeDim(who, options.dim, x.ndim);
  checkNotEmpty(who, x, { dim });
  const flat = x.ndim === 0;
  const indices = indexOf(x, { dim, span: flat ? 0 : 1 });
  const places = flat ? indices : view(indices, x.shape.with(dim, 1));
  const values = gather(x, dim, places);
  return options.keepdim === true ? { values, indices: places } : { values: view(values, indices.shape), indices };
}

const pickSoFar = (who: string, x: Tensor, dim: number, indices: Tensor): ValuesAndIndices => ({
  values: gather(x, normalizeDim(who, dim, x.ndim), indices),
  indices,
});
