import type { TypedArray } from "@dl/tensor";

/** One entry of a container: its stored type, its shape, and its elements. */
export interface StoredTensor {
  readonly dtype: "float32" | "int32" | "bool" | "uint8";
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

interface Header {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * The tensors of a safetensors file by name. Knows F32, I32, BOOL and U8.
 *
 * @throws RangeError if the header leaves the file, TypeError for another type
 */
export function readSafetensors(bytes: Uint8Array<ArrayBuffer>): Map<string, StoredTensor> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (8 + length > bytes.length)
    throw new RangeError(`safetensors: header of ${length} bytes in a file of ${bytes.length}`);
  const header: Record<string, Header> = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const [begin, end] = entry.data_offsets;
    // a copy starts at a multiple of 4 whatever the entry does
    tensors.set(name, stored(name, entry, bytes.slice(8 + length + begin, 8 + length + end)));
  }
  return tensors;
}

function stored(name: string, { dtype, shape }: Header, bytes: Uint8Array<ArrayBuffer>): StoredTensor {
  switch (dtype) {
    case "F32":
      return { dtype: "float32", shape, data: new Float32Array(bytes.buffer) };
    case "I32":
      return { dtype: "int32", shape, data: new Int32Array(bytes.buffer) };
    case "BOOL":
      return { dtype: "bool", shape, data: bytes };
    case "U8":
      return { dtype: "uint8", shape, data: bytes };
    default:
      throw new TypeError(`safetensors: ${name} has type ${dtype}, known are F32, I32, BOOL and U8`);
  }
}
