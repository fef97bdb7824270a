import { type ReadyDevice, readyDevice } from "../devices/current.ts";
import type { DType } from "../dtype.ts";
import { toCopy } from "../ops/copy.ts";
import type { Tensor } from "../tensor.ts";
import { madeBeside } from "./beside.ts";

export interface ToOptions {
  dtype?: DType | undefined;
  /** A device that is ready: "cpu", "wasm", or one that was awaited. */
  device?: ReadyDevice | undefined;
}

/**
 * The same elements with another dtype or on another device; `x` itself where nothing changes. Floats lose their fraction
 * on the way to integers, and everything but 0 is true. Shape `[...]` to `[...]`.
 *
 * A tensor with a history can change its dtype but not its device: move the leaves.
 *
 * @example
 * to(tensor([1.7, 0]), { dtype: "int32" }).tolist(); // => [1, 0]
 */
export function to(x: Tensor, { dtype = x.dtype, device }: ToOptions): Tensor {
  const target = device === undefined ? x.device : readyDevice("to", device);
  const typed = dtype === x.dtype ? x : toCopy(x, dtype);
  if (target === x.device) return typed;
  if (x.requiresGrad)
    throw new Error(
      `to: a tensor that requires a gradient cannot change from ${x.device.name} to ${target.name}: use x.detach()`,
    );
  return madeBeside(x, typed.detach().toArray(), typed.shape, dtype, target);
}

/**
 * A copy with memory of its own, contiguous, with the same history. Shape `[...]` to `[...]`.
 *
 * @example
 * clone(tensor([1, 2])).tolist(); // => [1, 2]
 */
export const clone = (x: Tensor): Tensor => toCopy(x);

/**
 * `x` itself where its elements lie in row-major order without gaps, else a copy of which that is true.
 *
 * @example
 * contiguous(transpose(zeros([2, 3]))).strides; // => [2, 1]
 */
export const contiguous = (x: Tensor): Tensor => (x.isContiguous ? x : toCopy(x));
