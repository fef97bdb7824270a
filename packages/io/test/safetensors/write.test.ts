import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { add_, arange, tensor, useDevice, zeros } from "@dl/tensor";
import { afterAll, expect, it } from "vitest";
import { encodeSafetensors, openSafetensors, readSafetensors, storedAs, writeSafetensors } from "../../src/index.ts";
import { folder } from "../folder.ts";

afterAll(() => useDevice("wasm"));

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it("sorts by dtype, then by the bytes of the name, and pads the header to 8", async () => {
  const bytes = await encodeSafetensors({
    "\u{1F600}": tensor([1]),
    "\uFF5E": tensor([1]),
    b: tensor([1, 2]),
    'a\n"': tensor([1]),
    mask: tensor([true]),
    wide: tensor([1], { dtype: "float64" }),
  });
  const length = new DataView(bytes.buffer).getUint32(0, true);
  expect(length % 8).toBe(0);
  expect(text(bytes.subarray(8, 8 + length)).trimEnd()).toBe(
    '{"wide":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"a\\n\\"":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},' +
      '"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]},"\uFF5E":{"dtype":"F32","shape":[1],"data_offsets":[20,24]},' +
      '"\u{1F600}":{"dtype":"F32","shape":[1],"data_offsets":[24,28]},"mask":{"dtype":"BOOL","shape":[1],"data_offsets":[28,29]}}',
  );
  expect(bytes.length).toBe(8 + length + 29);
});

it("writes no tensors as the safetensors library does", async () => {
  expect(Array.from(await encodeSafetensors({}))).toEqual([8, 0, 0, 0, 0, 0, 0, 0, 123, 125, 32, 32, 32, 32, 32, 32]);
  const bytes = await encodeSafetensors({}, { metadata: { framework: "pt" } });
  expect(text(bytes.subarray(8))).toBe('{"__metadata__":{"framework":"pt"}}     ');
  expect(await readSafetensors(bytes)).toEqual({});
});

it.each(["cpu", "wasm"] as const)("round-trips views, numbers and bit patterns on %s", async (device) => {
  await useDevice(device);
  const patterns = new Float32Array(new Uint32Array([0x7fc00001, 0xffffffff, 0x80000000, 1]).buffer);
  const x = arange(12).to("float32").reshape([3, 4]);
  const bytes = await encodeSafetensors({
    patterns: tensor(patterns),
    turned: x.transpose(0, 1),
    part: x.at(":", "1:3"),
    ["__proto__"]: zeros([]),
  });
  const back = await readSafetensors(bytes);
  expect(Object.keys(back)).toEqual(["__proto__", "part", "patterns", "turned"]);
  const read = back["patterns"]?.toArray() ?? new Float32Array();
  expect(new Uint32Array(read.buffer)).toEqual(new Uint32Array(patterns.buffer));
  expect(back["turned"]?.tolist()).toEqual(x.transpose(0, 1).tolist());
  expect(back["part"]?.tolist()).toEqual([
    [1, 2],
    [5, 6],
    [9, 10],
  ]);
  expect(await encodeSafetensors(back)).toEqual(bytes);
});

it("writes the tensors of the moment of the call", async () => {
  const x = tensor([1, 2]);
  const half = storedAs(x, "F16");
  const bytes = encodeSafetensors({ x, half });
  add_(x, 10);
  const back = await readSafetensors(await bytes);
  expect([back["x"]?.tolist(), back["half"]?.tolist()]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

it("writes a file of its own entries over itself", async () => {
  const path = join(folder(), "model.safetensors");
  await writeSafetensors(path, { a: tensor([1, 2]), b: storedAs(tensor([3]), "BF16") }, { metadata: { step: "1" } });
  const file = await openSafetensors(path);
  await writeSafetensors(path, { ...file.entries(), a: tensor([5]) }, { metadata: { step: "2" } });
  await file.close();
  const after = await openSafetensors(path);
  expect([after.metadata, after.info("b").dtype, (await after.tensor("a")).tolist()]).toEqual([
    { step: "2" },
    "BF16",
    [5],
  ]);
  await after.close();
});

it("leaves the file as it was when an entry throws", async () => {
  const directory = folder();
  const path = join(directory, "model.safetensors");
  writeFileSync(path, "before");
  const failing = { dtype: "F32", shape: [2], bytes: () => Promise.reject(new Error("no disk")) } as const;
  await expect(writeSafetensors(path, { a: tensor([1]), failing })).rejects.toThrow(
    `writeSafetensors: cannot write ${path}: no disk`,
  );
  const short = { dtype: "F32", shape: [2], bytes: () => Promise.resolve(new Uint8Array(7)) } as const;
  await expect(writeSafetensors(path, { short })).rejects.toThrow(
    "writeSafetensors: short: F32 [2] needs 8 bytes, got 7",
  );
  expect(readdirSync(directory)).toEqual(["model.safetensors"]);
  expect(readFileSync(path, "utf8")).toBe("before");
});

it("refuses what it cannot write", async () => {
  await expect(encodeSafetensors({ __metadata__: tensor([1]) })).rejects.toThrow(
    "encodeSafetensors: __metadata__ cannot be the name of a tensor",
  );
  await expect(encodeSafetensors({ "\ud800": tensor([1]) })).rejects.toThrow('a name is no valid Unicode: "\\ud800"');
  await expect(encodeSafetensors({ x: storedAs(tensor([1, 300]), "U8") })).rejects.toThrow(
    "storedAs: element 1 is 300, and U8 holds whole numbers from 0 to 255",
  );
  await expect(encodeSafetensors({ x: storedAs(tensor([0.5]), "I64") })).rejects.toThrow(
    "element 0 is 0.5, and I64 holds",
  );
  expect(() => storedAs(tensor([1]), "F8_E4M3" as "F16")).toThrow("storedAs: cannot write F8_E4M3; known are BOOL, U8");
  await expect(writeSafetensors("/nowhere/x.safetensors", {})).rejects.toThrow(
    "writeSafetensors: cannot write /nowhere/x.safetensors: ENOENT",
  );
});
