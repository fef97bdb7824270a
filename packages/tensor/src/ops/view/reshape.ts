import { shapeText } from "../../errors.ts";
import { apply, callable, type ViewOp } from "../../op.ts";
import { checkShape, contiguousStrides, type Layout, normalizeDim, type Shape, sizeOf } from "../../shape.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { toCopy } from "../copy.ts";

interface ShapeAttrs {
  readonly shape: Shape;
}

const op: ViewOp<ShapeAttrs> = {
  kind: "view",
  name: "view",
  inputs: ["x"],
  layout: (of, { shape }) => {
    const strides = viewStrides(of, shape);
    if (strides !== undefined) return { shape, strides, offset: of.offset };
    throw new RangeError(
      `view: shape ${shapeText(shape)} does not fit the strides ${shapeText(of.strides)}: use reshape (x ${shapeText(of.shape)})`,
    );
  },
};

/**
 * The same elements under another shape, without copying. Shape `[...]` to `shape`, where one size may be -1.
 *
 * Throws where the strides do not allow it; `reshape` copies then.
 *
 * @example
 * view(arange(6), [2, -1]).shape; // => [2, 3]
 */
export const view = callable(
  (x: Tensor, shape: Shape): Tensor => apply(op, [x], { shape: inferShape("view", x.shape, shape) }),
  op,
);

/**
 * The same elements in row-major order under another shape: a view where the strides allow it, else a copy.
 * Shape `[...]` to `shape`, where one size may be -1.
 *
 * @example
 * reshape(arange(6), [3, 2]).tolist(); // => [[0, 1], [2, 3], [4, 5]]
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const wanted = inferShape("reshape", x.shape, shape);
  return apply(op, [viewStrides(x, wanted) === undefined ? toCopy(x) : x], { shape: wanted });
}

/**
 * Joins the dimensions from `startDim` to `endDim` into one. Shape `[a, b, c]` to `[a*b*c]`.
 *
 * @example
 * flatten(zeros([2, 3, 4]), { startDim: 1 }).shape; // => [2, 12]
 */
export function flatten(x: Tensor, { startDim = 0, endDim = -1 }: { startDim?: number; endDim?: number } = {}): Tensor {
  const start = normalizeDim("flatten", startDim, x.ndim);
  const end = normalizeDim("flatten", endDim, x.ndim);
  if (start > end)
    throw new RangeError(
      `flatten: startDim must not come after endDim: ${startDim} and ${endDim} (x ${shapeText(x.shape)})`,
    );
  return reshape(x, [...x.shape.slice(0, start), sizeOf(x.shape.slice(start, end + 1)), ...x.shape.slice(end + 1)]);
}

/** Replaces a -1 in `shape` by what is left over. */
function inferShape(who: string, from: Shape, shape: Shape): Shape {
  const size = sizeOf(from);
  const free = shape.indexOf(-1);
  if (free < 0) {
    checkShape(who, shape);
    if (sizeOf(shape) === size) return shape;
    throw new RangeError(
      `${who}: shape ${shapeText(shape)} holds ${sizeOf(shape)} elements, x has ${size} (x ${shapeText(from)})`,
    );
  }
  if (shape.lastIndexOf(-1) !== free) throw new RangeError(`${who}: only one size may be -1: got ${shapeText(shape)}`);
  const rest = shape.toSpliced(free, 1);
  checkShape(who, rest);
  const known = sizeOf(rest);
  if (known === 0 || size % known !== 0) {
    throw new RangeError(
      `${who}: no size for -1 makes ${shapeText(shape)} hold ${size} elements (x ${shapeText(from)})`,
    );
  }
  return shape.map((length, dim) => (dim === free ? size / known : length));
}

/** Strides that show `of` under `shape`, or undefined where its elements would have to move. */
function viewStrides(of: Layout, shape: Shape): readonly number[] | undefined {
  if (sizeOf(shape) === 0) return contiguousStrides(shape);
  const { shape: blocks, strides } = collapse(of.shape, [of.strides]);
  const steps = strides[0] as readonly number[];
  const result = new Array<number>(shape.length);
  let block = blocks.length - 1;
  let room = blocks[block] ?? 1;
  let step = steps[block] ?? 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const length = shape[dim] as number;
    if (room === 1 && length !== 1) {
      block--;
      room = blocks[block] as number;
      step = steps[block] as number;
    }
    if (room % length !== 0) return undefined;
    result[dim] = step;
    room /= length;
    step *= length;
  }
  return result;
}
