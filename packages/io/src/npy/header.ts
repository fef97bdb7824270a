import { type StoredDType, storedTypes } from "../stored.ts";

/** What the header of an npy file says. */
export interface NpyHeader {
  readonly dtype: StoredDType;
  /** Whether the bytes of an element are the other way round. */
  readonly bigEndian: boolean;
  /** Whether the first index runs fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** First byte of the elements. */
  readonly dataStart: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Reads and checks a header against the size of the file. `where` opens the errors. */
export function parseNpyHeader(where: string, bytes: Uint8Array): NpyHeader {
  if (bytes.length < 10) throw new Error(`${where} is truncated: 10 bytes of magic and length, got ${bytes.length}`);
  if (magic.some((byte, i) => bytes[i] !== byte))
    throw new Error(`${where}: is no npy file: it must begin with \\x93NUMPY`);
  const major = bytes[6] as number;
  if (major < 1 || major > 3) throw new Error(`${where}: npy version ${major}; known are 1, 2 and 3`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textStart = major === 1 ? 10 : 12;
  if (bytes.length < textStart)
    throw new Error(`${where} is truncated: 12 bytes of magic and length, got ${bytes.length}`);
  const dataStart = textStart + (major === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (dataStart > bytes.length) {
    throw new Error(`${where} is truncated: the header ends at byte ${dataStart}, the file at ${bytes.length}`);
  }
  const header = readText(where, new TextDecoder().decode(bytes.subarray(textStart, dataStart)));
  const needed = header.shape.reduce((product, size) => product * size, storedTypes[header.dtype].size);
  const got = bytes.length - dataStart;
  if (got !== needed) {
    const array = `${header.dtype} [${header.shape.join(", ")}]`;
    throw new Error(
      `${where} is ${got < needed ? "truncated" : "too long"}: ${array} needs ${needed} bytes, got ${got}`,
    );
  }
  return { ...header, dataStart };
}

/** The header that NumPy writes, padded with spaces so that the elements begin at a multiple of 64. */
export function writeNpyHeader(dtype: StoredDType, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descriptions[dtype]}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length).fill(0x20);
  bytes.set([...magic, 1, 0, (length - 10) & 0xff, (length - 10) >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[length - 1] = 0x0a;
  return bytes;
}

/** NumPy's names of the types it has. */
const descriptions: Readonly<Partial<Record<StoredDType, string>>> = {
  BOOL: "|b1",
  U8: "|u1",
  I8: "|i1",
  I16: "<i2",
  U16: "<u2",
  F16: "<f2",
  I32: "<i4",
  U32: "<u4",
  F32: "<f4",
  F64: "<f8",
  I64: "<i8",
  U64: "<u8",
};

const dtypes: ReadonlyMap<string, StoredDType> = new Map(
  Object.entries(descriptions).map(([dtype, text]) => [text.slice(1), dtype as StoredDType]),
);

/** The header is a Python literal of three known keys. */
function readText(where: string, text: string): Omit<NpyHeader, "dataStart"> {
  const described = /'descr':\s*'([<>|=])([a-zA-Z]\d+)'/.exec(text);
  const order = /'fortran_order':\s*(True|False)/.exec(text);
  const sizes = /'shape':\s*\(([\d\s,]*)\)/.exec(text);
  if (order === null || sizes === null || !text.includes("'descr'")) {
    throw new Error(`${where}: the header must tell descr, fortran_order and shape, got ${text.trim().slice(0, 120)}`);
  }
  const dtype = dtypes.get(described?.[2] ?? "");
  if (dtype === undefined) {
    const found = /'descr':\s*(.*?),\s*'/.exec(text)?.[1] ?? text.trim().slice(0, 60);
    throw new Error(`${where}: no tensor holds elements of type ${found}; known are ${[...dtypes.keys()].join(", ")}`);
  }
  const shape = (sizes[1] ?? "")
    .split(",")
    .filter((size) => size.trim() !== "")
    .map(Number);
  return { dtype, bigEndian: described?.[1] === ">", fortranOrder: order[1] === "True", shape };
}
