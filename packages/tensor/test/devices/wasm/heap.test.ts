import { expect, test, vi } from "vitest";
import type { Block } from "../../../src/devices/wasm/block.ts";
import { Heap } from "../../../src/devices/wasm/heap.ts";

const owner = {};

function filled(heap: Heap, size: number, value: number): Block {
  const block = heap.allocate("float32", size, owner);
  heap.data(block).fill(value);
  return block;
}

test("what is freed is given out again", () => {
  const heap = new Heap();
  const first = heap.allocate("float32", 100, owner);
  const { address } = first;
  heap.free(first);
  expect(heap.allocate("float32", 100, owner).address).toBe(address);
});

test("what is freed serves other types and sizes, in time also of other classes", () => {
  const heap = new Heap({ budget: 2 ** 20, ceiling: 2 ** 20 });
  const first = filled(heap, 100, 1);
  const { address } = first;
  heap.free(first);
  const bytes = heap.allocate("uint8", 390, owner);
  expect([bytes.address, heap.data(bytes).length]).toEqual([address, 390]);
  heap.free(bytes);
  expect(() => heap.allocate("float32", 2 ** 30 + 1, owner)).toThrow(/^memory: \d+ bytes do not fit: /);
  for (const block of Array.from({ length: 1000 }, () => heap.allocate("float32", 100, owner))) heap.free(block);
  const large = Array.from({ length: 5 }, (_, i) => filled(heap, 2 ** 15, i));
  expect(large.map((block) => heap.data(block)[0])).toEqual([0, 1, 2, 3, 4]);
  expect(heap.stats()).toMatchObject({ live: 5 * 2 ** 17, movedOut: 0 });
});

test("beyond the budget the oldest moves out, keeps its elements, and comes back when held", () => {
  const heap = new Heap({ budget: 2 ** 20, ceiling: 2 ** 20 });
  const blocks = Array.from({ length: 40 }, (_, i) => filled(heap, 10_000, i));
  expect(heap.stats().live).toBeLessThanOrEqual(2 ** 20);
  expect(heap.stats().movedOut).toBeGreaterThan(0);
  for (const [i, block] of blocks.entries()) {
    heap.begin();
    expect(heap.hold(block, owner)).toBe(true);
    expect(block.address).toBeGreaterThan(0);
    expect([...heap.data(block).subarray(0, 2)]).toEqual([i, i]);
  }
});

test("what the engine does not give is the ceiling", () => {
  const heap = new Heap({ ceiling: 2 ** 30 });
  const blocks = Array.from({ length: 4 }, (_, i) => filled(heap, 1_000_000, i));
  vi.spyOn(heap.memory, "grow").mockImplementation(() => {
    throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory");
  });
  blocks.push(...Array.from({ length: 8 }, (_, i) => filled(heap, 1_000_000, 4 + i)));
  expect(heap.stats().ceiling).toBe(heap.memory.buffer.byteLength);
  expect(heap.stats().movedOut).toBeGreaterThan(0);
  expect(blocks.map((block) => heap.data(block)[999_999])).toEqual(blocks.map((_, i) => i));
  expect(() => heap.allocate("float32", 10_000_000, owner)).toThrow(/^memory: \d+ bytes do not fit: /);
  expect(filled(heap, 100, 7).address).toBeGreaterThan(0);
});

test("operands held for one kernel stay while others come in and scratch memory is taken", () => {
  const heap = new Heap({ budget: 2 ** 20, ceiling: 2 ** 20 });
  const blocks = Array.from({ length: 12 }, (_, i) => filled(heap, 40_000, i));
  const operands = blocks.slice(0, 3);
  for (const block of operands) heap.hold(block, owner);
  heap.withScratch(200_000, () => {
    for (const block of operands) expect(block.address).toBeGreaterThan(0);
  });
});

test("many small blocks move out long before the budget is full, and their elements stay", () => {
  const heap = new Heap();
  const blocks = Array.from({ length: 20_000 }, (_, i) => filled(heap, 3, i));
  expect(blocks.filter(({ address }) => address >= 0).length).toBeLessThanOrEqual(2048);
  expect(blocks.every((block, i) => heap.data(block)[2] === i)).toBe(true);
});

test("small blocks that are used again and again get room to stay", () => {
  const heap = new Heap();
  const blocks = Array.from({ length: 6_000 }, (_, i) => filled(heap, 3, i));
  for (let turn = 0; turn < 20; turn++) {
    for (const block of blocks) {
      heap.begin();
      heap.hold(block, owner);
    }
  }
  expect(blocks.every(({ address }) => address >= 0)).toBe(true);
});

test("what cannot fit says so", () => {
  const heap = new Heap({ budget: 2 ** 20, ceiling: 2 ** 20 });
  expect(() => heap.allocate("float32", 2 ** 20, owner)).toThrow(
    "memory: 4194304 bytes do not fit: 0 are live and 1048576 allowed",
  );
});
