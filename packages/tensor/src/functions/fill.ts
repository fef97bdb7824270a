import { notTensor, operandsText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { inPlace } from "../ops/in-place.ts";
import { expand } from "../ops/view/expand.ts";
import { flatten, view } from "../ops/view/reshape.ts";
import type { Tensor } from "../tensor.ts";
import { madeBeside, scalarBeside } from "./beside.ts";
import { to } from "./convert.ts";
import { indexFill } from "./index-write.ts";
import { overwrite } from "./overwrite.ts";

/**
 * Overwrites `x` with `source`, which broadcasts and takes the dtype and device of `x`. Returns `x`.
 *
 * @example
 * copy_(zeros([2, 2]), tensor([1, 2])).tolist(); // => [[1, 2], [1, 2]]
 */
export function copy_(x: Tensor, source: Tensor): Tensor {
  if (source?.storage === undefined) throw notTensor("copy_", "source", source);
  const lead = x.ndim - source.ndim;
  if (lead < 0 || source.shape.some((length, dim) => length !== 1 && length !== x.shape[dim + lead])) {
    throw new RangeError(`copy_: source does not repeat to the shape of x ${operandsText({ x, source })}`);
  }
  const near = to(source, { device: x.device });
  return overwrite("copy_", x, () => toCopy(expand(near, x.shape), x.dtype));
}

/**
 * Overwrites every element with `value`, a number or a 0-d tensor. Returns `x`.
 *
 * @example
 * fill_(zeros([2]), 3).tolist(); // => [3, 3]
 */
export function fill_(x: Tensor, value: number | boolean | Tensor): Tensor {
  if (typeof value === "object" && value.ndim > 0)
    throw new RangeError(`fill_: value must be a number or a 0-d tensor ${operandsText({ x, value })}`);
  return overwrite("fill_", x, () => expand(scalarOf(value, x), x.shape));
}

/**
 * Overwrites every element with 0. Returns `x`.
 *
 * @example
 * zero_(ones([2])).tolist(); // => [0, 0]
 */
export const zero_ = (x: Tensor): Tensor => overwrite("zero_", x, () => expand(scalarOf(0, x), x.shape));

/**
 * Overwrites the main diagonal with `value`; of a tensor of more than two dimensions, which must be equal, the elements
 * whose indices are all the same. `wrap` starts the diagonal again below a square. Returns `x`.
 *
 * @example
 * fillDiagonal_(zeros([2, 2]), 5).tolist(); // => [[5, 0], [0, 5]]
 */
export function fillDiagonal_(x: Tensor, value: number, { wrap = false }: { wrap?: boolean } = {}): Tensor {
  if (x.ndim < 2) throw new RangeError(`fillDiagonal_: needs at least 2 dimensions ${operandsText({ x })}`);
  if (x.ndim > 2 && x.shape.some((length) => length !== x.shape[0]))
    throw new RangeError(`fillDiagonal_: more than 2 dimensions must have equal sizes ${operandsText({ x })}`);
  const [rows, columns] = x.shape as [number, number];
  const places: number[] = [];
  const step = x.ndim === 2 ? columns + 1 : x.shape.reduce((total) => total * rows + 1, 0);
  const end = x.ndim === 2 && !(wrap && rows > columns) ? Math.min(rows, columns) * columns : x.size;
  for (let at = 0; at < end; at += step) places.push(at);
  const index = madeBeside(x, Int32Array.from(places), [places.length]);
  return inPlace("fillDiagonal_", x, (old) => view(indexFill(flatten(old), 0, index, value), x.shape));
}

const scalarOf = (value: number | boolean | Tensor, x: Tensor): Tensor =>
  typeof value === "object" ? toCopy(value, x.dtype) : scalarBeside(x, value);
