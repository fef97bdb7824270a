import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Child } from "../src/child.ts";
import { difference } from "../src/draw.ts";
import { commands, type LibraryName } from "../src/libraries.ts";
import { measure, type Result } from "../src/measure.ts";
import type { Case } from "../src/suite.ts";
import { apart, suite } from "../src/suite.ts";

const folder = mkdtempSync(join(tmpdir(), "dl-bench-test-"));
const names: LibraryName[] = ["dl", "tfjs-wasm", "jax-js", "js-pytorch"];
const children = new Map(
  [...commands(undefined)]
    .filter(([name]) => names.includes(name))
    .map(([name, command]) => [name, new Child(command)]),
);

afterAll(() => {
  for (const child of children.values()) child.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("libraries get the same numbers and give the same", { timeout: 60_000 }, async () => {
  const results = await measure(find("matmul-64"), children, folder);
  expect(results.map(({ name, remark }) => [name, remark])).toEqual(names.map((name) => [name, ""]));
  expect(results.every(({ medianMs }) => (medianMs ?? 0) > 0)).toBe(true);
});

test("what a library does not have is said, and the others run on", { timeout: 60_000 }, async () => {
  const results = await measure(find("tiny-op"), children, folder);
  expect(remarkOf(results, "jax-js")).toBe("no such op or layer here");
  expect(results.find(({ name }) => name === "dl")?.medianMs).toBeGreaterThan(0);
});

test("a process that ends is an answer too", async () => {
  const child = new Child({ file: process.execPath, args: ["-e", "console.error('gone'); process.exit(3)"] });
  await expect(child.ask({ ask: "hello" }, 10_000)).rejects.toThrow("its process ended");
});

test("a process that does not answer is stopped", async () => {
  const child = new Child({ file: process.execPath, args: ["-e", "setInterval(() => {}, 1000)"] });
  await expect(child.ask({ ask: "hello" }, 300)).rejects.toThrow("no answer within 0 s");
});

test("differences are relative to the largest number", () => {
  expect(difference(Float32Array.of(1, 10), Float32Array.of(2, 10))).toBeCloseTo(0.1);
  expect(difference(Float32Array.of(1), Float32Array.of(1, 2))).toBe(Number.POSITIVE_INFINITY);
  expect(difference(Float32Array.of(Number.NaN), Float32Array.of(1))).toBe(Number.POSITIVE_INFINITY);
});

function find(id: string): Case {
  const found = [...suite, ...apart].find((each) => each.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

const remarkOf = (results: readonly Result[], wanted: LibraryName): string | undefined =>
  results.find(({ name }) => name === wanted)?.remark;
