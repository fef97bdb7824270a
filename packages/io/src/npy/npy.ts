import { type Tensor, tensor } from "@dl/tensor";
import { writeAtomically } from "../files/atomic.ts";
import { type FileInput, readWhole, type SourceOptions } from "../files/source.ts";
import type { LoadOptions } from "../safetensors/read.ts";
import { decode, encode, storedDType, storedTypes } from "../stored.ts";
import { parseNpyHeader, writeNpyHeader } from "./header.ts";

/**
 * The array of an npy file (versions 1 to 3, either byte order, row- or column-major).
 *
 * Errors: a file that is truncated, too long or no npy file, a type that no tensor holds, an element outside int32.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @example
 * const bytes = await encodeNpy(tensor([[1, 2], [3, 4]]));
 * const x = await readNpy(bytes);
 * x.tolist(); // => [[1, 2], [3, 4]]
 */
export async function readNpy(
  input: FileInput,
  { name, ...options }: LoadOptions & SourceOptions = {},
): Promise<Tensor> {
  const [bytes, file] = await readWhole("readNpy", input, name === undefined ? {} : { name });
  return parseNpy(`readNpy: ${file}`, bytes, options);
}

/**
 * The bytes of an npy file, as NumPy writes it.
 *
 * @example
 * const bytes = await encodeNpy(tensor([1, 2]));
 * bytes.length; // => 136
 */
export async function encodeNpy(x: Tensor): Promise<Uint8Array> {
  const dtype = storedDType[x.dtype];
  const header = writeNpyHeader(dtype, x.shape);
  const body = encode("encodeNpy", await x.read(), dtype);
  const bytes = new Uint8Array(header.length + body.length);
  bytes.set(header);
  bytes.set(body, header.length);
  return bytes;
}

/** Writes an npy file (Node). `path` holds what it held before, or all of it. */
export async function writeNpy(path: string, x: Tensor): Promise<void> {
  await writeAtomically("writeNpy", path, [await encodeNpy(x)]);
}

/** {@link readNpy} at once. `where` opens the errors. */
export function parseNpy(where: string, bytes: Uint8Array, { dtype, device }: LoadOptions): Tensor {
  const header = parseNpyHeader(where, bytes);
  const { size, natural } = storedTypes[header.dtype];
  const body = bytes.slice(header.dataStart);
  if (header.bigEndian) for (let i = 0; i < body.length; i += size) body.subarray(i, i + size).reverse();
  const rows = header.fortranOrder ? rowMajor(body, header.shape, size) : body;
  const wanted = dtype ?? natural;
  const values = decode(where, rows, header.dtype, wanted);
  return tensor(values, { shape: header.shape, dtype: wanted, ...(device === undefined ? {} : { device }) });
}

/** Elements in row-major order, from those whose first index runs fastest. */
function rowMajor(bytes: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  const out = new Uint8Array(bytes.length);
  const index = shape.map(() => 0);
  const strides = shape.map((_, dim) => shape.slice(0, dim).reduce((product, length) => product * length, size));
  let from = 0;
  for (let to = 0; to < out.length; to += size) {
    out.set(bytes.subarray(from, from + size), to);
    for (let dim = shape.length - 1; dim >= 0; dim--) {
      const stride = strides[dim] as number;
      from += stride;
      index[dim] = (index[dim] as number) + 1;
      if ((index[dim] as number) < (shape[dim] as number)) break;
      from -= stride * (shape[dim] as number);
      index[dim] = 0;
    }
  }
  return out;
}
