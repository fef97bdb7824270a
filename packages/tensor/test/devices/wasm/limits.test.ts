import { expect, test } from "vitest";
import { Heap } from "../../../src/devices/wasm/heap.ts";
import { mebibyte } from "../../../src/devices/wasm/limits.ts";

const owner = {};

test("a smaller budget moves out what is beyond it as room is needed", () => {
  const heap = new Heap();
  const blocks = Array.from({ length: 32 }, () => heap.allocate("float32", 65536, owner));
  heap.limit({ budget: 4 * mebibyte, ceiling: 4 * mebibyte });
  expect(heap.stats()).toMatchObject({ budget: 4 * mebibyte, ceiling: 4 * mebibyte, movedOut: 0 });
  heap.allocate("float32", 65536 + 1, owner);
  expect(heap.stats().movedOut).toBeGreaterThan(0);
  expect(blocks.some(({ address }) => address < 0)).toBe(true);
});

test("each limit by itself", () => {
  const heap = new Heap({ budget: 8 * mebibyte, ceiling: 64 * mebibyte });
  heap.limit({ budget: 16 * mebibyte });
  expect(heap.stats()).toMatchObject({ budget: 16 * mebibyte, ceiling: 64 * mebibyte });
  heap.limit({ ceiling: 12 * mebibyte });
  expect(heap.stats()).toMatchObject({ budget: 12 * mebibyte, ceiling: 12 * mebibyte });
});

test("limits that make no sense", () => {
  const heap = new Heap({ budget: 8 * mebibyte, ceiling: 64 * mebibyte });
  expect(() => heap.limit({ budget: 100 })).toThrow("limitMemory: budget must be from 1 MiB to 4 GiB, got 100 bytes");
  expect(() => heap.limit({ ceiling: Number.NaN })).toThrow(
    "limitMemory: ceiling must be from 1 MiB to 4 GiB, got NaN",
  );
  expect(() => heap.limit({ budget: 128 * mebibyte })).toThrow(
    "limitMemory: the budget is above the ceiling: 134217728 and 67108864 bytes",
  );
  expect(heap.stats().budget).toBe(8 * mebibyte);
});
