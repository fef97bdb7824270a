import { shapeText } from "../../errors.ts";
import { apply, callable, type ViewOp } from "../../op.ts";
import { normalizeDim } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

interface PermuteAttrs {
  /** Which old dimension each new one is. */
  readonly dims: readonly number[];
}

const op: ViewOp<PermuteAttrs> = {
  kind: "view",
  name: "permute",
  inputs: ["x"],
  layout: ({ shape, strides, offset }, { dims }) => ({
    shape: dims.map((dim) => shape[dim] as number),
    strides: dims.map((dim) => strides[dim] as number),
    offset,
  }),
};

/**
 * The dimensions in another order; a view. Shape `[s0, s1, …]` to `[s(dims[0]), s(dims[1]), …]`.
 *
 * @example
 * permute(zeros([2, 3, 4]), [2, 0, 1]).shape; // => [4, 2, 3]
 */
export const permute = callable((x: Tensor, dims: readonly number[]): Tensor => {
  const normal = dims.map((dim) => normalizeDim("permute", dim, x.ndim));
  if (normal.length !== x.ndim || new Set(normal).size !== x.ndim) {
    throw new RangeError(
      `permute: dims must name each of ${x.ndim} dimensions once: got ${shapeText(dims)} (x ${shapeText(x.shape)})`,
    );
  }
  return apply(op, [x], { dims: normal });
}, op);

/**
 * Two dimensions swapped; a view. Shape `[…, a, …, b, …]` to `[…, b, …, a, …]`.
 *
 * @example
 * transpose(tensor([[1, 2], [3, 4]]), 0, 1).tolist(); // => [[1, 3], [2, 4]]
 */
export function transpose(x: Tensor, dim0 = -2, dim1 = -1): Tensor {
  const first = normalizeDim("transpose", dim0, x.ndim);
  const second = normalizeDim("transpose", dim1, x.ndim);
  const dims = x.shape.map((_, dim) => dim);
  if (x.ndim > 0) {
    dims[first] = second;
    dims[second] = first;
  }
  return apply(op, [x], { dims });
}
