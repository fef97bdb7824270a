import { tensor } from "@dl/tensor";
import { expect, it } from "vitest";
import { batched, DataLoader, padCollate, padCollatePairs } from "../src/index.ts";

it("makes batches of what comes", async () => {
  let ended = false;
  async function* readings(): AsyncGenerator<{ x: number; at: string }, void> {
    try {
      for (let i = 0; ; i++) yield { x: i, at: `${i} s` };
    } finally {
      ended = true;
    }
  }
  const found: unknown[] = [];
  for await (const { x, at } of batched(readings(), { batchSize: 2 })) {
    found.push([x.tolist(), at]);
    if (found.length === 2) break;
  }
  expect(found).toEqual([
    [
      [0, 1],
      ["0 s", "1 s"],
    ],
    [
      [2, 3],
      ["2 s", "3 s"],
    ],
  ]);
  expect(ended).toBe(true);
});

it("leaves an unfinished batch out on request, and collates as told", async () => {
  const sums = batched([1, 2, 3, 4, 5], { batchSize: 2, dropLast: true, collate: (each) => each.join() });
  const found: string[] = [];
  for await (const batch of sums) found.push(batch);
  expect(found).toEqual(["1,2", "3,4"]);
  expect(() => batched([], { batchSize: 0 })).toThrow("batched: batchSize must be a whole number from 1 on, got 0");
});

it("pads sequences", () => {
  const { padded, lengths } = padCollate(
    [
      tensor([[1, 2]]),
      tensor([
        [3, 4],
        [5, 6],
      ]),
    ],
    { value: -1 },
  );
  expect(padded.tolist()).toEqual([
    [
      [1, 2],
      [-1, -1],
    ],
    [
      [3, 4],
      [5, 6],
    ],
  ]);
  expect([lengths.dtype, lengths.tolist()]).toEqual(["int32", [1, 2]]);
  const data = { length: 2, get: (i: number) => [tensor([1, 2, 3].slice(i)), i] as const };
  const [batch] = new DataLoader(data, { batchSize: 2, collate: (samples) => padCollatePairs(samples) });
  expect([batch?.[0].padded.tolist(), batch?.[1].tolist()]).toEqual([
    [
      [1, 2, 3],
      [2, 3, 0],
    ],
    [0, 1],
  ]);
  expect(() => padCollate([])).toThrow("padCollate: needs at least one sequence, got none");
});
