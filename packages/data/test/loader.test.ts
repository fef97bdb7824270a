import { arange, Generator, manualSeed, type Tensor, tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import { DataLoader, type Dataset, Subset, TensorDataset } from "../src/index.ts";

const ten = new TensorDataset(arange(10));
const epochs = (loader: Iterable<[Tensor]>, count: number): unknown =>
  Array.from({ length: count }, () => Array.from(loader, ([x]) => x.tolist()));

describe("DataLoader", () => {
  it("goes through the samples in order, the last batch smaller or left out", () => {
    expect(Array.from(new DataLoader(ten, { batchSize: 4 }), ([x]) => x.tolist())).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    const full = new DataLoader(ten, { batchSize: 4, dropLast: true });
    expect(full.length).toBe(2);
    expect(Array.from(full).length).toBe(2);
    expect(Array.from(new DataLoader(ten)).length).toBe(10);
  });

  it("shuffles as PyTorch with a generator of one's own, epoch after epoch", () => {
    expect(epochs(new DataLoader(ten, { batchSize: 4, shuffle: true, generator: new Generator(0) }), 3)).toEqual([
      [
        [3, 7, 5, 2],
        [0, 8, 1, 6],
        [9, 4],
      ],
      [
        [1, 3, 2, 7],
        [5, 9, 0, 6],
        [4, 8],
      ],
      [
        [6, 8, 5, 7],
        [2, 4, 1, 0],
        [3, 9],
      ],
    ]);
    expect(
      epochs(new DataLoader(ten, { batchSize: 5, shuffle: true, dropLast: true, generator: new Generator(0) }), 2),
    ).toEqual([
      [
        [3, 7, 5, 2, 0],
        [8, 1, 6, 9, 4],
      ],
      [
        [1, 3, 2, 7, 5],
        [9, 0, 6, 4, 8],
      ],
    ]);
  });

  it("shuffles as PyTorch with the default generator", () => {
    manualSeed(0);
    expect(epochs(new DataLoader(ten, { batchSize: 4, shuffle: true }), 2)).toEqual([
      [
        [6, 7, 1, 4],
        [2, 0, 9, 8],
        [3, 5],
      ],
      [
        [2, 4, 7, 0],
        [8, 9, 5, 3],
        [6, 1],
      ],
    ]);
  });

  it("collates samples one by one where the data set has no faster way", () => {
    const squares: Dataset<[number, string]> = { length: 3, get: (i) => [i * i, `${i}`] };
    expect(Array.from(new DataLoader(squares, { batchSize: 2 }), ([x, name]) => [x.tolist(), name])).toEqual([
      [
        [0, 1],
        ["0", "1"],
      ],
      [[4], ["2"]],
    ]);
    const sums = new DataLoader(squares, {
      batchSize: 2,
      collate: (samples) => samples.reduce((total, [x]) => total + x, 0),
    });
    expect(Array.from(sums)).toEqual([1, 4]);
  });

  it("gathers a subset's samples in its order", () => {
    const loader = new DataLoader(new Subset(ten, [7, 3, 5]), { batchSize: 2 });
    expect(Array.from(loader, ([x]) => x.tolist())).toEqual([[7, 3], [5]]);
  });

  it("waits for samples in for await, and says so elsewhere", async () => {
    const slow: Dataset<Promise<Tensor>> = { length: 3, get: async (i) => tensor([i]) };
    const found: unknown[] = [];
    for await (const batch of new DataLoader(slow, { batchSize: 2 })) found.push(batch.tolist());
    expect(found).toEqual([[[0], [1]], [[2]]]);
    expect(() => Array.from(new DataLoader(slow))).toThrow(
      "DataLoader: the data set gives promises: use for await (const batch of loader)",
    );
  });

  it("refuses a batch size that is none", () => {
    expect(() => new DataLoader(ten, { batchSize: 0 })).toThrow(
      new RangeError("DataLoader: batchSize must be a whole number from 1 on, got 0"),
    );
  });
});
