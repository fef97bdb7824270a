import { describe, expect, it } from "vitest";
import { md5Of } from "../src/checksum.ts";
import { parseIdx, readIdx } from "../src/idx.ts";

const images = new Uint8Array([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255]);

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** A file of two numbers, written big-endian. */
function pair(type: number, bytes: number, write: (view: DataView, at: number, which: number) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 + 2 * bytes));
  view.setUint32(0, type * 256 + 1);
  view.setUint32(4, 2);
  write(view, 8, 0);
  write(view, 8 + bytes, 1);
  return new Uint8Array(view.buffer);
}

describe("readIdx", () => {
  it("reads a plain and a packed file alike", async () => {
    const expected = { dtype: "uint8", shape: [2, 3], data: new Uint8Array([1, 2, 3, 4, 5, 255]) };
    expect(await readIdx(images)).toEqual(expected);
    expect(await readIdx(await gzip(images))).toEqual(expected);
  });

  it("checks the MD5 of the file as given", async () => {
    const packed = await gzip(images);
    await expect(readIdx(packed, { md5: md5Of(packed) })).resolves.toMatchObject({ shape: [2, 3] });
    await expect(readIdx(packed, { name: "t10k.gz", md5: md5Of(images) })).rejects.toThrow(
      `checkMd5: t10k.gz (${packed.length} bytes) has MD5 ${md5Of(packed)}, expected ${md5Of(images)}`,
    );
  });

  it("refuses a damaged gzip file", async () => {
    const packed = await gzip(images);
    const cut = packed.subarray(0, packed.length - 5);
    await expect(readIdx(cut, { name: "t10k.gz" })).rejects.toThrow(
      `gunzip: t10k.gz (${cut.length} bytes) is damaged or truncated`,
    );
  });

  it("reads from a view with an odd offset", () => {
    const padded = new Uint8Array(images.length + 5);
    padded.set(images, 3);
    const file = padded.subarray(3, 3 + images.length);
    expect(parseIdx(file).data).toEqual(new Uint8Array([1, 2, 3, 4, 5, 255]));
  });

  it.each([
    [0x09, 1, [-1, 127], (v: DataView, at: number, x: number) => v.setInt8(at, x), Int8Array],
    [0x0b, 2, [-300, 32767], (v: DataView, at: number, x: number) => v.setInt16(at, x), Int16Array],
    [0x0c, 4, [-70_000, 2 ** 31 - 1], (v: DataView, at: number, x: number) => v.setInt32(at, x), Int32Array],
    [0x0d, 4, [-0.5, 1e30], (v: DataView, at: number, x: number) => v.setFloat32(at, x), Float32Array],
    [0x0e, 8, [Math.PI, -1e300], (v: DataView, at: number, x: number) => v.setFloat64(at, x), Float64Array],
  ])("reads type %i", (type, bytes, values, write, Data) => {
    const file = pair(type, bytes, (view, at, which) => write(view, at, values[which] ?? 0));
    const { shape, data } = parseIdx(file);
    expect(shape).toEqual([2]);
    expect(data).toEqual(Data.from(values));
  });

  it("reads a scalar and an empty array", () => {
    expect(parseIdx(new Uint8Array([0, 0, 8, 0, 9]))).toEqual({ dtype: "uint8", shape: [], data: new Uint8Array([9]) });
    expect(parseIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 0])).shape).toEqual([0]);
  });

  it.each([
    [[0, 0], "readIdx: a.idx is truncated: 4 bytes of magic number, got 2"],
    [[0, 0, 8, 3, 0, 0], "readIdx: a.idx is truncated: 16 bytes of header for 3 dimensions, got 6"],
    [[0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1], "readIdx: a.idx is truncated: uint8 [2, 3] needs 18 bytes, got 13"],
    [[0, 0, 8, 1, 0, 0, 0, 1, 1, 2], "readIdx: a.idx is too long: uint8 [1] needs 9 bytes, got 10"],
    [
      [0, 0, 10, 1, 0, 0, 0, 1],
      "readIdx: a.idx is no IDX file: magic number 0x00000a01, expected 0x0000 and a known type",
    ],
    [[0x89, 80, 78, 71], "readIdx: a.idx is no IDX file: magic number 0x89504e47, expected 0x0000 and a known type"],
  ])("refuses %j", (bytes, message) => {
    expect(() => parseIdx(new Uint8Array(bytes), "a.idx")).toThrow(new RangeError(message));
  });
});
