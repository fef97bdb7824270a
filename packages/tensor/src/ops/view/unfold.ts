import { shapeText } from "../../errors.ts";
import { apply, callable, type ViewOp } from "../../op.ts";
import { normalizeDim } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

interface UnfoldAttrs {
  readonly dim: number;
  readonly size: number;
  readonly step: number;
}

const op: ViewOp<UnfoldAttrs> = {
  kind: "view",
  name: "unfold",
  inputs: ["x"],
  layout: ({ shape, strides, offset }, { dim, size, step }) => {
    if (shape.length === 0) return { shape: [size], strides: [1], offset };
    const stride = strides[dim] as number;
    const windows = Math.floor(((shape[dim] as number) - size) / step) + 1;
    return {
      shape: [...shape.with(dim, windows), size],
      strides: [...strides.with(dim, stride * step), stride],
      offset,
    };
  },
};

/**
 * Windows of `size` elements of `dim`, `step` apart, as a new last dimension; a view, as torch.Tensor.unfold. Shape
 * `[..., n, ...]` to `[..., (n - size) / step + 1, ..., size]`.
 *
 * @example
 * unfold(arange(5), 0, 3, 2).tolist(); // => [[0, 1, 2], [2, 3, 4]]
 */
export const unfold = callable((x: Tensor, dim: number, size: number, step: number): Tensor => {
  const axis = normalizeDim("unfold", dim, x.ndim);
  const length = x.shape[axis] ?? 1;
  if (!Number.isInteger(size) || size < 0 || size > length) {
    throw new RangeError(`unfold: size ${size} does not fit dim ${dim} of size ${length} (x ${shapeText(x.shape)})`);
  }
  if (!Number.isInteger(step) || step < 1)
    throw new RangeError(`unfold: step must be a whole number from 1 on: got ${step}`);
  return apply(op, [x], { dim: axis, size, step });
}, op);
