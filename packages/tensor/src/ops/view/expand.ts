import { shapeText } from "../../errors.ts";
import { apply, callable, type ViewOp } from "../../op.ts";
import { broadcastStrides, checkShape, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

interface ShapeAttrs {
  readonly shape: Shape;
}

const op: ViewOp<ShapeAttrs> = {
  kind: "view",
  name: "expand",
  inputs: ["x"],
  layout: (of, { shape }) => ({ shape, strides: broadcastStrides(of, shape), offset: of.offset }),
};

/**
 * Repeats dimensions of length 1 and adds leading ones, without copying; a view. Shape `[3, 1]` to `[2, 3, 4]`; -1 in
 * `shape` keeps a size.
 *
 * @example
 * expand(tensor([[1], [2]]), [2, 3]).tolist(); // => [[1, 1, 1], [2, 2, 2]]
 */
export const expand = callable((x: Tensor, shape: Shape): Tensor => {
  const lead = shape.length - x.ndim;
  const wanted = shape.map((length, dim) => (length === -1 && dim >= lead ? (x.shape[dim - lead] as number) : length));
  checkShape("expand", wanted);
  if (lead < 0 || x.shape.some((length, dim) => length !== 1 && length !== wanted[dim + lead])) {
    throw new RangeError(`expand: x does not repeat to ${shapeText(shape)} (x ${shapeText(x.shape)})`);
  }
  return apply(op, [x], { shape: wanted });
}, op);
