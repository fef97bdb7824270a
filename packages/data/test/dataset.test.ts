import { arange, Generator, tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import { randomSplit, Subset, TensorDataset } from "../src/index.ts";

const ten = new TensorDataset(arange(10));

describe("TensorDataset", () => {
  it("gives one row of every tensor", () => {
    const data = new TensorDataset(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      tensor([5, 6]),
    );
    expect(data.get(1).map((x) => x.tolist())).toEqual([[3, 4], 6]);
    expect(data.length).toBe(2);
  });

  it("gathers many rows at once", () => {
    const data = new TensorDataset(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    expect(data.batch(Int32Array.of(2, 0, 2))[0]?.tolist()).toEqual([
      [5, 6],
      [1, 2],
      [5, 6],
    ]);
  });

  it("refuses tensors of different lengths, none, and places it does not have", () => {
    expect(() => new TensorDataset(tensor([1, 2]), tensor([[1, 2]]))).toThrow(
      new RangeError("TensorDataset: first sizes differ ([2] and [1, 2])"),
    );
    expect(() => new TensorDataset(tensor(1))).toThrow("TensorDataset: first sizes differ ([] and [])");
    expect(() => new TensorDataset()).toThrow("TensorDataset: needs at least one tensor, got none");
    expect(() => ten.get(10)).toThrow("TensorDataset: index 10 is out of range for 10 samples");
  });
});

describe("Subset", () => {
  it("looks its samples up in the whole", () => {
    const nested = new Subset(new Subset(ten, [9, 7, 5, 3]), [3, 0]);
    expect(nested.get(0)[0]?.item()).toBe(3);
    expect(nested.batch?.(Int32Array.of(1, 0))).toMatchObject([{ shape: [2] }]);
  });

  it("refuses places that the whole does not have", () => {
    expect(() => new Subset(ten, [3, 10])).toThrow("Subset: index 10 is out of range for 10 samples");
    expect(() => new Subset(ten, [0.5])).toThrow("Subset: index 0.5 is out of range for 10 samples");
    expect(() => new Subset(ten, [3]).batch?.(Int32Array.of(1))).toThrow(
      "Subset: index 1 is out of range for 1 samples",
    );
  });
});

describe("randomSplit", () => {
  const split = (parts: readonly number[]): number[][] =>
    randomSplit(ten, parts, { generator: new Generator(0) }).map(({ indices }) => Array.from(indices));

  it("draws the order of torch.utils.data.random_split", () => {
    expect(split([7, 3])).toEqual([
      [4, 1, 7, 5, 3, 9, 0],
      [8, 6, 2],
    ]);
    expect(split([0.5, 0.26, 0.24])).toEqual([
      [4, 1, 7, 5, 3, 9],
      [0, 8],
      [6, 2],
    ]);
  });

  it("takes the whole as a fraction", () => {
    expect(split([1, 0]).map(({ length }) => length)).toEqual([10, 0]);
  });

  it("refuses lengths and fractions that do not add up", () => {
    expect(() => split([7, 4])).toThrow(
      "randomSplit: lengths must add up to the data set's: 11 and 10 (lengths [7, 4])",
    );
    expect(() => split([0.5, 0.4])).toThrow("randomSplit: fractions must add up to 1, got 0.9 (fractions [0.5, 0.4])");
    expect(() => split([11, -1])).toThrow("randomSplit: lengths must be numbers from 0 on, got -1");
  });
});
