import { shapeText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { cat } from "../ops/shape/cat.ts";
import { flip } from "../ops/shape/flip.ts";
import { expand } from "../ops/view/expand.ts";
import { permute, transpose } from "../ops/view/permute.ts";
import { flatten, reshape, view } from "../ops/view/reshape.ts";
import { narrow } from "../ops/view/slice.ts";
import { broadcastShapes, normalizeDim, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface RollOptions {
  /** One for each shift; left out, `x` is rolled as if it were flat. */
  dims?: number | readonly number[] | undefined;
}

/**
 * The elements moved on by `shifts` along `dims`; those that fall off come back at the start. Shape `[...]` to `[...]`.
 *
 * @example
 * roll(tensor([1, 2, 3]), 1).tolist(); // => [3, 1, 2]
 */
export function roll(x: Tensor, shifts: number | readonly number[], { dims }: RollOptions = {}): Tensor {
  const by = typeof shifts === "number" ? [shifts] : shifts;
  const along = dims === undefined ? [] : typeof dims === "number" ? [dims] : dims;
  if (by.length === 0) throw new RangeError("roll: needs at least one shift, got none");
  if (dims === undefined && by.length === 1) return view(rollOne(flatten(x), by[0] as number, 0), x.shape);
  if (by.length !== along.length)
    throw new RangeError(`roll: needs one dim for each shift: got ${shapeText(by)} and ${shapeText(along)}`);
  return by.reduce((rolled, shift, i) => rollOne(rolled, shift, normalizeDim("roll", along[i] as number, x.ndim)), x);
}

function rollOne(x: Tensor, shift: number, dim: number): Tensor {
  const length = x.shape[dim] ?? 0;
  if (!Number.isInteger(shift)) throw new RangeError(`roll: shifts must be whole numbers: got ${shift}`);
  if (length === 0) return toCopy(x);
  const start = (((-shift % length) + length) % length) as number;
  return cat([narrow(x, dim, start, length - start), narrow(x, dim, 0, start)], { dim });
}

/**
 * The first dimension in reverse, as a copy.
 *
 * @example
 * flipud(tensor([[1], [2]])).tolist(); // => [[2], [1]]
 */
export function flipud(x: Tensor): Tensor {
  if (x.ndim < 1) throw new RangeError("flipud: needs at least 1 dimension (x [])");
  return flip(x, 0);
}

/**
 * The second dimension in reverse, as a copy.
 *
 * @example
 * fliplr(tensor([[1, 2]])).tolist(); // => [[2, 1]]
 */
export function fliplr(x: Tensor): Tensor {
  if (x.ndim < 2) throw new RangeError(`fliplr: needs at least 2 dimensions (x ${shapeText(x.shape)})`);
  return flip(x, 1);
}

export interface Rot90Options {
  /** How many quarter turns; negative ones turn back. Default 1. */
  k?: number;
  /** From the first towards the second. Default `[0, 1]`. */
  dims?: readonly number[];
}

/**
 * Turned by 90 degrees `k` times in the plane of `dims`, as a copy.
 *
 * @example
 * rot90(tensor([[1, 2], [3, 4]])).tolist(); // => [[2, 4], [1, 3]]
 */
export function rot90(x: Tensor, { k = 1, dims = [0, 1] }: Rot90Options = {}): Tensor {
  if (dims.length !== 2)
    throw new RangeError(`rot90: needs two dims, got ${dims.length}: ${shapeText(dims)} (x ${shapeText(x.shape)})`);
  const [from, to] = dims.map((dim) => normalizeDim("rot90", dim, x.ndim)) as [number, number];
  if (x.ndim < 2 || from === to)
    throw new RangeError(`rot90: needs two different dimensions: got ${shapeText(dims)} (x ${shapeText(x.shape)})`);
  const turns = ((k % 4) + 4) % 4;
  if (turns === 0) return toCopy(x);
  if (turns === 2) return flip(x, [from, to]);
  return turns === 1 ? transpose(flip(x, to), from, to) : flip(transpose(x, from, to), to);
}

/**
 * Dimensions moved to other places; the rest stay in order; a view. Shape `[a, b, c]` to `[b, c, a]` for 0 to 2.
 *
 * @example
 * movedim(zeros([2, 3, 4]), 0, 2).shape; // => [3, 4, 2]
 */
export function movedim(
  x: Tensor,
  source: number | readonly number[],
  destination: number | readonly number[],
): Tensor {
  const from = places("source", x, source);
  const to = places("destination", x, destination);
  if (from.length !== to.length) {
    throw new RangeError(
      `movedim: source and destination differ in length: ${from.length} and ${to.length} (x ${shapeText(x.shape)})`,
    );
  }
  if (x.ndim === 0) return x;
  const rest = x.shape.map((_, dim) => dim).filter((dim) => !from.includes(dim));
  return permute(
    x,
    x.shape.map((_, dim) => (to.includes(dim) ? (from[to.indexOf(dim)] as number) : (rest.shift() as number))),
  );
}

function places(what: string, x: Tensor, dims: number | readonly number[]): number[] {
  const list = typeof dims === "number" ? [dims] : dims;
  const normal = list.map((dim) => normalizeDim("movedim", dim, x.ndim));
  if (new Set(normal).size !== normal.length)
    throw new RangeError(`movedim: ${what} names a dimension twice: ${shapeText(list)} (x ${shapeText(x.shape)})`);
  return normal;
}

/**
 * One dimension taken apart into `sizes`, of which one may be -1; a view where the strides allow it. Shape `[a, b·c]` to
 * `[a, b, c]`.
 *
 * @example
 * unflatten(zeros([2, 6]), 1, [3, -1]).shape; // => [2, 3, 2]
 */
export function unflatten(x: Tensor, dim: number, sizes: Shape): Tensor {
  const axis = normalizeDim("unflatten", dim, x.ndim);
  const length = x.shape[axis];
  if (length === undefined || sizes.length === 0)
    throw new RangeError(
      `unflatten: needs a dimension and at least one size: got ${shapeText(sizes)} (x ${shapeText(x.shape)})`,
    );
  const known = sizeOf(sizes.filter((size) => size !== -1));
  const filled = sizes.map((size) => (size === -1 ? length / known : size));
  if (sizes.filter((size) => size === -1).length > 1 || !filled.every(Number.isInteger) || sizeOf(filled) !== length) {
    throw new RangeError(
      `unflatten: sizes ${shapeText(sizes)} do not make up dim ${dim} of size ${length} (x ${shapeText(x.shape)})`,
    );
  }
  return reshape(x, x.shape.toSpliced(axis, 1, ...filled));
}

/**
 * All tensors repeated to their common shape, without copying; views.
 *
 * @example
 * broadcastTensors([zeros([3, 1]), zeros([4])]).map((x) => x.shape); // => [[3, 4], [3, 4]]
 */
export function broadcastTensors(
  tensors: readonly Tensor[],
  { who = "broadcastTensors" }: BroadcastOptions = {},
): Tensor[] {
  if (tensors.length === 0) return [];
  const shape = broadcastShapes(
    who,
    tensors.map((x) => x.shape),
  );
  return tensors.map((x) => expand(x, shape));
}

export interface BroadcastOptions {
  /** Who speaks in the error: a function built on this one. */
  who?: string;
}

/**
 * `x` repeated to the shape of `other`, without copying; a view.
 *
 * @example
 * expandAs(tensor([[1], [2]]), zeros([2, 3])).shape; // => [2, 3]
 */
export const expandAs = (x: Tensor, other: Tensor): Tensor => expand(x, other.shape);
