import type { Device } from "../devices/device.ts";
import { type DType, dtypeOf, newArray, type TypedArray } from "../dtype.ts";
import { recordAllocation } from "../scope.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { storedValue } from "./nested.ts";

/** A tensor with a copy of `data`, on the device of `x` unless another is named: for functions that the class itself uses. */
export function madeBeside(
  x: Tensor,
  data: TypedArray,
  shape: Shape,
  dtype: DType = dtypeOf(data),
  device: Device = x.device,
): Tensor {
  const storage = device.upload(dtype, data);
  recordAllocation(storage);
  return x.sibling(storage, shape);
}

/** `value` everywhere, on the device of `x`. */
export const filledBeside = (x: Tensor, shape: Shape, value: number | boolean, dtype: DType): Tensor =>
  madeBeside(x, newArray(dtype, sizeOf(shape)).fill(storedValue(Number(value), dtype)), shape, dtype);

/** A 0-d tensor beside `x`, in its dtype. */
export const scalarBeside = (x: Tensor, value: number | boolean): Tensor => filledBeside(x, [], value, x.dtype);
