import { type DType, dtypeOf, newArray, type TypedArray } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import type { Nested } from "../tensor.ts";

/** What nested arrays hold, in row-major order. Booleans are bool, numbers float32, unless `dtype` says otherwise. */
export function readNested(
  data: Nested | Nested<boolean>,
  dtype?: DType,
): { values: TypedArray; shape: Shape; dtype: DType } {
  const shape = shapeOf(data);
  const flat: (number | boolean)[] = [];
  flatten(data, shape, 0, flat);
  const type = dtype ?? (flat.length > 0 && flat.every((value) => typeof value === "boolean") ? "bool" : "float32");
  const values = newArray(type, flat.length);
  for (let i = 0; i < flat.length; i++) values[i] = storedValue(Number(flat[i]), type, i);
  return { values, shape, dtype: type };
}

/** A number as an element of `dtype`. Throws where it is out of range, naming its place `at`. */
export function storedValue(value: number, dtype: DType, at?: number): number {
  if (dtype === "bool") return truth(value);
  const high = largest[dtype];
  if (high === undefined || (value < high + 1 && value > (dtype === "int32" ? -high - 2 : -high - 1))) return value;
  throw new RangeError(
    `tensor: ${at === undefined ? "the value" : `element ${at}`} is ${value}, which does not fit ${dtype}`,
  );
}

/** As in PyTorch, negative numbers wrap in uint8. */
const largest: Partial<Record<DType, number>> = { int32: 2 ** 31 - 1, uint8: 255 };

const truth = (value: number): number => (value === 0 ? 0 : 1);

/** Elements as `dtype` stores them, in an array of its kind: truth values are 0 and 1. `data` itself where it is one. */
export function asStored(data: TypedArray, dtype: DType): TypedArray {
  if (dtypeOf(data) === dtype) return data;
  const values = newArray(dtype, data.length);
  values.set(dtype === "bool" ? data.map(truth) : data);
  return values;
}

function shapeOf(data: Nested | Nested<boolean>): number[] {
  const shape: number[] = [];
  let level: unknown = data;
  while (Array.isArray(level)) {
    shape.push(level.length);
    level = level[0];
  }
  return shape;
}

function flatten(data: unknown, shape: Shape, depth: number, out: (number | boolean)[]): void {
  if (depth === shape.length) {
    if (typeof data === "number" || typeof data === "boolean") out.push(data);
    else
      throw new TypeError(
        `tensor: needs numbers or booleans at depth ${depth}, got ${Array.isArray(data) ? "an array" : String(data)}`,
      );
    return;
  }
  if (!Array.isArray(data))
    throw new RangeError(`tensor: ragged: expected an array of ${shape[depth]} at depth ${depth}, got ${String(data)}`);
  if (data.length !== shape[depth])
    throw new RangeError(`tensor: ragged: lengths ${shape[depth]} and ${data.length} at depth ${depth}`);
  for (const item of data) flatten(item, shape, depth + 1, out);
}
