import { recordAllocation } from "../scope.ts";
import { checkShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * A tensor with the dtype and on the device of `x`, whose elements are whatever was in memory: to be filled. Shape `shape`.
 *
 * @example
 * emptyBeside(tensor([1, 2]), [2, 3]).shape; // => [2, 3]
 */
export function emptyBeside(x: Tensor, shape: Shape): Tensor {
  checkShape("emptyBeside", shape);
  const storage = x.device.allocate(x.dtype, sizeOf(shape));
  recordAllocation(storage);
  return x.sibling(storage, shape);
}
