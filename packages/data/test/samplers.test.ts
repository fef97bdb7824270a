import { arange, Generator, manualSeed, type Tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import {
  batchSampler,
  DataLoader,
  randomSampler,
  type Sampler,
  sequentialSampler,
  subsetRandomSampler,
  TensorDataset,
  weightedSampler,
} from "../src/index.ts";

const two = (sampler: Sampler): number[][] => [Array.from(sampler), Array.from(sampler)];
const generator = (seed: number): Generator => new Generator(seed);

/** Every expected order is what PyTorch 1.13.1 drew with that seed, over two epochs. */
describe("samplers draw as PyTorch", () => {
  it("at random, without and with replacement", () => {
    expect(two(randomSampler(10, { generator: generator(1) }))).toEqual([
      [5, 6, 1, 2, 0, 8, 9, 3, 7, 4],
      [2, 8, 1, 5, 6, 9, 3, 7, 0, 4],
    ]);
    expect(two(randomSampler(10, { generator: generator(1), samples: 13 }))).toEqual([
      [5, 6, 1, 2, 0, 8, 9, 3, 7, 4, 2, 3, 1],
      [2, 8, 1, 5, 6, 9, 3, 7, 0, 4, 2, 9, 8],
    ]);
    const [first, second] = two(randomSampler(10, { generator: generator(1), samples: 40, replacement: true }));
    expect(first?.join("")).toBe("5948331192896330212603643642948673733620");
    expect(second?.join("")).toBe("5953358914458013147869983317289302285990");
  });

  it("from some samples", () => {
    expect(two(subsetRandomSampler([3, 5, 8, 9], { generator: generator(2) }))).toEqual([
      [3, 5, 9, 8],
      [3, 9, 5, 8],
    ]);
  });

  it("with weights", () => {
    const weights = [0.1, 0.2, 0.3, 0.4, 1];
    expect(two(weightedSampler(weights, { samples: 8, generator: generator(3) }))).toEqual([
      [0, 2, 4, 2, 4, 4, 2, 3],
      [3, 4, 2, 4, 3, 3, 4, 1],
    ]);
    expect(two(weightedSampler(weights, { samples: 4, replacement: false, generator: generator(3) }))).toEqual([
      [0, 3, 4, 1],
      [1, 3, 4, 2],
    ]);
  });

  it("from the default generator", () => {
    manualSeed(5);
    expect(two(randomSampler(10))).toEqual([
      [7, 6, 5, 4, 8, 3, 2, 9, 0, 1],
      [8, 3, 0, 5, 9, 1, 6, 2, 4, 7],
    ]);
    manualSeed(5);
    expect(two(weightedSampler([0.1, 0.2, 0.3, 0.4, 1], { samples: 8 }))).toEqual([
      [4, 2, 3, 3, 2, 4, 4, 4],
      [4, 3, 3, 3, 4, 2, 1, 3],
    ]);
    manualSeed(5);
    expect(two(randomSampler(10, { replacement: true, samples: 5 }))).toEqual([
      [7, 4, 9, 4, 6],
      [8, 2, 4, 9, 7],
    ]);
  });

  it("within a loader", () => {
    const data = new TensorDataset(arange(10));
    const epochs = (loader: Iterable<[Tensor]>): unknown =>
      [1, 2].map(() => Array.from(loader, ([x]) => (x.tolist() as number[]).join("")));
    manualSeed(5);
    const equal = weightedSampler(Array<number>(10).fill(1), { samples: 6 });
    expect(epochs(new DataLoader(data, { batchSize: 3, sampler: equal }))).toEqual([
      ["233", "285"],
      ["843", "382"],
    ]);
    const own = generator(4);
    const sampler = randomSampler(10, { generator: own });
    expect(epochs(new DataLoader(data, { batchSize: 3, sampler, generator: own }))).toEqual([
      ["130", "296", "875", "4"],
      ["824", "097", "136", "5"],
    ]);
  });
});

describe("batchSampler", () => {
  it("makes groups, which a loader takes as they are", () => {
    const full = batchSampler(sequentialSampler(7), { batchSize: 3, dropLast: true });
    expect([full.length, Array.from(full, (each) => Array.from(each))]).toEqual([
      2,
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ]);
    const loader = new DataLoader(new TensorDataset(arange(9)), { batchSampler: [[8, 1], [4]] });
    expect(loader.length).toBe(2);
    expect(Array.from(loader, ([x]) => x.tolist())).toEqual([[8, 1], [4]]);
  });

  it("excludes what it would override", () => {
    const data = new TensorDataset(arange(9));
    expect(() => new DataLoader(data, { batchSampler: [[1]], shuffle: true })).toThrow(
      "DataLoader: batchSampler and shuffle exclude each other",
    );
    expect(() => new DataLoader(data, { sampler: sequentialSampler(3), shuffle: true })).toThrow(
      "DataLoader: sampler and shuffle exclude each other",
    );
    expect(() => randomSampler(0)).toThrow("randomSampler: samples must be a whole number from 1 on, got 0");
  });
});
