import { arange, Generator } from "@dl/tensor";
import { expect, it } from "vitest";
import { splitIndices, TensorDataset, trainTestSplit } from "../src/index.ts";

it("has the lengths of scikit-learn", () => {
  const lengths = [
    [10, 0.25, 7, 3],
    [11, 0.33, 7, 4],
    [7, 0.5, 3, 4],
    [9, 2, 7, 2],
  ] as const;
  for (const [n, test, train, rest] of lengths) {
    const parts = splitIndices(n, { test });
    expect([parts.train.length, parts.test.length, parts.validation.length]).toEqual([train, rest, 0]);
  }
});

it("shares no sample and loses none, the same with the same seed", () => {
  const options = (): object => ({ test: 0.2, validation: 0.3, generator: new Generator(1) });
  const { train, validation, test } = splitIndices(50, options());
  expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect([train.length, validation.length, test.length]).toEqual([25, 15, 10]);
  expect(splitIndices(50, options())).toEqual({ train, validation, test });
  expect(test).not.toEqual(test.toSorted());
});

it("keeps the shares of classes", () => {
  const classes = [...Array<string>(20).fill("a"), ...Array<string>(7).fill("b"), ...Array<string>(4).fill("c")];
  const parts = splitIndices(31, { test: 0.3, validation: 5, stratify: classes });
  const counts = (indices: Int32Array): number[] =>
    ["a", "b", "c"].map((own) => Array.from(indices).filter((i) => classes[i] === own).length);
  expect([counts(parts.test), counts(parts.validation), counts(parts.train)]).toEqual([
    [7, 2, 1],
    [3, 1, 1],
    [10, 4, 2],
  ]);
});

it("splits data sets, and says what cannot be split", () => {
  const data = new TensorDataset(arange(4));
  const { train, test } = trainTestSplit(data, { test: 1, generator: new Generator(0) });
  expect([...train.indices, ...test.indices].sort()).toEqual([0, 1, 2, 3]);
  expect(() => splitIndices(4, { test: 4 })).toThrow(
    "trainTestSplit: nothing is left to train with: 4 for test and 0 for validation of 4",
  );
  expect(() => splitIndices(4, { test: 1.5 })).toThrow(
    "trainTestSplit: test must be a part below 1 or a whole number, got 1.5",
  );
  expect(() => splitIndices(4, { test: 0.5, stratify: [0, 0, 0, 1] })).toThrow(
    "trainTestSplit: class 1 has 1 samples for 2 parts",
  );
  expect(() => splitIndices(4, { stratify: [0, 1] })).toThrow("trainTestSplit: stratify has 2 classes for 4 samples");
});
