import { operandsText, shapeText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { inPlace } from "../ops/in-place.ts";
import { indexAddSlabs, indexCopy, indexSelect } from "../ops/index/index-select.ts";
import { linearIndex } from "../ops/index/linear-index.ts";
import { expand } from "../ops/view/expand.ts";
import { permute } from "../ops/view/permute.ts";
import { flatten, reshape, view } from "../ops/view/reshape.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { scalarBeside } from "./beside.ts";
import { type IndexPart, type Placement, placeLists, type Selection, selectParts } from "./index-parts.ts";
import { overwrite } from "./overwrite.ts";

/**
 * The elements that an index means, as `x[...]` in PyTorch. Each part is for one dimension, from the first on:
 *
 * - a whole number picks one element; the dimension goes away
 * - `"start:end:step"` picks a range; every piece may be left out, negative ones count from the end
 * - `"..."` stands for all dimensions that are not named
 * - `null` inserts a dimension of size 1
 * - an array of numbers or an int32 tensor picks elements in that order; several of them are broadcast and used together
 * - an array of booleans or a bool tensor picks where it is true; it covers as many dimensions as it has, also for the
 *   parts after it (PyTorch counts it as one there)
 *
 * A view of `x` while there are only numbers, ranges and null; otherwise a copy.
 *
 * @example
 * const x = tensor([[1, 2, 3], [4, 5, 6]]);
 * at(x, 1, "::2").tolist(); // => [4, 6]
 * at(x, ":", [2, 0]).tolist(); // => [[3, 1], [6, 4]]
 */
export function at(x: Tensor, ...parts: readonly IndexPart[]): Tensor {
  const selection = selectParts("at", x, parts);
  return selection.indices.every((index) => index === undefined) ? selection.view : pickLists("at", selection);
}

/**
 * Overwrites the elements that an index means with `value`, a number or a tensor that broadcasts, as `x[...] = value`.
 * Where one element is named twice the last value stays. Returns `x`.
 *
 * @example
 * setAt_(zeros([2, 2]), [":", 0], 7).tolist(); // => [[7, 0], [7, 0]]
 */
export function setAt_(x: Tensor, parts: readonly IndexPart[], value: Tensor | number | boolean): Tensor {
  const selection = selectParts("setAt_", x, parts);
  const given = asTensor(value, x);
  if (selection.indices.every((index) => index === undefined)) {
    const fitted = fit("setAt_", given, selection.view.shape);
    overwrite("setAt_", selection.view, () => toCopy(fitted, x.dtype));
  } else {
    inPlace("setAt_", selection.view, (old) => putLists("setAt_", { ...selection, view: old }, given, false));
  }
  return x;
}

export interface IndexPutOptions {
  /** Add to what is there, also several times, instead of overwriting. */
  accumulate?: boolean;
}

/**
 * A copy of `x` with `values` at the elements that the index tensors name together, as torch.index_put. The tensors
 * (int32 or bool) broadcast; `values` broadcasts to the elements they pick.
 *
 * @example
 * const twice = tensor([1, 1], { dtype: "int32" });
 * indexPut(zeros([3]), [twice], ones([2]), { accumulate: true }).tolist(); // => [0, 2, 0]
 */
export function indexPut(
  x: Tensor,
  indices: readonly (Tensor | null)[],
  values: Tensor | number,
  { accumulate = false }: IndexPutOptions = {},
): Tensor {
  const selection = selectParts(
    "indexPut",
    x,
    indices.map((index) => index ?? ":"),
  );
  if (selection.indices.every((index) => index === undefined))
    throw new RangeError(`indexPut: needs at least one index tensor (x ${shapeText(x.shape)})`);
  return putLists("indexPut", selection, asTensor(values, x), accumulate);
}

/**
 * `indexPut` in place. Returns `x`.
 *
 * @example
 * indexPut_(zeros([3]), [tensor([2], { dtype: "int32" })], 5).tolist(); // => [0, 0, 5]
 */
export const indexPut_ = (
  x: Tensor,
  indices: readonly (Tensor | null)[],
  values: Tensor | number,
  options: IndexPutOptions = {},
): Tensor => inPlace("indexPut_", x, (old) => indexPut(old, indices, values, options));

/** Gathers what the lists name: their dimensions as one, picked by one index, taken apart again. */
function pickLists(who: string, selection: Selection): Tensor {
  const place = placeLists(selection);
  const source = place.order === undefined ? selection.view : permute(selection.view, place.order);
  const index = linearIndex(who, place.lists, place.sizes, place.first);
  const picked = indexSelect(reshape(source, joined(source.shape, place)), place.first, flatten(index));
  return view(picked, pickedShape(source.shape, place, index.shape));
}

/** Writes or adds `values` where the lists say, and puts the dimensions back where they were. */
function putLists(who: string, selection: Selection, values: Tensor, accumulate: boolean): Tensor {
  const place = placeLists(selection);
  const target = place.order === undefined ? selection.view : permute(selection.view, place.order);
  const index = linearIndex(who, place.lists, place.sizes, place.first);
  const slabs = joined(target.shape, place).with(place.first, index.size);
  const fitted = fit(who, values, pickedShape(target.shape, place, index.shape));
  const source = reshape(fitted.dtype === target.dtype ? fitted : toCopy(fitted, target.dtype), slabs);
  const put = accumulate ? indexAddSlabs : indexCopy;
  const result = view(
    put(reshape(target, joined(target.shape, place)), place.first, flatten(index), source),
    target.shape,
  );
  const { order } = place;
  return order === undefined
    ? result
    : permute(
        result,
        order.map((_, dim) => order.indexOf(dim)),
      );
}

const joined = (shape: Shape, { first, sizes, length }: Placement): Shape =>
  shape.toSpliced(first, sizes.length, length);

const pickedShape = (shape: Shape, { first, sizes }: Placement, picked: Shape): Shape =>
  shape.toSpliced(first, sizes.length, ...picked);

function asTensor(value: Tensor | number | boolean, x: Tensor): Tensor {
  return typeof value === "object" ? value : scalarBeside(x, value);
}

/** `value` broadcast to `shape`; leading dimensions of size 1 too many are dropped, as PyTorch does. */
function fit(who: string, value: Tensor, shape: Shape): Tensor {
  let trimmed = value;
  while (trimmed.ndim > shape.length && trimmed.shape[0] === 1) trimmed = view(trimmed, trimmed.shape.slice(1));
  const lead = shape.length - trimmed.ndim;
  if (lead < 0 || trimmed.shape.some((length, dim) => length !== 1 && length !== shape[dim + lead])) {
    throw new RangeError(
      `${who}: the value does not broadcast to what the index means ${operandsText({ value, picked: { shape } })}`,
    );
  }
  return expand(trimmed, shape);
}
