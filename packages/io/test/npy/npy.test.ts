import { readFileSync } from "node:fs";
import { join } from "node:path";
import { arange, tensor, zeros } from "@dl/tensor";
import { expect, it } from "vitest";
import { encodeNpy, encodeNpz, readNpy, readNpz, writeNpy, writeNpz } from "../../src/index.ts";
import { folder } from "../folder.ts";
import { decoded, files } from "../python/files.ts";

it.each(Object.entries(files.npy))("reads %s as NumPy wrote it", async (_, { bytes, values }) => {
  expect((await readNpy(decoded(bytes))).tolist()).toEqual(values);
});

it("writes what NumPy writes", async () => {
  const cube = arange(24).reshape([2, 3, 4]);
  expect(await encodeNpy(cube.to("float32"))).toEqual(decoded(files.npy.f4.bytes));
  expect(await encodeNpy(tensor(0.1, { dtype: "float64" }))).toEqual(decoded(files.npy["f8 scalar"].bytes));
  expect(await encodeNpy(tensor([true, false]))).toEqual(decoded(files.npy.bool.bytes));
  expect(await encodeNpy(tensor([[0, 255]], { dtype: "uint8" }))).toEqual(decoded(files.npy.u1.bytes));
  expect(await encodeNpy(zeros([0, 3]))).toEqual(decoded(files.npy.empty.bytes));
});

it("reads and writes archives", async () => {
  for (const bytes of Object.values(files.npz)) {
    const { x, y } = await readNpz(decoded(bytes));
    expect([x?.tolist(), y?.tolist()]).toEqual([
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
      [true, false],
    ]);
  }
  const tensors = { x: arange(5), y: tensor([0.5]) };
  for (const compress of [false, true]) {
    const back = await readNpz(await encodeNpz(tensors, { compress }), { dtype: "float64" });
    expect([back["x"]?.tolist(), back["y"]?.dtype]).toEqual([[0, 1, 2, 3, 4], "float64"]);
  }
  expect(await encodeNpz(tensors)).toEqual(await encodeNpz(tensors));
});

it("writes files", async () => {
  const directory = folder();
  await writeNpy(join(directory, "x.npy"), tensor([1, 2]));
  await writeNpz(join(directory, "x.npz"), { x: tensor([3]) });
  expect((await readNpy(join(directory, "x.npy"))).tolist()).toEqual([1, 2]);
  expect((await readNpz(join(directory, "x.npz")))["x"]?.tolist()).toEqual([3]);
  expect(readFileSync(join(directory, "x.npy")).length).toBe(136);
});

it("says what is wrong with a file", async () => {
  const good = decoded(files.npy.f4.bytes);
  const read = (bytes: Uint8Array): Promise<unknown> => readNpy(bytes, { name: "a.npy" });
  await expect(read(good.subarray(0, 6))).rejects.toThrow(
    "readNpy: a.npy is truncated: 10 bytes of magic and length, got 6",
  );
  await expect(read(good.subarray(0, 60))).rejects.toThrow(
    "readNpy: a.npy is truncated: the header ends at byte 128, the file at 60",
  );
  await expect(read(good.subarray(0, 200))).rejects.toThrow(
    "readNpy: a.npy is truncated: F32 [2, 3, 4] needs 96 bytes, got 72",
  );
  await expect(read(new Uint8Array([...good, 0]))).rejects.toThrow(
    "readNpy: a.npy is too long: F32 [2, 3, 4] needs 96 bytes, got 97",
  );
  await expect(read(new Uint8Array(20))).rejects.toThrow(
    "readNpy: a.npy: is no npy file: it must begin with \\x93NUMPY",
  );
  await expect(read(good.slice().fill(9, 6, 7))).rejects.toThrow("readNpy: a.npy: npy version 9; known are 1, 2 and 3");
  await expect(read(good.slice().fill(32, 10, 30))).rejects.toThrow(
    "the header must tell descr, fortran_order and shape",
  );
  await expect(read(decoded(files["npy of text"]))).rejects.toThrow(
    "readNpy: a.npy: no tensor holds elements of type '<U2'; known are",
  );
  await expect(readNpz(new Uint8Array(30), { name: "a.npz" })).rejects.toThrow(
    "readNpz: a.npz (30 bytes) is damaged or no zip archive",
  );
  const archive = await encodeNpz({ x: tensor([1]) });
  await expect(readNpz(archive.subarray(0, 100))).rejects.toThrow(
    "readNpz: bytes (100 bytes) is damaged or no zip archive",
  );
});
