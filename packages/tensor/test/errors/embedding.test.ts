import { embedding, embeddingBag, ones, tensor } from "@dl/tensor";
import { expect, test } from "vitest";

const weight = ones([5, 3]);
const indices = (...list: number[]): ReturnType<typeof tensor> => tensor(list, { dtype: "int32" });

test("embedding", () => {
  expect(() => embedding(indices(1, 5), weight)).toThrow(
    "embedding: index 5 is out of range for 5 rows (weight [5, 3], indices [2])",
  );
  expect(() => embedding(indices(-1), weight)).toThrow(
    "embedding: index -1 is out of range for 5 rows (weight [5, 3], indices [1])",
  );
  expect(() => embedding(ones([2]), weight)).toThrow("embedding: indices must be integers, got float32");
  expect(() => embedding(indices(1), weight, { paddingIdx: 7 })).toThrow(
    "embedding: paddingIdx 7 is out of range for 5 rows (weight [5, 3])",
  );
  expect(() => embedding(indices(1), ones([5]))).toThrow(
    "embedding: weight must be [rows, width] (indices [1], weight [5])",
  );
});

test("embeddingBag", () => {
  expect(() => embeddingBag(indices(1, 2), weight)).toThrow(
    "embeddingBag: indices [n] need offsets [bags] (indices [2])",
  );
  expect(() => embeddingBag(indices(1, 2), weight, { offsets: indices(0, 3) })).toThrow(
    "embeddingBag: offsets must begin with 0 and ascend to at most 2, got [0, 3]",
  );
  expect(() => embeddingBag(tensor([[1]], { dtype: "int32" }), weight, { perSampleWeights: ones([1, 1]) })).toThrow(
    'embeddingBag: perSampleWeights go with mode "sum" only, got "mean"',
  );
});
