import { ones, tensor } from "@dl/tensor";
import { expect, it } from "vitest";
import { collate } from "../src/index.ts";

it("stacks tensors, and makes tensors of numbers and booleans", () => {
  expect(collate([tensor([1, 2]), tensor([3, 4])]).tolist()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(collate([1, 2])).toMatchObject({ dtype: "float32", shape: [2] });
  expect(collate([true, false]).tolist()).toEqual([true, false]);
  expect(collate(["a", "b"])).toEqual(["a", "b"]);
});

it("goes into arrays and objects", () => {
  const batch = collate([
    { x: tensor([1]), at: [1, "a"] as const },
    { x: tensor([2]), at: [2, "b"] as const },
  ]);
  expect(batch.x.tolist()).toEqual([[1], [2]]);
  expect(batch.at[0].tolist()).toEqual([1, 2]);
  expect(batch.at[1]).toEqual(["a", "b"]);
});

it("takes objects without a prototype as plain ones", () => {
  const bare: { x: number } = Object.assign(Object.create(null), { x: 1 });
  expect(collate([bare, bare]).x.tolist()).toEqual([1, 1]);
});

it.each([
  [[], "collate: needs at least one sample, got none"],
  [[1, "a"], "collate: samples are of different kinds: number and string"],
  [[1, undefined], "collate: samples are of different kinds: number and undefined"],
  [[{ x: 1 }, {}], "collate: samples are of different kinds: number and undefined"],
  [[[1], [1, 2]], "collate: samples have different lengths: 1 and 2"],
  [[new Map()], "collate: cannot make a batch of Maps: give the loader a collate function"],
])("refuses %j", (samples, message) => {
  expect(() => collate(samples as readonly unknown[])).toThrow(message);
});

it("refuses tensors of different shapes", () => {
  expect(() => collate([ones([2]), ones([3])])).toThrow(/^stack: .*\[2\].*\[3\]/);
});
