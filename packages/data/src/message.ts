import { type DType, Tensor, tensor } from "@dl/tensor";

/** A value with tensors in it, as it goes from thread to thread. */
export type Packed =
  | {
      readonly kind: "tensor";
      readonly data: ArrayBufferView;
      readonly shape: readonly number[];
      readonly dtype: DType;
    }
  | { readonly kind: "array"; readonly items: readonly Packed[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, Packed])[] }
  | { readonly kind: "value"; readonly value: unknown };

/** The value as a message can carry it; the data of its tensors, put into `buffers`, are handed over and not copied. */
export function pack(value: unknown, buffers: ArrayBuffer[]): Packed {
  if (value instanceof Tensor) {
    const data = value.contiguous().toArray().slice();
    buffers.push(data.buffer as ArrayBuffer);
    return { kind: "tensor", data, shape: value.shape, dtype: value.dtype };
  }
  if (Array.isArray(value)) return { kind: "array", items: value.map((each) => pack(each, buffers)) };
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return { kind: "object", entries: Object.entries(value).map(([key, each]) => [key, pack(each, buffers)]) };
  }
  return { kind: "value", value };
}

/** The value again. */
export function unpack(packed: Packed): unknown {
  switch (packed.kind) {
    case "tensor":
      return tensor(packed.data as Float32Array, { shape: packed.shape, dtype: packed.dtype });
    case "array":
      return packed.items.map(unpack);
    case "object":
      return Object.fromEntries(packed.entries.map(([key, each]) => [key, unpack(each)]));
    case "value":
      return packed.value;
  }
}
