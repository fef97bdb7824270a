import { shapeText, Tensor } from "@dl/tensor";
import { writeAtomically } from "../files/atomic.ts";
import { encode, type StoredDType, type StoredEntry, storedDType, storedTypes } from "../stored.ts";
import { byteSize, metadataKey, type SafetensorsInfo, writeHeader } from "./header.ts";

export interface SafetensorsOptions {
  /** Texts for `__metadata__`, such as `{ format: "pt" }`. Left out when empty. */
  metadata?: Readonly<Record<string, string>>;
}

/** Tensors, and entries that are already as the file will hold them. */
export type SafetensorsEntries = Readonly<Record<string, Tensor | StoredEntry>>;

/**
 * The bytes of a safetensors file, as the safetensors library writes them: widest dtype first, then by name, header
 * padded to 8 bytes. Tensors are those of the moment of the call, whatever is done to them while it waits.
 *
 * float32 is written as F32, float64 F64, int32 I32, uint8 U8, bool BOOL; {@link storedAs} makes others.
 * Errors: a tensor named `__metadata__`, names that are no valid Unicode, an entry with another number of bytes than its
 * shape needs.
 *
 * @example
 * const bytes = await encodeSafetensors({ b: tensor([0, 1]) });
 * new TextDecoder().decode(bytes.subarray(8, 62)); // => '{"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
 */
export async function encodeSafetensors(
  entries: SafetensorsEntries,
  options: SafetensorsOptions = {},
): Promise<Uint8Array> {
  const { header, size, data } = prepare("encodeSafetensors", entries, options);
  const bytes = new Uint8Array(size);
  let next = 0;
  for (const chunk of header) {
    bytes.set(chunk, next);
    next += chunk.length;
  }
  for await (const chunk of data()) {
    bytes.set(chunk, next);
    next += chunk.length;
  }
  return bytes;
}

/**
 * Writes a safetensors file (Node), see {@link encodeSafetensors}. It appears at once, complete: until then, and when
 * something fails, `path` keeps what it held. One entry at a time is in memory beside the tensors.
 *
 * @example
 * import { tmpdir } from "node:os";
 * const path = `${tmpdir()}/example.safetensors`;
 * await writeSafetensors(path, { weight: tensor([1, 2]) });
 * const { weight } = await readSafetensors(path);
 * weight.tolist(); // => [1, 2]
 */
export function writeSafetensors(
  path: string,
  entries: SafetensorsEntries,
  options: SafetensorsOptions = {},
): Promise<void> {
  return writeEntries("writeSafetensors", path, entries, options);
}

/** {@link writeSafetensors} on behalf of `who`. */
export async function writeEntries(
  who: string,
  path: string,
  entries: SafetensorsEntries,
  options: SafetensorsOptions,
): Promise<void> {
  const { header, data } = prepare(who, entries, options);
  await writeAtomically(
    who,
    path,
    (async function* () {
      yield* header;
      yield* data();
    })(),
  );
}

interface Prepared {
  readonly header: readonly Uint8Array[];
  readonly size: number;
  data(): AsyncGenerator<Uint8Array, void, undefined>;
}

function prepare(who: string, given: SafetensorsEntries, { metadata = {} }: SafetensorsOptions): Prepared {
  for (const name of Object.keys(given)) checkName(who, name);
  const entries = Object.entries(given).map(([name, entry]) => [name, entryOf(who, name, entry)] as const);
  entries.sort(([a, x], [b, y]) => rank.indexOf(y.dtype) - rank.indexOf(x.dtype) || byCodePoint(a, b));
  const infos = new Map<string, SafetensorsInfo>();
  let end = 0;
  for (const [name, { dtype, shape }] of entries) {
    const from = end;
    end += byteSize(dtype, shape);
    infos.set(name, { dtype, shape, offsets: [from, end] });
  }
  const text = writeHeader({ metadata, entries: infos });
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  async function* data(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const [name, entry] of entries) {
      const bytes = await entry.bytes();
      const needed = byteSize(entry.dtype, entry.shape);
      if (bytes.length !== needed) {
        throw new RangeError(
          `${who}: ${name}: ${entry.dtype} ${shapeText(entry.shape)} needs ${needed} bytes, got ${bytes.length}`,
        );
      }
      yield bytes;
    }
  }
  return { header: [length, text], size: 8 + text.length + end, data };
}

/** In the order of their enumeration in the safetensors library. */
const rank: readonly StoredDType[] = Object.keys(storedTypes) as StoredDType[];

function entryOf(who: string, name: string, entry: Tensor | StoredEntry): StoredEntry {
  if (!(entry instanceof Tensor)) return entry;
  const dtype = storedDType[entry.dtype];
  const values = entry.read();
  return { dtype, shape: entry.shape, bytes: async () => encode(`${who}: ${name}`, await values, dtype) };
}

function checkName(who: string, name: string): void {
  if (name === metadataKey) throw new RangeError(`${who}: ${metadataKey} cannot be the name of a tensor`);
  if (/\p{Surrogate}/u.test(name)) throw new RangeError(`${who}: a name is no valid Unicode: ${JSON.stringify(name)}`);
}

/** As UTF-8 bytes order them; `<` orders UTF-16. */
function byCodePoint(a: string, b: string): number {
  const x = Array.from(a, (letter) => letter.codePointAt(0) as number);
  const y = Array.from(b, (letter) => letter.codePointAt(0) as number);
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const difference = (x[i] as number) - (y[i] as number);
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}
