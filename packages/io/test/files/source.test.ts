import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { arange, ones, tensor } from "@dl/tensor";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { encodeSafetensors, openSafetensors, readNpy, readSafetensors, writeSafetensors } from "../../src/index.ts";
import { folder } from "../folder.ts";

let bytes: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  bytes = new Uint8Array(await encodeSafetensors({ big: ones([1000]), small: arange(3) }));
});

/** A server of `bytes`, and the ranges it was asked for. */
async function serve(
  mode: "ranges" | "whole" | "hidden size" | "missing",
): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ headers }, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    asked.push(headers.range ?? "");
    if (mode === "missing") return void response.writeHead(404).end();
    if (mode === "whole") return void response.writeHead(200).end(bytes);
    const total = mode === "hidden size" ? "*" : bytes.length;
    response.writeHead(206, { "Content-Range": `bytes ${from}-${to}/${total}` });
    response.end(bytes.subarray(Number(from), Number(to) + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => void server.close());
  const place = server.address();
  if (typeof place !== "object" || place === null) throw new Error("no address");
  return { address: `http://localhost:${place.port}/model`, asked };
}

it("reads bytes at an odd place of their buffer", async () => {
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const tensors = await readSafetensors(shifted.subarray(3));
  expect([tensors["small"]?.tolist(), tensors["big"]?.sum().item()]).toEqual([[0, 1, 2], 1000]);
});

it("reads one tensor of a path, a file: URL and a Blob", async () => {
  const path = join(folder(), "model.safetensors");
  writeFileSync(path, bytes);
  for (const input of [
    path,
    pathToFileURL(path),
    pathToFileURL(path).href,
    new Blob([bytes]),
    new File([bytes], "f"),
  ]) {
    const file = await openSafetensors(input);
    expect((await file.tensor("small")).tolist()).toEqual([0, 1, 2]);
    await file.close();
  }
});

it("asks a server for no more than the header and the tensor", async () => {
  const { address, asked } = await serve("ranges");
  const file = await openSafetensors(new URL(address));
  const { offsets } = file.info("small");
  expect((await file.tensor("small")).tolist()).toEqual([0, 1, 2]);
  const start = bytes.length - 4012;
  expect(asked).toEqual([
    "bytes=0-7",
    "bytes=0-7",
    `bytes=8-${start - 1}`,
    `bytes=${start + offsets[0]}-${start + offsets[1] - 1}`,
  ]);
});

it("asks a server once for neighbouring tensors", async () => {
  const { address, asked } = await serve("ranges");
  const tensors = await readSafetensors(address);
  expect([tensors["small"]?.tolist(), tensors["big"]?.sum().item()]).toEqual([[0, 1, 2], 1000]);
  expect(asked.length).toBe(4);
});

it("reads tensors that are too large to be read together", async () => {
  const path = join(folder(), "model.safetensors");
  const size = 5_000_000;
  await writeSafetensors(path, { a: arange(size), b: tensor([1]), c: arange(size), d: tensor([true]) });
  const { a, b, c, d } = await readSafetensors(path);
  expect([a?.at(-1).item(), b?.tolist(), c?.at(-1).item(), d?.tolist()]).toEqual([size - 1, [1], size - 1, [true]]);
});

it("says what a server lacks", async () => {
  const whole = await serve("whole");
  await expect(openSafetensors(whole.address)).rejects.toThrow(
    `openSafetensors: ${whole.address} answers 200, expected 206 (a part); the server sends no ranges: fetch the whole`,
  );
  const hidden = await serve("hidden size");
  await expect(openSafetensors(hidden.address)).rejects.toThrow(
    "does not tell its size: the server must send and expose",
  );
  const missing = await serve("missing");
  await expect(openSafetensors(missing.address)).rejects.toThrow(
    `${missing.address} answers 404, expected 206 (a part)`,
  );
});

it("says which file is missing or became shorter", async () => {
  await expect(readNpy("nowhere.npy")).rejects.toThrow("readNpy: cannot read nowhere.npy: ENOENT");
  const there = folder();
  await expect(readNpy(there)).rejects.toThrow(`readNpy: cannot read ${there}: it is a folder`);
  const path = join(folder(), "model.safetensors");
  writeFileSync(path, bytes);
  const file = await openSafetensors(path, { name: "m" });
  writeFileSync(path, bytes.subarray(0, bytes.length - 4));
  await expect(file.tensor("small")).rejects.toThrow(
    /^openSafetensors: m became shorter: bytes \d+ to \d+ are 12, got \d+$/,
  );
  await file.close();
});

it("reads tensors as they are after the file changed hands", async () => {
  const copy = bytes.slice();
  const tensors = await readSafetensors(copy);
  copy.fill(0);
  expect(tensors["small"]?.add(tensor([1, 1, 1])).tolist()).toEqual([1, 2, 3]);
});
