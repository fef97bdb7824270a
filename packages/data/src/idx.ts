import { checkMd5 } from "./checksum.ts";
import { gunzip, isGzip } from "./gzip.ts";

/** An array as an IDX file holds it; `data` is row-major. */
export interface IdxArray {
  readonly dtype: IdxDtype;
  readonly shape: readonly number[];
  readonly data: IdxData;
}

export type IdxDtype = "uint8" | "int8" | "int16" | "int32" | "float32" | "float64";

export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

export interface IdxOptions {
  /** How errors name the file. Default `"file"`. */
  readonly name?: string;
  /** MD5 of the file as given, packed or not. Not checked when absent. */
  readonly md5?: string;
}

/**
 * Reads an IDX file (the format of MNIST), packed by gzip or not.
 *
 * - uint8 and int8 data share the memory of the unpacked file; other types are copied out of big-endian order.
 *
 * Errors: another checksum, an unknown magic number, fewer or more bytes than the header announces.
 * Source: http://yann.lecun.com/exdb/mnist/
 *
 * @example
 * const file = new Uint8Array([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30]);
 * (await readIdx(file)).shape; // => [1, 3]
 * (await readIdx(file)).data; // => [10, 20, 30]
 */
export async function readIdx(file: Uint8Array, { name = "file", md5 }: IdxOptions = {}): Promise<IdxArray> {
  if (md5 !== undefined) checkMd5(file, md5, name);
  return parseIdx(isGzip(file) ? await gunzip(file, name) : file, name);
}

/**
 * {@link readIdx} at once, for bytes that are not packed and need no check.
 *
 * @example
 * parseIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 8])).data; // => [7, 8]
 */
export function parseIdx(bytes: Uint8Array, name: string = "file"): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4)
    throw new RangeError(`readIdx: ${name} is truncated: 4 bytes of magic number, got ${bytes.length}`);
  const type = bytes[0] === 0 && bytes[1] === 0 ? TYPES.get(view.getUint8(2)) : undefined;
  if (type === undefined) {
    const magic = view.getUint32(0).toString(16).padStart(8, "0");
    throw new RangeError(`readIdx: ${name} is no IDX file: magic number 0x${magic}, expected 0x0000 and a known type`);
  }
  const rank = view.getUint8(3);
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw new RangeError(
      `readIdx: ${name} is truncated: ${header} bytes of header for ${rank} dimensions, got ${bytes.length}`,
    );
  }
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, size) => product * size, 1);
  const expected = header + count * type.bytes;
  if (bytes.length !== expected) {
    const fault = bytes.length < expected ? "is truncated" : "is too long";
    const array = `${type.dtype} [${shape.join(", ")}]`;
    throw new RangeError(`readIdx: ${name} ${fault}: ${array} needs ${expected} bytes, got ${bytes.length}`);
  }
  const body = new DataView(bytes.buffer, bytes.byteOffset + header, count * type.bytes);
  return { dtype: type.dtype, shape, data: type.read(body, count) };
}

interface IdxType {
  readonly dtype: IdxDtype;
  readonly bytes: number;
  readonly read: (body: DataView, count: number) => IdxData;
}

/** By the third byte of the magic number. */
const TYPES: ReadonlyMap<number, IdxType> = new Map<number, IdxType>([
  [0x08, { dtype: "uint8", bytes: 1, read: (body, count) => new Uint8Array(body.buffer, body.byteOffset, count) }],
  [0x09, { dtype: "int8", bytes: 1, read: (body, count) => new Int8Array(body.buffer, body.byteOffset, count) }],
  [
    0x0b,
    { dtype: "int16", bytes: 2, read: (body, n) => Int16Array.from({ length: n }, (_, i) => body.getInt16(2 * i)) },
  ],
  [
    0x0c,
    { dtype: "int32", bytes: 4, read: (body, n) => Int32Array.from({ length: n }, (_, i) => body.getInt32(4 * i)) },
  ],
  [
    0x0d,
    {
      dtype: "float32",
      bytes: 4,
      read: (body, n) => Float32Array.from({ length: n }, (_, i) => body.getFloat32(4 * i)),
    },
  ],
  [
    0x0e,
    {
      dtype: "float64",
      bytes: 8,
      read: (body, n) => Float64Array.from({ length: n }, (_, i) => body.getFloat64(8 * i)),
    },
  ],
]);
