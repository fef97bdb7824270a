import { operandsText } from "../errors.ts";
import { sumBlock } from "../ops/reduce/sum.ts";
import { view } from "../ops/view/reshape.ts";
import { type Shape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { reduceNested } from "./reduce-dims.ts";

/**
 * Adds up what broadcasting had repeated: the gradient of `expand`. Shape `[2, 3, 4]` to `[3, 1]`, say.
 *
 * @example
 * sumTo(ones([2, 3]), [3]).tolist(); // => [2, 2, 2]
 */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.ndim - shape.length;
  const dims = x.shape
    .map((_, dim) => dim)
    .filter((dim) => dim < lead || (shape[dim - lead] === 1 && x.shape[dim] !== 1));
  if (
    lead < 0 ||
    x.shape.some((length, dim) => dim >= lead && shape[dim - lead] !== 1 && shape[dim - lead] !== length)
  ) {
    throw new RangeError(`sumTo: x was not broadcast from that shape ${operandsText({ x, target: { shape } })}`);
  }
  return view(reduceNested("sumTo", x, { dim: dims }, sumBlock), shape);
}
