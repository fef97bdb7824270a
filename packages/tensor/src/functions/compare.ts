import { type ClosenessOptions, eq, isclose } from "../ops/elementwise/comparison.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Whether `isclose` holds everywhere. Shapes broadcast. Reads the result: not for tensors on the GPU.
 *
 * @example
 * allclose(tensor([1, 2]), tensor([1, 2.1]), { rtol: 0.1 }); // => true
 */
export const allclose = (x: Tensor, y: Tensor, options: ClosenessOptions = {}): boolean =>
  everywhere(isclose(x, y, options));

/**
 * Whether both have the same shape and the same elements (NaN equals nothing). Not for tensors on the GPU.
 *
 * @example
 * equal(tensor([1, 2]), tensor([1, 2])); // => true
 */
export const equal = (x: Tensor, y: Tensor): boolean => sameShape(x.shape, y.shape) && everywhere(eq(x, y));

const everywhere = (x: Tensor): boolean =>
  x
    .detach()
    .toArray()
    .every((value) => value !== 0);
