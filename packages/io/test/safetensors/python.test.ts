import { type Tensor, tensor } from "@dl/tensor";
import { expect, it } from "vitest";
import {
  encodeSafetensors,
  openSafetensors,
  readSafetensors,
  type StoredEntry,
  storedAs,
  type WrittenDType,
} from "../../src/index.ts";
import { decoded, files } from "../python/files.ts";

const bytes = decoded(files.safetensors);

it("reads every dtype from a file that Python wrote", async () => {
  const file = await openSafetensors(bytes);
  expect(file.metadata).toEqual({ format: "pt" });
  const read = async (name: string): Promise<unknown> => {
    const x = await file.tensor(name);
    return [x.dtype, x.shape, x.tolist()];
  };
  expect(await read("ids.i64")).toEqual([
    "int32",
    [2, 2],
    [
      [-(2 ** 31), 2 ** 31 - 1],
      [0, -1],
    ],
  ]);
  expect(await read("d.f64")).toEqual(["float64", [3], [0.1, -1e300, 5e-324]]);
  expect(await read("a.f32")).toEqual([
    "float32",
    [2, 3],
    [
      [0, -0, 1],
      [Math.fround(0.1), Infinity, -Infinity],
    ],
  ]);
  expect(await read("nan.f32")).toEqual(["float32", [2], [NaN, NaN]]);
  expect(await read("scalar.f32")).toEqual(["float32", [], 2.5]);
  expect(await read("ä.f32")).toEqual(["float32", [1], [-7]]);
  expect(await read("u.u32")).toEqual(["int32", [2], [0, 2 ** 31 - 1]]);
  expect(await read("i.i32")).toEqual(["int32", [2], [-(2 ** 31), 2 ** 31 - 1]]);
  expect(await read("b.bf16")).toEqual(["float32", [4], [1, -3.140625, 2 ** -133, Infinity]]);
  expect(await read("h.f16")).toEqual(["float32", [5], [1, 65504, 2 ** -24, -Infinity, -0]]);
  expect(await read("s.u16")).toEqual(["int32", [1], [65535]]);
  expect(await read("s.i16")).toEqual(["int32", [2], [-32768, 32767]]);
  expect(await read("s.i8")).toEqual(["int32", [2], [-128, 127]]);
  expect(await read("empty.u8")).toEqual(["uint8", [0, 4], []]);
  expect(await read("s.u8")).toEqual(["uint8", [3], [0, 7, 255]]);
  expect(await read("mask.bool")).toEqual(["bool", [3], [true, false, true]]);
});

it("checks the range of wide integers, and loads them as floating-point numbers on request", async () => {
  const file = await openSafetensors(bytes, { name: "py.safetensors" });
  await expect(file.tensor("big.i64")).rejects.toThrow(
    "openSafetensors: py.safetensors: big.i64: I64 element 0 is -1099511627776, and int32 goes from -2147483648 to 2147483647",
  );
  await expect(file.tensor("count.u64")).rejects.toThrow("element 1 is 9007199254740992, and int32 goes from");
  expect((await file.tensor("big.i64", { dtype: "float32" })).tolist()).toEqual([-(2 ** 40), 2 ** 40]);
  expect((await file.tensor("count.u64", { dtype: "float64" })).tolist()).toEqual([0, 2 ** 53]);
  expect((await file.tensor("b.bf16", { dtype: "float64" })).dtype).toBe("float64");
  await expect(file.tensor("h.f16", { dtype: "int32" })).rejects.toThrow(
    "F16 loads as float32 or float64, not as int32",
  );
  await expect(file.tensor("s.u8", { dtype: "bool" })).rejects.toThrow("only BOOL loads as bool, got U8");
  await expect(readSafetensors(bytes)).rejects.toThrow("readSafetensors: bytes: count.u64: U64 element 1");
});

it("writes untouched entries back to the same file, byte for byte, in any order", async () => {
  const file = await openSafetensors(bytes);
  const entries = Object.fromEntries(Object.entries(file.entries()).reverse());
  expect(await encodeSafetensors(entries, { metadata: file.metadata })).toEqual(bytes);
});

it("writes tensors to the bytes that Python wrote", async () => {
  const file = await openSafetensors(bytes);
  const entries: Record<string, Tensor | StoredEntry> = file.entries();
  for (const name of ["d.f64", "a.f32", "nan.f32", "scalar.f32", "ä.f32", "i.i32", "empty.u8", "s.u8", "mask.bool"]) {
    entries[name] = await file.tensor(name);
  }
  for (const name of ["ids.i64", "u.u32", "b.bf16", "h.f16", "s.u16", "s.i16", "s.i8"]) {
    const { dtype } = file.info(name);
    entries[name] = storedAs(await file.tensor(name), dtype as WrittenDType);
  }
  entries["big.i64"] = storedAs(tensor([-(2 ** 40), 2 ** 40], { dtype: "float64" }), "I64");
  expect(await encodeSafetensors(entries, { metadata: file.metadata })).toEqual(bytes);
});
