import { shapeText } from "../../errors.ts";
import { apply, callable, type ViewOp } from "../../op.ts";
import { normalizeDim } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { view } from "./reshape.ts";

interface SliceAttrs {
  readonly dim: number;
  readonly start: number;
  readonly length: number;
  readonly step: number;
}

const op: ViewOp<SliceAttrs> = {
  kind: "view",
  name: "slice",
  inputs: ["x"],
  layout: ({ shape, strides, offset }, { dim, start, length, step }) => ({
    shape: shape.with(dim, length),
    strides: strides.with(dim, (strides[dim] as number) * step),
    offset: offset + start * (strides[dim] as number),
  }),
};

/**
 * Every `step`-th element of `dim` from `start` to before `end`; a view. Negative bounds count from the end, bounds
 * beyond it are cut off, as in Python.
 *
 * @example
 * slice(arange(10), { start: 2, end: -1, step: 3 }).tolist(); // => [2, 5, 8]
 */
export const slice = callable((x: Tensor, { dim = 0, start, end, step = 1 }: SliceOptions = {}): Tensor => {
  const axis = normalizeDim("slice", dim, x.ndim);
  if (x.ndim === 0) throw new RangeError("slice: a 0-d tensor has nothing to slice (x [])");
  if (!Number.isInteger(step) || step < 1)
    throw new RangeError(`slice: step must be a whole number from 1 on: got ${step}`);
  const length = x.shape[axis] as number;
  const bound = (at: number): number => Math.min(Math.max(at < 0 ? at + length : at, 0), length);
  for (const at of [start ?? 0, end ?? 0]) {
    if (!Number.isInteger(at) && Math.abs(at) !== Number.POSITIVE_INFINITY) {
      throw new RangeError(
        `slice: start and end must be whole numbers: got ${start} and ${end} (x ${shapeText(x.shape)})`,
      );
    }
  }
  const first = bound(start ?? 0);
  const last = bound(end ?? length);
  return apply(op, [x], { dim: axis, start: first, length: Math.max(0, Math.ceil((last - first) / step)), step });
}, op);

export interface SliceOptions {
  dim?: number;
  start?: number | undefined;
  end?: number | undefined;
  step?: number;
}

/**
 * `length` elements of `dim` from `start` on; a view.
 *
 * @example
 * narrow(arange(5), 0, 1, 3).tolist(); // => [1, 2, 3]
 */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
  const axis = normalizeDim("narrow", dim, x.ndim);
  const size = x.shape[axis] ?? 0;
  const first = start < 0 ? start + size : start;
  if (!(Number.isInteger(first) && Number.isInteger(length) && first >= 0 && length >= 0 && first + length <= size)) {
    throw new RangeError(
      `narrow: start ${start} and length ${length} leave dim ${dim} of size ${size} (x ${shapeText(x.shape)})`,
    );
  }
  return apply(op, [x], { dim: axis, start: first, length, step: 1 });
}

/**
 * One index of `dim`, which goes away; a view. Shape `[a, b, c]` to `[a, c]` for dim 1.
 *
 * @example
 * select(tensor([[1, 2], [3, 4]]), 1, -1).tolist(); // => [2, 4]
 */
export function select(x: Tensor, dim: number, index: number): Tensor {
  const axis = normalizeDim("select", dim, x.ndim);
  const size = x.shape[axis];
  if (size === undefined) throw new RangeError("select: a 0-d tensor has nothing to select from (x [])");
  if (!Number.isInteger(index) || index < -size || index >= size) {
    throw new RangeError(
      `select: index ${index} is out of range for dim ${dim} of size ${size} (x ${shapeText(x.shape)})`,
    );
  }
  const one = apply(op, [x], { dim: axis, start: index < 0 ? index + size : index, length: 1, step: 1 });
  return view(one, x.shape.toSpliced(axis, 1));
}
