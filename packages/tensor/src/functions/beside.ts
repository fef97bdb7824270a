import type { Device } from "../devices/device.ts";
import { type DType, dtypeOf, newArray, type TypedArray } from "../dtype.ts";
import { recordAllocation } from "../scope.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { storedValue } from "./nested.ts";

/** A tensor with a copy of `data`, on the device of `x` unless another is named: for functions that the class itself uses. */
export function madeBeside(x: Tensor, data: TypedArray, shape: Shape, dtype: DType = dtypeOf(data), device: Device = x.device): Tensor {
  const storage = device.upload(dtype, data);
  recordAllocation(storage);
  return x.sibling(storage, shape);
}

/** A 0-d tensor beside `x`, in its dtype. */
export function scalarBeside(x: Tensor, value: number | boolean): Tensor {
  return madeBeside(x, newArray(x.dtype, 1).fill(storedValue(Number(value), x.dtype)), [], x.dtype);
}
