import { ones, setThreads, softmax, sum, threads, useDevice } from "@dl/tensor";
import { afterAll, describe, expect, test, vi } from "vitest";
import { fillPool } from "./pools.ts";
import { runScript } from "./script.ts";

afterAll(() => setThreads(1));

test("threads tells how many compute", async () => {
  expect(threads()).toBe(1);
  await setThreads(3);
  expect(threads()).toBe(3);
  await Promise.all([setThreads(4), setThreads(2)]);
  expect(threads()).toBe(2);
  await setThreads(1);
  expect(threads()).toBe(1);
});

test.each([0, -1, 1.5, 65, Number.NaN, "2" as never])("setThreads(%s) is an error", (count) => {
  expect(() => setThreads(count)).toThrow(
    `setThreads: wants a whole number of threads from 1 to 64, got ${String(count)}`,
  );
});

test("tensors made before and after are the same, and memory may grow", async () => {
  useDevice("wasm");
  await setThreads(1);
  const before = softmax(ones([300, 500]), { dim: 1 });
  await setThreads(2, { smallest: 0 });
  const large = Array.from({ length: 30 }, () => softmax(ones([600, 1000]), { dim: 1 }));
  for (const each of large) expect(sum(each).item()).toBeCloseTo(600, 2);
  expect(sum(before).item()).toBeCloseTo(300, 2);
  await setThreads(1);
  expect(sum(before).item()).toBeCloseTo(300, 2);
});

describe("a pool", () => {
  test("names the op when a thread throws, and goes on", async () => {
    const { pool, program, floats } = await fillPool(2);
    const inside = Array.from({ length: 9 }, (_, i) => [4096 * i, 1000, i]);
    expect(() => pool.run(program, [...inside, [2 ** 20, 1, 1]])).toThrow(/^fill: a thread failed: RuntimeError/);
    floats.fill(-1);
    pool.run(program, inside);
    expect(inside.map(([address = 0]) => floats[address / 4 + 999])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    pool.stop();
  });

  test("has work for every thread, each with scratch memory of its own", async () => {
    const { pool, program, floats } = await fillPool(3);
    const calls = Array.from({ length: 700 }, () => [0, 100, 7]);
    const marks = (): number[] => [0, 1, 2].map((thread) => floats[256 + 128 * thread] as number);
    while (marks().includes(0)) pool.run(program, calls, { address: 1024, bytes: 512, argument: 0 });
    expect(marks()).toEqual([7, 7, 7]);
    expect([0, 1, 2].map((thread) => floats[256 + 128 * thread + 100])).toEqual([0, 0, 0]);
    pool.stop();
  });
});

describe("in a process of its own", () => {
  test("threads do not keep it alive", () => {
    expect(
      runScript(`
        await setThreads(2, { smallest: 0 });
        console.log(sum(exp(ones([1000, 100]))).item().toFixed(0));
        const start = performance.now();
        process.on("exit", () => console.log(performance.now() - start < 1000));
      `),
    ).toBe("271828\ntrue\n");
  });
});

test("a thread that cannot start is an error, and one computes on", async () => {
  const original = process.getBuiltinModule;
  function Worker(): never {
    throw new Error("no room");
  }
  vi.spyOn(process, "getBuiltinModule").mockImplementation((name: string) =>
    name === "node:worker_threads" ? { Worker } : original(name),
  );
  await expect(setThreads(2)).rejects.toThrow("setThreads: no thread could be started: no room");
  vi.restoreAllMocks();
  expect(threads()).toBe(1);
});

test("a page that is not isolated is told what it needs", async () => {
  vi.stubGlobal("crossOriginIsolated", false);
  await expect(setThreads(2)).rejects.toThrow(
    "setThreads: threads share memory, which a page may do only if it is cross-origin isolated: serve it with the " +
      "headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp",
  );
  vi.unstubAllGlobals();
  expect(threads()).toBe(1);
});
