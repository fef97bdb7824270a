import { shapeText } from "../errors.ts";
import { narrow, select, slice } from "../ops/view/slice.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface SplitOptions {
  /** Along which dimension; default 0. */
  dim?: number;
}

/**
 * Parts of `size` elements along `dim`, the last one shorter if need be, or parts of the given sizes; views. Shape
 * `[n, b]` to `[size, b]` each.
 *
 * @example
 * split(arange(5), 2).map((part) => part.tolist()); // => [[0, 1], [2, 3], [4]]
 */
export function split(x: Tensor, size: number | readonly number[], { dim = 0 }: SplitOptions = {}): Tensor[] {
  const { axis, length } = along("split", x, dim);
  const sizes = typeof size === "number" ? evenSizes(length, size) : size;
  const total = sizes.reduce((sum, each) => sum + each, 0);
  if (total !== length || sizes.some((each) => !Number.isInteger(each) || each < 0)) {
    throw new RangeError(
      `split: sizes ${shapeText(sizes)} add up to ${total}, dim ${dim} has size ${length} (x ${shapeText(x.shape)})`,
    );
  }
  let start = 0;
  return sizes.map((each) => {
    const part = narrow(x, axis, start, each);
    start += each;
    return part;
  });
}

function evenSizes(length: number, size: number): number[] {
  if (!Number.isInteger(size) || size < 0 || (size === 0 && length > 0)) {
    throw new RangeError(`split: size must be a whole number from 1 on: got ${size}`);
  }
  if (length === 0) return [0];
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => Math.min(size, length - i * size));
}

/**
 * At most `chunks` parts of equal size along `dim`, the last one shorter if need be; views.
 *
 * @example
 * chunk(arange(5), 2).map((part) => part.tolist()); // => [[0, 1, 2], [3, 4]]
 */
export function chunk(x: Tensor, chunks: number, { dim = 0 }: SplitOptions = {}): Tensor[] {
  if (!Number.isInteger(chunks) || chunks < 1)
    throw new RangeError(`chunk: chunks must be a whole number from 1 on: got ${chunks}`);
  const { length } = along("chunk", x, dim);
  return length === 0
    ? split(x, new Array<number>(chunks).fill(0), { dim })
    : split(x, Math.ceil(length / chunks), { dim });
}

/**
 * `sections` parts along `dim` whose sizes differ by at most one, or parts cut before each of the given indices; views.
 *
 * @example
 * tensorSplit(arange(5), [1, 3]).map((part) => part.tolist()); // => [[0], [1, 2], [3, 4]]
 */
export const tensorSplit = (
  x: Tensor,
  sections: number | readonly number[],
  { dim = 0 }: SplitOptions = {},
): Tensor[] => cut("tensorSplit", x, sections, dim);

function cut(who: string, x: Tensor, sections: number | readonly number[], dim: number): Tensor[] {
  const { axis, length } = along(who, x, dim);
  if (typeof sections !== "number") {
    const bounds = [0, ...sections, length];
    return bounds.slice(1).map((end, i) => slice(x, { dim: axis, start: bounds[i], end }));
  }
  if (!Number.isInteger(sections) || sections < 1)
    throw new RangeError(`${who}: sections must be a whole number from 1 on: got ${sections}`);
  const base = Math.floor(length / sections);
  const longer = length % sections;
  return Array.from({ length: sections }, (_, i) =>
    narrow(x, axis, i * base + Math.min(i, longer), base + (i < longer ? 1 : 0)),
  );
}

/**
 * Parts along the second dimension, or the first of a 1-d tensor; sections must be equal.
 *
 * @example
 * hsplit(arange(4), 2).map((part) => part.tolist()); // => [[0, 1], [2, 3]]
 */
export const hsplit = (x: Tensor, sections: number | readonly number[]): Tensor[] =>
  equalParts("hsplit", x, sections, x.ndim === 1 ? 0 : 1, 1);

/**
 * Parts along the first dimension; sections must be equal.
 *
 * @example
 * vsplit(tensor([[1], [2]]), 2).map((part) => part.tolist()); // => [[[1]], [[2]]]
 */
export const vsplit = (x: Tensor, sections: number | readonly number[]): Tensor[] =>
  equalParts("vsplit", x, sections, 0, 2);

/**
 * Parts along the third dimension; sections must be equal.
 *
 * @example
 * dsplit(zeros([1, 2, 4]), 2).map((part) => part.shape); // => [[1, 2, 2], [1, 2, 2]]
 */
export const dsplit = (x: Tensor, sections: number | readonly number[]): Tensor[] =>
  equalParts("dsplit", x, sections, 2, 3);

function equalParts(who: string, x: Tensor, sections: number | readonly number[], dim: number, rank: number): Tensor[] {
  if (x.ndim < rank)
    throw new RangeError(`${who}: needs at least ${rank} dimension${rank === 1 ? "" : "s"} (x ${shapeText(x.shape)})`);
  const length = x.shape[dim] as number;
  if (typeof sections === "number" && length % sections !== 0) {
    throw new RangeError(
      `${who}: size ${length} of dim ${dim} does not divide into ${sections} sections (x ${shapeText(x.shape)})`,
    );
  }
  return cut(who, x, sections, dim);
}

/**
 * Every slice along `dim`, which goes away; views. Shape `[n, b]` to n times `[b]`.
 *
 * @example
 * unbind(tensor([[1, 2], [3, 4]])).map((row) => row.tolist()); // => [[1, 2], [3, 4]]
 */
export function unbind(x: Tensor, { dim = 0 }: SplitOptions = {}): Tensor[] {
  const { axis, length } = along("unbind", x, dim);
  return Array.from({ length }, (_, i) => select(x, axis, i));
}

function along(who: string, x: Tensor, dim: number): { axis: number; length: number } {
  const axis = normalizeDim(who, dim, x.ndim);
  const length = x.shape[axis];
  if (length === undefined) throw new RangeError(`${who}: a 0-d tensor has no dimension to take apart (x [])`);
  return { axis, length };
}
