import { shapeText } from "@dl/tensor";
import { reason } from "../files/source.ts";
import { type StoredDType, storedTypes } from "../stored.ts";
import { duplicateKey } from "./duplicate.ts";

/** One tensor of a file. */
export interface SafetensorsInfo {
  readonly dtype: StoredDType;
  readonly shape: readonly number[];
  /** First byte of its data, counted from the end of the header, and the first after it. */
  readonly offsets: readonly [from: number, to: number];
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their data. */
  readonly entries: ReadonlyMap<string, SafetensorsInfo>;
}

/** The longest header that is read, in bytes: that of the safetensors library. */
export const longestHeader = 100_000_000;

/** Name of the entry that is no tensor. */
export const metadataKey = "__metadata__";

/** Reads a header and checks everything it says against the `dataSize` bytes after it. `where` opens the errors. */
export function parseHeader(where: string, bytes: Uint8Array, dataSize: number): Header {
  const record = parseJson(where, bytes);
  const entries = new Map<string, SafetensorsInfo>();
  for (const [name, value] of Object.entries(record)) {
    if (name !== metadataKey) entries.set(name, readInfo(`${where}: ${name}`, value));
  }
  const ordered = [...entries].sort(([, a], [, b]) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1]);
  checkOffsets(where, ordered, dataSize);
  return { metadata: readMetadata(where, record[metadataKey]), entries: new Map(ordered) };
}

/** The bytes of a header, padded with spaces to a multiple of 8. */
export function writeHeader(header: Header): Uint8Array {
  const metadata = Object.keys(header.metadata).length === 0 ? [] : [pairText(metadataKey, header.metadata)];
  const entries = Array.from(header.entries, ([name, { dtype, shape, offsets }]) =>
    pairText(name, { dtype, shape, data_offsets: offsets }),
  );
  const text = new TextEncoder().encode(`{${[...metadata, ...entries].join(",")}}`);
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  return padded;
}

/** Bytes that an array takes, or NaN where the number is too large to be exact. */
export function byteSize(dtype: StoredDType, shape: readonly number[]): number {
  const size = shape.reduce((product, length) => product * length, storedTypes[dtype].size);
  return shape.every(Number.isSafeInteger) && Number.isSafeInteger(size) ? size : Number.NaN;
}

const pairText = (key: string, value: unknown): string => `${JSON.stringify(key)}:${JSON.stringify(value)}`;

function parseJson(where: string, bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${where}: the header of ${bytes.length} bytes is no JSON: ${reason(cause)}`, { cause });
  }
  if (!text.startsWith("{") || !isRecord(value)) {
    throw new Error(`${where}: the header must be an object, begins with ${JSON.stringify(text.slice(0, 20))}`);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw new Error(`${where}: ${twice}: appears twice in the header`);
  return value;
}

function readInfo(where: string, value: unknown): SafetensorsInfo {
  if (!isRecord(value)) throw new Error(`${where}: needs dtype, shape and data_offsets, got ${briefly(value)}`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isStoredDType(dtype)) {
    throw new Error(`${where}: unknown dtype ${briefly(dtype)}; known are ${Object.keys(storedTypes).join(", ")}`);
  }
  if (!isSizes(shape))
    throw new Error(`${where}: shape must be a list of whole numbers from 0 on, got ${briefly(shape)}`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw new Error(`${where}: data_offsets must be two whole numbers from 0 on, got ${briefly(offsets)}`);
  }
  const [from, to] = offsets as [number, number];
  const needed = byteSize(dtype, shape);
  if (to - from !== needed) {
    const need = Number.isNaN(needed) ? `more than ${Number.MAX_SAFE_INTEGER}` : needed;
    throw new Error(
      `${where}: ${dtype} ${shapeText(shape)} needs ${need} bytes, its offsets ${from} to ${to} give ${to - from}`,
    );
  }
  return { dtype, shape, offsets: [from, to] };
}

function checkOffsets(where: string, ordered: readonly (readonly [string, SafetensorsInfo])[], dataSize: number): void {
  let end = 0;
  for (const [name, { offsets }] of ordered) {
    const fault = offsets[0] < end ? "overlaps the tensor before it" : "leaves a gap before it";
    if (offsets[0] !== end)
      throw new Error(`${where}: ${name}: begins at byte ${offsets[0]} and ${fault}, which ends at ${end}`);
    end = offsets[1];
  }
  if (end === dataSize) return;
  const fault = end > dataSize ? "is truncated" : "is too long";
  throw new Error(`${where} ${fault}: its tensors need ${end} bytes of data, got ${dataSize}`);
}

function readMetadata(where: string, value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw new Error(`${where}: ${metadataKey} must map names to texts, got ${briefly(value)}`);
  const texts = Object.entries(value).map(([name, text]): [string, string] => {
    if (typeof text !== "string")
      throw new Error(`${where}: ${metadataKey}: ${name} must be a text, got ${briefly(text)}`);
    return [name, text];
  });
  return Object.fromEntries(texts);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isStoredDType = (value: unknown): value is StoredDType =>
  typeof value === "string" && Object.hasOwn(storedTypes, value);

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

function briefly(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
