import type { DType, Tensor, TypedArray } from "@dl/tensor";
import { fromBfloat16, fromFloat8E4M3, fromFloat8E5M2, fromFloat16, toBfloat16, toFloat16 } from "./floats.ts";

/** Element types of files, by the names of safetensors. */
export type StoredDType =
  | "BOOL"
  | "U8"
  | "I8"
  | "F8_E5M2"
  | "F8_E4M3"
  | "I16"
  | "U16"
  | "F16"
  | "BF16"
  | "I32"
  | "U32"
  | "F32"
  | "F64"
  | "I64"
  | "U64";

/** Element types that numbers can be written as. */
export type WrittenDType = Exclude<StoredDType, "F8_E5M2" | "F8_E4M3">;

/** An array as a file holds it: row-major, little-endian. */
export interface StoredEntry {
  readonly dtype: StoredDType;
  readonly shape: readonly number[];
  /** The elements, as they are or will be in the file. */
  bytes(): Promise<Uint8Array>;
}

/**
 * The elements of `x` under another type of files, for {@link writeSafetensors}. They are those of the moment of the call.
 *
 * Floating-point types round to the nearest (ties to even), 16-bit ones overflow to infinity as in PyTorch. Errors: a
 * number that an integer type cannot hold.
 *
 * @example
 * const half = storedAs(tensor([1, 65504]), "F16");
 * await half.bytes(); // => [0, 60, 255, 123]
 */
export function storedAs(x: Tensor, dtype: WrittenDType): StoredEntry {
  if (!(dtype in writers))
    throw new TypeError(`storedAs: cannot write ${dtype}; known are ${Object.keys(writers).join(", ")}`);
  const values = x.read();
  return { dtype, shape: [...x.shape], bytes: async () => encode("storedAs", await values, dtype) };
}

interface StoredType {
  /** Bytes of an element. */
  readonly size: number;
  /** What it loads as unless asked otherwise. */
  readonly natural: DType;
  readonly read: (view: DataView, at: number) => number;
}

/** Narrowest first, in the order by which the safetensors library sorts. */
export const storedTypes: Readonly<Record<StoredDType, StoredType>> = {
  BOOL: { size: 1, natural: "bool", read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  U8: { size: 1, natural: "uint8", read: (view, at) => view.getUint8(at) },
  I8: { size: 1, natural: "int32", read: (view, at) => view.getInt8(at) },
  F8_E5M2: { size: 1, natural: "float32", read: (view, at) => fromFloat8E5M2(view.getUint8(at)) },
  F8_E4M3: { size: 1, natural: "float32", read: (view, at) => fromFloat8E4M3(view.getUint8(at)) },
  I16: { size: 2, natural: "int32", read: (view, at) => view.getInt16(at, true) },
  U16: { size: 2, natural: "int32", read: (view, at) => view.getUint16(at, true) },
  F16: { size: 2, natural: "float32", read: (view, at) => fromFloat16(view.getUint16(at, true)) },
  BF16: { size: 2, natural: "float32", read: (view, at) => fromBfloat16(view.getUint16(at, true)) },
  I32: { size: 4, natural: "int32", read: (view, at) => view.getInt32(at, true) },
  U32: { size: 4, natural: "int32", read: (view, at) => view.getUint32(at, true) },
  F32: { size: 4, natural: "float32", read: (view, at) => view.getFloat32(at, true) },
  F64: { size: 8, natural: "float64", read: (view, at) => view.getFloat64(at, true) },
  I64: { size: 8, natural: "int32", read: (view, at) => Number(view.getBigInt64(at, true)) },
  U64: { size: 8, natural: "int32", read: (view, at) => Number(view.getBigUint64(at, true)) },
};

/** What a tensor's elements are in a file. */
export const storedDType: Readonly<Record<DType, WrittenDType>> = {
  bool: "BOOL",
  uint8: "U8",
  int32: "I32",
  float32: "F32",
  float64: "F64",
};

/** The elements of a file as `dtype`, where possible a view of `bytes`. `where` opens the errors. */
export function decode(where: string, bytes: Uint8Array, from: StoredDType, dtype: DType): TypedArray {
  const { size, natural, read } = storedTypes[from];
  if (isFloating(from) && dtype !== "float32" && dtype !== "float64") {
    throw new TypeError(`${where}: ${from} loads as float32 or float64, not as ${dtype}`);
  }
  if (dtype === "bool" && from !== "BOOL") throw new TypeError(`${where}: only BOOL loads as bool, got ${from}`);
  if (dtype === natural && storedDType[natural] === from && from !== "BOOL") {
    const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
    return asTyped(dtype, aligned.buffer, aligned.byteOffset, bytes.length / size);
  }
  const count = bytes.length / size;
  const values = asTyped(dtype, new ArrayBuffer(count * tensorBytes[dtype]), 0, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [low, high] = ranges[dtype];
  for (let i = 0; i < values.length; i++) {
    const value = read(view, i * size);
    if (value < low || value > high) {
      const advice = dtype === "int32" ? '; load it with { dtype: "float32" } or "float64"' : "";
      throw new RangeError(
        `${where}: ${from} element ${i} is ${value}, and ${dtype} goes from ${low} to ${high}${advice}`,
      );
    }
    values[i] = value;
  }
  return values;
}

/** The bytes of numbers in a file. `where` opens the errors. */
export function encode(where: string, values: TypedArray, to: WrittenDType): Uint8Array {
  if (sameBytes(values, to)) return bytesOf(values);
  const { size } = storedTypes[to];
  const { low, high, write } = writers[to];
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (low !== undefined && high !== undefined && !(Number.isInteger(value) && value >= low && value <= high)) {
      throw new RangeError(`${where}: element ${i} is ${value}, and ${to} holds whole numbers from ${low} to ${high}`);
    }
    write(view, i * size, value);
  }
  return bytes;
}

/** The memory of an array, byte by byte. */
export const bytesOf = (values: TypedArray): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const isFloating = (dtype: StoredDType): boolean => dtype.startsWith("F") || dtype === "BF16";

const tensorBytes: Readonly<Record<DType, number>> = { bool: 1, uint8: 1, int32: 4, float32: 4, float64: 8 };

const ranges: Readonly<Record<DType, readonly [low: number, high: number]>> = {
  bool: [0, 1],
  uint8: [0, 255],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  float32: [-Infinity, Infinity],
  float64: [-Infinity, Infinity],
};

function asTyped(dtype: DType, buffer: ArrayBufferLike, start: number, count: number): TypedArray {
  if (dtype === "float32") return new Float32Array(buffer, start, count);
  if (dtype === "float64") return new Float64Array(buffer, start, count);
  return dtype === "int32" ? new Int32Array(buffer, start, count) : new Uint8Array(buffer, start, count);
}

const sameBytes = (values: TypedArray, to: WrittenDType): boolean =>
  (to === "F32" && values instanceof Float32Array) ||
  (to === "F64" && values instanceof Float64Array) ||
  (to === "I32" && values instanceof Int32Array) ||
  (to === "U8" && values instanceof Uint8Array);

interface Writer {
  /** Bounds of an integer type. */
  readonly low?: number;
  readonly high?: number;
  readonly write: (view: DataView, at: number, value: number) => void;
}

const writers: Readonly<Record<WrittenDType, Writer>> = {
  BOOL: { low: 0, high: 1, write: (view, at, value) => view.setUint8(at, value) },
  U8: { low: 0, high: 255, write: (view, at, value) => view.setUint8(at, value) },
  I8: { low: -128, high: 127, write: (view, at, value) => view.setInt8(at, value) },
  I16: { low: -(2 ** 15), high: 2 ** 15 - 1, write: (view, at, value) => view.setInt16(at, value, true) },
  U16: { low: 0, high: 2 ** 16 - 1, write: (view, at, value) => view.setUint16(at, value, true) },
  F16: { write: (view, at, value) => view.setUint16(at, toFloat16(value), true) },
  BF16: { write: (view, at, value) => view.setUint16(at, toBfloat16(value), true) },
  I32: { low: -(2 ** 31), high: 2 ** 31 - 1, write: (view, at, value) => view.setInt32(at, value, true) },
  U32: { low: 0, high: 2 ** 32 - 1, write: (view, at, value) => view.setUint32(at, value, true) },
  F32: { write: (view, at, value) => view.setFloat32(at, value, true) },
  F64: { write: (view, at, value) => view.setFloat64(at, value, true) },
  I64: {
    low: Number.MIN_SAFE_INTEGER,
    high: Number.MAX_SAFE_INTEGER,
    write: (view, at, value) => view.setBigInt64(at, BigInt(value), true),
  },
  U64: {
    low: 0,
    high: Number.MAX_SAFE_INTEGER,
    write: (view, at, value) => view.setBigUint64(at, BigInt(value), true),
  },
};
