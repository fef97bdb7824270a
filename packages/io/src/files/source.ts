import { builtin } from "./builtin.ts";

/**
 * What can be read: bytes, a Blob or File, an `http(s)` address (read by ranges), or in Node a path (read by ranges).
 */
export type FileInput = Uint8Array | Blob | URL | string;

export interface SourceOptions {
  /** How errors name the file. Default its path, address or file name, else `"bytes"`. */
  name?: string;
}

/** Bytes that are read piece by piece. */
export interface ByteSource {
  readonly name: string;
  /** Number of bytes. */
  readonly size: number;
  /** The bytes from `from` to before `to`; views of given bytes, copies otherwise. */
  read(from: number, to: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function openSource(who: string, input: FileInput, { name }: SourceOptions): Promise<ByteSource> {
  if (input instanceof Uint8Array) return Promise.resolve(bytesSource(input, name ?? "bytes"));
  if (input instanceof Blob) return Promise.resolve(blobSource(who, input, name));
  const address = input instanceof URL ? input.href : input;
  if (/^(https?|blob):/.test(address)) return openAddress(who, address, name ?? address);
  return openPath(who, address.startsWith("file:") ? builtin(who, "node:url").fileURLToPath(address) : address, name);
}

/** The whole of a source. */
export async function readWhole(who: string, input: FileInput, options: SourceOptions): Promise<[Uint8Array, string]> {
  const source = await openSource(who, input, options);
  try {
    return [await source.read(0, source.size), source.name];
  } finally {
    await source.close();
  }
}

const nothing = (): Promise<void> => Promise.resolve();

const bytesSource = (bytes: Uint8Array, name: string): ByteSource => ({
  name,
  size: bytes.length,
  read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
  close: nothing,
});

function blobSource(who: string, blob: Blob, name: string | undefined): ByteSource {
  const label = name ?? (blob instanceof File ? blob.name : "bytes");
  return {
    name: label,
    size: blob.size,
    read: async (from, to) => whole(who, label, from, to, await blob.slice(from, to).arrayBuffer()),
    close: nothing,
  };
}

async function openPath(who: string, path: string, name: string = path): Promise<ByteSource> {
  const { open } = builtin(who, "node:fs/promises");
  const file = await open(path, "r").catch((cause: unknown) => {
    throw new Error(`${who}: cannot read ${path}: ${reason(cause)}`, { cause });
  });
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) throw new Error(`${who}: cannot read ${path}: it is a folder`);
    const { size } = stat;
    const read = async (from: number, to: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(to - from);
      let done = 0;
      while (done < bytes.length) {
        const { bytesRead } = await file.read(bytes, done, Math.min(bytes.length - done, longestRead), from + done);
        if (bytesRead === 0) throw shortened(who, name, from, to, done);
        done += bytesRead;
      }
      return bytes;
    };
    return { name, size, read, close: () => file.close() };
  } catch (cause) {
    await file.close();
    throw cause;
  }
}

/** Node refuses longer reads. */
const longestRead = 2 ** 30;

async function openAddress(who: string, address: string, name: string): Promise<ByteSource> {
  const range = async (from: number, to: number): Promise<Response> => {
    const response = await fetch(address, { headers: { Range: `bytes=${from}-${to - 1}` } });
    if (response.status === 206) return response;
    await response.body?.cancel();
    const advice = response.ok ? "; the server sends no ranges: fetch the whole and pass its bytes" : "";
    throw new Error(`${who}: ${name} answers ${response.status}, expected 206 (a part)${advice}`);
  };
  const first = await range(0, 8);
  const size = Number(/\/(\d+)$/.exec(first.headers.get("Content-Range") ?? "")?.[1]);
  await first.body?.cancel();
  if (Number.isNaN(size)) {
    throw new Error(`${who}: ${name} does not tell its size: the server must send and expose the header Content-Range`);
  }
  const read = async (from: number, to: number): Promise<Uint8Array> =>
    from === to ? new Uint8Array(0) : whole(who, name, from, to, await (await range(from, to)).arrayBuffer());
  return { name, size, read, close: nothing };
}

function whole(who: string, name: string, from: number, to: number, buffer: ArrayBuffer): Uint8Array {
  if (buffer.byteLength !== to - from) throw shortened(who, name, from, to, buffer.byteLength);
  return new Uint8Array(buffer);
}

const shortened = (who: string, name: string, from: number, to: number, got: number): Error =>
  new Error(`${who}: ${name} became shorter: bytes ${from} to ${to} are ${to - from}, got ${got}`);

/** The sentence of an error. */
export const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
