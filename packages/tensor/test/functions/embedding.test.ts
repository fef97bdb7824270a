import { embedding, embeddingBag, type Tensor, tensor } from "@dl/tensor";
import { expect, test } from "vitest";

const table = (): Tensor =>
  tensor([
    [1, 2],
    [3, 6],
    [5, 4],
    [0, -8],
  ]);
const ints = (...list: number[]): Tensor => tensor(list, { dtype: "int32" });

test("embedding gives rows in the shape of the indices", () => {
  expect(
    embedding(
      tensor(
        [
          [0, 2],
          [2, 1],
        ],
        { dtype: "int32" },
      ),
      table(),
    ).tolist(),
  ).toEqual([
    [
      [1, 2],
      [5, 4],
    ],
    [
      [5, 4],
      [3, 6],
    ],
  ]);
  expect(embedding(tensor(new Int32Array(0)), table()).shape).toEqual([0, 2]);
});

test("maxNorm scales the rows that are used, in place", () => {
  const weight = tensor([
    [3, 4],
    [30, 40],
    [30, 40],
  ]);
  embedding(ints(0, 1), weight, { maxNorm: 5 });
  expect(Array.from(weight.toArray(), (value) => Math.round(value * 1e4) / 1e4)).toEqual([3, 4, 3, 4, 30, 40]);
});

test("bags of different lengths, one of them empty", () => {
  const offsets = ints(0, 2, 2);
  expect(embeddingBag(ints(0, 1, 2, 3, 2), table(), { offsets, mode: "sum" }).tolist()).toEqual([
    [4, 8],
    [0, 0],
    [10, 0],
  ]);
  expect(embeddingBag(ints(0, 1, 2, 3), table(), { offsets }).tolist()).toEqual([
    [2, 4],
    [0, 0],
    [2.5, -2],
  ]);
  expect(embeddingBag(ints(0, 1, 2, 3), table(), { offsets, mode: "max" }).tolist()).toEqual([
    [3, 6],
    [0, 0],
    [5, 4],
  ]);
});

test("the padding row counts for nothing", () => {
  const bags = tensor(
    [
      [1, 1],
      [2, 1],
    ],
    { dtype: "int32" },
  );
  expect(embeddingBag(bags, table(), { paddingIdx: 1 }).tolist()).toEqual([
    [0, 0],
    [5, 4],
  ]);
  expect(embeddingBag(bags, table(), { paddingIdx: -3, mode: "max" }).tolist()).toEqual([
    [0, 0],
    [5, 4],
  ]);
});

test("weights of the samples, and offsets that end with the length", () => {
  const options = { offsets: ints(0, 1, 3), includeLastOffset: true, mode: "sum" } as const;
  expect(embeddingBag(ints(0, 1, 2), table(), { ...options, perSampleWeights: tensor([2, 1, -1]) }).tolist()).toEqual([
    [2, 4],
    [-2, 2],
  ]);
});
