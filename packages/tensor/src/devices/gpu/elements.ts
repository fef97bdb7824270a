import type { DType, TypedArray } from "../../dtype.ts";

/** How WGSL holds an element: four bytes whatever the dtype. bool and uint8 are u32. */
export type WgslType = "f32" | "i32" | "u32";

/** Bytes of one element on the GPU. */
export const elementBytes = 4;

/** The WGSL type of a dtype. Throws for float64, which GPUs lack. */
export function wgslTypeOf(dtype: DType): WgslType {
  if (dtype === "float64") throw new TypeError("gpu: has no float64: use float32, or stay on the CPU");
  return dtype === "float32" ? "f32" : dtype === "int32" ? "i32" : "u32";
}

/** Writes elements as the GPU holds them to `memory`. */
export function pack(dtype: DType, data: TypedArray, memory: ArrayBuffer): void {
  const type = wgslTypeOf(dtype);
  const Words = type === "f32" ? Float32Array : type === "i32" ? Int32Array : Uint32Array;
  new Words(memory, 0, data.length).set(data);
}

/** Elements as the GPU held them, as the typed array of their dtype. */
export function unpack(dtype: DType, memory: ArrayBuffer): TypedArray {
  const type = wgslTypeOf(dtype);
  if (type === "f32") return new Float32Array(memory);
  return type === "i32" ? new Int32Array(memory) : Uint8Array.from(new Uint32Array(memory));
}

/**
 * WGSL that turns the expression `value` from one dtype to another as PyTorch does: floats lose their fraction on the
 * way to integers, integers wrap, everything but 0 is true.
 */
export function converted(value: string, from: DType, to: DType): string {
  if (from === to || (from === "bool" && to === "uint8")) return value;
  const zero = wgslTypeOf(from) === "f32" ? "0.0" : wgslTypeOf(from) === "i32" ? "0i" : "0u";
  if (to === "bool") return `select(0u, 1u, ${value} != ${zero})`;
  if (to === "uint8") return `(u32(i32(${value})) & 255u)`;
  return `${wgslTypeOf(to)}(${value})`;
}
