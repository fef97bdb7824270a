import type { Tensor } from "@dl/tensor";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { writeAtomically } from "../files/atomic.ts";
import { type FileInput, readWhole, reason, type SourceOptions } from "../files/source.ts";
import type { LoadOptions } from "../safetensors/read.ts";
import { encodeNpy, parseNpy } from "./npy.ts";

export interface NpzOptions {
  /** As `numpy.savez_compressed` does. Default false. */
  compress?: boolean;
}

/**
 * The arrays of an npz file by name, as `numpy.savez` and `savez_compressed` write it.
 *
 * Errors: a damaged archive, and those of {@link readNpy}.
 *
 * @example
 * const bytes = await encodeNpz({ x: tensor([1, 2]), y: tensor([3]) }, { compress: true });
 * const { x, y } = await readNpz(bytes);
 * [x.tolist(), y.tolist()]; // => [[1, 2], [3]]
 */
export async function readNpz(
  input: FileInput,
  { name, ...options }: LoadOptions & SourceOptions = {},
): Promise<Record<string, Tensor>> {
  const [bytes, file] = await readWhole("readNpz", input, name === undefined ? {} : { name });
  const where = `readNpz: ${file}`;
  const tensors = Object.entries(unpacked(where, bytes)).map(([entry, body]): [string, Tensor] => {
    return [entry.replace(/\.npy$/, ""), parseNpy(`${where}: ${entry}`, body, options)];
  });
  return Object.fromEntries(tensors);
}

/**
 * The bytes of an npz file.
 *
 * @example
 * const bytes = await encodeNpz({ x: tensor([1, 2]) });
 * Array.from(bytes.subarray(0, 2)); // => [80, 75]
 */
export async function encodeNpz(
  tensors: Readonly<Record<string, Tensor>>,
  { compress = false }: NpzOptions = {},
): Promise<Uint8Array> {
  const files = await Promise.all(
    Object.entries(tensors).map(async ([name, x]) => [name, await encodeNpy(x)] as const),
  );
  const options = { level: compress ? 6 : 0, mtime: new Date(1980, 0, 1) } as const;
  const archive: Zippable = Object.fromEntries(files.map(([name, bytes]) => [`${name}.npy`, [bytes, options]]));
  return zipSync(archive);
}

/** Writes an npz file (Node). `path` holds what it held before, or all of it. */
export async function writeNpz(
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
  options: NpzOptions = {},
): Promise<void> {
  await writeAtomically("writeNpz", path, [await encodeNpz(tensors, options)]);
}

function unpacked(where: string, bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch (cause) {
    throw new Error(`${where} (${bytes.length} bytes) is damaged or no zip archive: ${reason(cause)}`, { cause });
  }
}
