import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test, vi } from "vitest";
import { word } from "../../../../src/devices/wasm/threads/control.ts";
import { fillPool } from "./pools.ts";
import { runScript } from "./script.ts";

/** `run(address)`: stores 1 there, then never returns. */
const endless = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    // a type: one i32 in, nothing out
    [0x01, 0x05, 0x01, 0x60, 0x01, 0x7f, 0x00],
    // env.memory, shared, of 1 to 65536 pages
    [0x02, 0x12, 0x01, 0x03, 0x65, 0x6e, 0x76, 0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79],
    [0x02, 0x03, 0x01, 0x80, 0x80, 0x04],
    // a function, exported as run
    [0x03, 0x02, 0x01, 0x00],
    [0x07, 0x07, 0x01, 0x03, 0x72, 0x75, 0x6e, 0x00, 0x00],
    // i32.store (local.get 0) (i32.const 1), then (loop br 0)
    [0x0a, 0x10, 0x01, 0x0e, 0x00, 0x20, 0x00, 0x41, 0x01, 0x36, 0x02, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b],
  ].flat(),
);

describe("a thread that ends in the middle of a call", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test.each([2, 3])("ends the job with an error, one of %i", async (count) => {
    const workers = seenWorkers();
    const { pool, floats, ends } = await fillPool(count);
    const marks = new Int32Array(floats.buffer);
    const calls = Array.from({ length: count }, (_, i) => [4 * i]);
    const isEndless = (): boolean => calls.filter((_, i) => Atomics.load(marks, i) === 1).length === count - 1;
    const run = (): void => {
      while (!isEndless());
      for (const worker of workers) void worker.terminate();
    };
    expect(() => pool.run({ run, number: -1, bytes: endless }, calls)).toThrow(
      "fill: a thread ended in the middle of it, so the result is lost; one thread computes from now on",
    );
    expect(ends).toEqual(["in the middle of fill"]);
    pool.stop();
  });

  test("does not end the calls of the others", async () => {
    const workers = seenWorkers();
    const { pool, program, floats } = await fillPool(3);
    void workers[0]?.terminate();
    for (let turn = 1; turn <= 200; turn++) {
      pool.run(
        program,
        Array.from({ length: 9 }, (_, i) => [4096 * i, 1000, turn + i]),
      );
      expect([0, 8].map((i) => floats[1024 * i + 999])).toEqual([turn, turn + 8]);
    }
    pool.stop();
  });

  test("lets the op fail, and one thread computes from then on", () => {
    const text = runScript(`
      const { Worker } = process.getBuiltinModule("node:worker_threads");
      const endBeforeDone = \`
        const add = Atomics.add;
        Atomics.add = (words, at, by) => at === ${word.done} ? process.exit(7) : add(words, at, by);
      \`;
      class Ending extends Worker {
        constructor(code, options) {
          super(endBeforeDone + code, options);
        }
      }
      const original = process.getBuiltinModule;
      process.getBuiltinModule = (name) => name === "node:worker_threads" ? { Worker: Ending } : original(name);
      console.warn = (line) => console.log(line);
      const x = ones([100, 300]);
      const y = ones([300, 200]);
      await setThreads(2, { smallest: 0 });
      try {
        for (;;) matmul(x, y);
      } catch (error) {
        console.log(error.message);
      }
      console.log(threads(), sum(matmul(x, y)).item());
      await new Promise((resolve) => setTimeout(resolve, 100));
      console.log(threads(), sum(matmul(x, y)).item());
    `);
    expect(text).toBe(
      [
        "setThreads: a thread ended (in the middle of matmul): one thread computes from now on",
        "matmul: a thread ended in the middle of it, so the result is lost; one thread computes from now on",
        "1 6000000",
        "1 6000000",
        "",
      ].join("\n"),
    );
  });
});

test("a thread that ends between jobs is reported, and the others do its work", () => {
  const text = runScript(`
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const workers = [];
    class Seen extends Worker {
      constructor(...args) {
        super(...args);
        workers.push(this);
      }
    }
    const original = process.getBuiltinModule;
    process.getBuiltinModule = (name) => name === "node:worker_threads" ? { Worker: Seen } : original(name);
    console.warn = (line) => console.log(line);
    const x = ones([1000, 100]);
    await setThreads(3, { smallest: 0 });
    const ended = workers[0].terminate();
    console.log(sum(exp(x)).item().toFixed(0), threads());
    await ended;
    await new Promise((resolve) => setTimeout(resolve, 10));
    console.log(sum(exp(x)).item().toFixed(0), threads());
    await setThreads(2, { smallest: 0 });
    console.log(sum(exp(x)).item().toFixed(0), threads());
  `);
  expect(text).toBe(
    [
      "271828 3",
      "setThreads: a thread ended (it exited with code 1): one thread computes from now on",
      "271828 1",
      "271828 2",
      "",
    ].join("\n"),
  );
});

/** Fills with the workers that start from now on. */
function seenWorkers(): Worker[] {
  const workers: Worker[] = [];
  class Seen extends Worker {
    constructor(code: string, options: object) {
      super(code, options);
      workers.push(this);
    }
  }
  const original = process.getBuiltinModule;
  vi.spyOn(process, "getBuiltinModule").mockImplementation((name: string) =>
    name === "node:worker_threads" ? { Worker: Seen } : original(name),
  );
  return workers;
}
