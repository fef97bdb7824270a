import { currentDevice, type ReadyDevice, readyDevice } from "../devices/current.ts";
import { checkIsDType, type DType, dtypeOf, newArray, type TypedArray } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { recordAllocation } from "../scope.ts";
import { checkShape, type Shape, sizeOf } from "../shape.ts";
import type { Storage } from "../storage.ts";
import { type Nested, Tensor } from "../tensor.ts";
import { asStored, readNested, storedValue } from "./nested.ts";

export interface CreationOptions {
  /** Default float32, or what the data say. */
  dtype?: DType;
  /** Default the current device. */
  device?: ReadyDevice;
}

/**
 * A tensor with the given elements: a number, nested arrays, or a typed array with its `shape`.
 *
 * Numbers become float32, booleans bool; typed arrays keep their type. Ragged arrays throw.
 *
 * @example
 * tensor([[1, 2], [3, 4]]).shape; // => [2, 2]
 */
export function tensor(
  data: Nested | Nested<boolean> | TypedArray,
  { dtype, shape, device }: CreationOptions & { shape?: Shape } = {},
): Tensor {
  if (ArrayBuffer.isView(data)) return fromTypedArray(data, shape ?? [data.length], dtype ?? dtypeOf(data), device);
  const nested = readNested(data, dtype);
  return fromTypedArray(nested.values, shape ?? nested.shape, nested.dtype, device);
}

/**
 * Ones of `shape`.
 *
 * @example
 * ones([2]).tolist(); // => [1, 1]
 */
export const ones = (shape: Shape, options: CreationOptions = {}): Tensor => filled("ones", shape, 1, options);

/**
 * Zeros of `shape`.
 *
 * @example
 * zeros([2]).tolist(); // => [0, 0]
 */
export const zeros = (shape: Shape, options: CreationOptions = {}): Tensor => filled("zeros", shape, 0, options);

/**
 * `value` everywhere. Shape `shape`.
 *
 * @example
 * full([2], 7).tolist(); // => [7, 7]
 */
export const full = (shape: Shape, value: number | boolean, options: CreationOptions = {}): Tensor =>
  filled("full", shape, value, options);

function filled(
  who: string,
  shape: Shape,
  value: number | boolean,
  { dtype = typeof value === "boolean" ? "bool" : "float32", device: place = currentDevice() }: CreationOptions,
): Tensor {
  checkShape(who, shape);
  checkIsDType(who, dtype);
  const device = readyDevice(who, place);
  const stored = storedValue(Number(value), dtype);
  const x = owned(device.allocate(dtype, sizeOf(shape)), shape);
  if (device.fill === undefined) x.storage.data.fill(stored);
  else device.fill(x, stored);
  return x;
}

/**
 * `start`, `start + step`, … before `end`; `arange(n)` counts from 0. float32 unless every argument is whole, then int32.
 *
 * @example
 * arange(1, 7, 2).tolist(); // => [1, 3, 5]
 */
export function arange(startOrEnd: number, end?: number, step = 1, { dtype, device }: CreationOptions = {}): Tensor {
  const [from, to] = end === undefined ? [0, startOrEnd] : [startOrEnd, end];
  if (!Number.isFinite(from) || !Number.isFinite(to) || !Number.isFinite(step) || step === 0) {
    throw new RangeError(`arange: needs finite bounds and a step other than 0: got ${from}, ${to} and ${step}`);
  }
  if ((to - from) * step < 0) throw new RangeError(`arange: step ${step} leads away from ${to} (start ${from})`);
  const type = dtype ?? ([from, to, step].every(Number.isInteger) ? "int32" : "float32");
  const values = newArray(type, Math.ceil((to - from) / step));
  for (let i = 0; i < values.length; i++) values[i] = from + i * step;
  return fromTypedArray(values, [values.length], type, device);
}

/** A tensor over a fresh storage of its own, known to the scopes around it. */
function owned(storage: Storage, shape: Shape): Tensor {
  recordAllocation(storage);
  return new Tensor(storage, shape);
}

/** A tensor of `shape` with a copy of `data`. */
export function fromTypedArray(
  data: TypedArray,
  shape: Shape,
  dtype: DType,
  place: ReadyDevice = currentDevice(),
): Tensor {
  checkIsDType("tensor", dtype);
  const device = readyDevice("tensor", place);
  checkShape("tensor", shape);
  if (sizeOf(shape) !== data.length)
    throw new RangeError(`tensor: shape ${shapeText(shape)} needs ${sizeOf(shape)} elements, got ${data.length}`);
  return owned(device.upload(dtype, asStored(data, dtype)), shape);
}
