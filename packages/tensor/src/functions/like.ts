import type { Tensor } from "../tensor.ts";
import { type CreationOptions, full } from "./creation.ts";

/**
 * `value` everywhere, in the shape, dtype and device of `x`.
 *
 * @example
 * fullLike(zeros([2]), 7).tolist(); // => [7, 7]
 */
export const fullLike = (x: Tensor, value: number | boolean, options: CreationOptions = {}): Tensor =>
  full(x.shape, value, { dtype: x.dtype, device: x.device, ...options });

/**
 * Zeros in the shape, dtype and device of `x`.
 *
 * @example
 * zerosLike(tensor([5, 6])).tolist(); // => [0, 0]
 */
export const zerosLike = (x: Tensor, options: CreationOptions = {}): Tensor => fullLike(x, 0, options);

/**
 * Ones in the shape, dtype and device of `x`.
 *
 * @example
 * onesLike(tensor([5, 6])).tolist(); // => [1, 1]
 */
export const onesLike = (x: Tensor, options: CreationOptions = {}): Tensor => fullLike(x, 1, options);
