import { type Device, type DType, type Tensor, tensor } from "@dl/tensor";
import { type ByteSource, type FileInput, openSource, type SourceOptions } from "../files/source.ts";
import { decode, type StoredEntry, storedTypes } from "../stored.ts";
import { type Header, longestHeader, parseHeader, type SafetensorsInfo } from "./header.ts";

export interface LoadOptions {
  /**
   * Default what the file says: float32 for F16, BF16 and F8, int32 (range-checked) for other integers than U8.
   * Integers also load as float32 or float64, rounded.
   */
  dtype?: DType;
  /** Default the current device. */
  device?: Device;
}

/**
 * All tensors of a safetensors file by name.
 *
 * Errors: those of {@link openSafetensors}; an element outside int32.
 *
 * @example
 * const file = await encodeSafetensors({ weight: tensor([[1, 2]]) });
 * const { weight } = await readSafetensors(file);
 * weight.tolist(); // => [[1, 2]]
 */
export async function readSafetensors(
  input: FileInput,
  { name, ...options }: LoadOptions & SourceOptions = {},
): Promise<Record<string, Tensor>> {
  const file = await openFile("readSafetensors", input, name === undefined ? {} : { name });
  try {
    return await file.tensors(options);
  } finally {
    await file.close();
  }
}

/**
 * Reads and checks the header of a safetensors file; single tensors are read when asked for, by ranges of bytes where
 * the file is a path (Node), an address or a Blob. Call `close()` after use of a path.
 *
 * Errors: a file that is truncated or too long, a header that is no JSON, names something twice, has unknown dtypes, or
 * offsets that overlap, leave gaps or do not fit their shapes. No more than the header is read to find out.
 * Source: https://github.com/huggingface/safetensors
 *
 * @example
 * const bytes = await encodeSafetensors({ a: tensor([1, 2, 3]), b: tensor([4]) }, { metadata: { step: "7" } });
 * const file = await openSafetensors(bytes);
 * file.names; // => ["a", "b"]
 * file.metadata.step; // => "7"
 * const b = await file.tensor("b");
 * b.tolist(); // => [4]
 */
export function openSafetensors(input: FileInput, options: SourceOptions = {}): Promise<SafetensorsFile> {
  return openFile("openSafetensors", input, options);
}

async function openFile(who: string, input: FileInput, options: SourceOptions): Promise<SafetensorsFile> {
  const source = await openSource(who, input, options);
  try {
    return new SafetensorsFile(who, source, ...(await readHeader(`${who}: ${source.name}`, source)));
  } catch (cause) {
    await source.close();
    throw cause;
  }
}

async function readHeader(where: string, source: ByteSource): Promise<[header: Header, dataStart: number]> {
  if (source.size < 8) throw new Error(`${where} is truncated: 8 bytes of header length, got ${source.size}`);
  const start = await source.read(0, 8);
  const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
  if (length > longestHeader) {
    throw new Error(
      `${where}: a header of ${length} bytes is longer than ${longestHeader}: this is no safetensors file`,
    );
  }
  const dataStart = 8 + Number(length);
  if (dataStart > source.size) {
    throw new Error(`${where} is truncated: the header ends at byte ${dataStart}, the file at ${source.size}`);
  }
  return [parseHeader(where, await source.read(8, dataStart), source.size - dataStart), dataStart];
}

/** An open safetensors file, from {@link openSafetensors}. */
export class SafetensorsFile {
  /** How errors name it. */
  readonly name: string;
  /** What `__metadata__` holds. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly #who: string;
  readonly #source: ByteSource;
  readonly #entries: ReadonlyMap<string, SafetensorsInfo>;
  readonly #dataStart: number;

  constructor(who: string, source: ByteSource, { metadata, entries }: Header, dataStart: number) {
    this.name = source.name;
    this.metadata = metadata;
    this.#who = who;
    this.#source = source;
    this.#entries = entries;
    this.#dataStart = dataStart;
  }

  /** Names of the tensors, in the order of their data. */
  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** Type, shape and place of a tensor. */
  info(name: string): SafetensorsInfo {
    const info = this.#entries.get(name);
    if (info !== undefined) return info;
    const known = this.names.slice(0, 8).join(", ");
    const more = this.#entries.size > 8 ? ", …" : "";
    throw new RangeError(`${this.#who}: ${this.name} has no tensor ${name}; it has ${known}${more}`);
  }

  /** One tensor; only its bytes are read. */
  async tensor(name: string, options: LoadOptions = {}): Promise<Tensor> {
    const stored = this.info(name);
    return this.#decode(name, stored, await this.#bytes(stored.offsets), options);
  }

  /** Every tensor by name; neighbours are read together. */
  async tensors(options: LoadOptions = {}): Promise<Record<string, Tensor>> {
    const found: [string, Tensor][] = [];
    for (const run of runsOf([...this.#entries])) {
      const start = run[0]?.[1].offsets[0] ?? 0;
      const bytes = await this.#bytes([start, run.at(-1)?.[1].offsets[1] ?? start]);
      for (const [name, stored] of run) {
        const [from, to] = stored.offsets;
        found.push([name, this.#decode(name, stored, bytes.subarray(from - start, to - start), options)]);
      }
    }
    return Object.fromEntries(found);
  }

  /** A tensor as the file holds it: {@link writeSafetensors} copies it byte for byte, without decoding. */
  entry(name: string): StoredEntry {
    const stored = this.info(name);
    return { dtype: stored.dtype, shape: stored.shape, bytes: () => this.#bytes(stored.offsets) };
  }

  /** Every tensor as the file holds it. */
  entries(): Record<string, StoredEntry> {
    return Object.fromEntries(this.names.map((name) => [name, this.entry(name)]));
  }

  /** Closes the file; needed where it is a path. */
  close(): Promise<void> {
    return this.#source.close();
  }

  #decode(name: string, { dtype: from, shape }: SafetensorsInfo, bytes: Uint8Array, options: LoadOptions): Tensor {
    const { dtype = storedTypes[from].natural, device } = options;
    const values = decode(`${this.#who}: ${this.name}: ${name}`, bytes, from, dtype);
    return tensor(values, { shape, dtype, ...(device === undefined ? {} : { device }) });
  }

  #bytes([from, to]: readonly [from: number, to: number]): Promise<Uint8Array> {
    return this.#source.read(this.#dataStart + from, this.#dataStart + to);
  }
}

/** Bytes that are read at once, unless one tensor has more. */
const longestRun = 2 ** 24;

function runsOf(entries: readonly (readonly [string, SafetensorsInfo])[]): (readonly [string, SafetensorsInfo])[][] {
  const runs: (readonly [string, SafetensorsInfo])[][] = [];
  for (const entry of entries) {
    const run = runs.at(-1);
    const start = run?.[0]?.[1].offsets[0] ?? 0;
    if (run !== undefined && entry[1].offsets[1] - start <= longestRun) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
