import { expect, test } from "vitest";
import { gpuMain } from "../src/gpu/main.ts";
import { measureOnGpu } from "../src/gpu/measure.ts";
import { dataOf, type GpuPeer } from "../src/gpu/peer.ts";
import { UsageError } from "../src/options.ts";
import type { Data } from "../src/peers/peer.ts";
import { gpuSuite } from "../src/suite.ts";

const add = gpuSuite.find(({ id }) => id === "add-1m");
if (add === undefined) throw new Error("no case add-1m");

/** Adds on the CPU; what it answers is off by `error`. */
const adder = (name: string, error: number): GpuPeer => ({
  name,
  versions: "",
  cases: {
    "add-1m": (data: Data) => {
      const [x, y] = [data.input("x").data, data.input("y").data];
      const sum = (): Float32Array => x.map((value, i) => value + (y[i] as number) + error);
      return { run: sum, numbers: sum };
    },
  },
  start: async () => undefined,
  settle: async () => undefined,
});

test("the data are the same every time, and cannot be changed by a library", () => {
  const data = dataOf(add);
  const { data: first } = data.input("x");
  first[0] = 1000;
  expect(data.input("x").data[0]).not.toBe(1000);
  expect(dataOf(add).input("x").data[0]).toBe(data.input("x").data[0]);
});

test("every library is timed, and one with other numbers is not", { timeout: 60_000 }, async () => {
  const results = await measureOnGpu("add-1m", dataOf(add), [adder("dl", 0), adder("near", 1e-4), adder("far", 1)]);
  expect(results.map(({ name, medianMs }) => [name, medianMs !== undefined])).toEqual([
    ["dl", true],
    ["near", true],
    ["far", false],
  ]);
  expect(results[2]?.remark).toMatch(/^wrong numbers: off by \d/);
  expect((await measureOnGpu("softmax", dataOf(add), [adder("dl", 0)]))[0]?.remark).toBe("no such op or layer here");
});

test("unknown cases and options are refused", async () => {
  await expect(gpuMain(["--suite", "gpu", "--case", "lstm"])).rejects.toThrow(
    /^bench: no case lstm in the suite gpu \(matmul-512, /,
  );
  await expect(gpuMain(["--fast"])).rejects.toThrow(UsageError);
});
