import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const int = (values: Parameters<typeof tensor>[0]): dl.Tensor => tensor(values, { dtype: "int32" });
const cube = zeros([2, 3, 4]);

test.each<[() => unknown, string]>([
  [() => dl.rand([-1]), "rand: sizes must be whole numbers from 0 on: got [-1]"],
  [() => dl.rand([2], { dtype: "int32" }), "rand: dtype must be float32 or float64, got int32"],
  [() => dl.randint(3, 3, [2]), "randint: low must be below high: 3 and 3"],
  [() => dl.randint(0.5, 3, [2]), "randint: low and high must be integers: 0.5 and 3"],
  [() => dl.randperm(-1), "randperm: n must be an integer from 0 to 214748363, got -1"],
  [() => dl.bernoulli(tensor([0.5, 1.5])), "bernoulli: p must lie in [0, 1], got 1.5"],
  [() => dl.bernoulli(int([1])), "bernoulli: p must be float32 or float64, got int32"],
  [() => dl.normal(0, 1), "normal: needs a shape where mean and std are numbers"],
  [() => dl.normal(0, -1, { shape: [2] }), "normal: std must not be negative, got -1"],
  [() => dl.normal(zeros([2]), -1), "normal: std must not be negative, got -1"],
  [
    () => dl.normal(zeros([2]), zeros([3])),
    "normal: sizes 2 and 3 do not broadcast at dimension 0 (mean [2], std [3])",
  ],
  [() => dl.multinomial(tensor([0, 0]), 1), "multinomial: row 0 has no positive weight"],
  [
    () => dl.multinomial(tensor([1, 2]), 3),
    "multinomial: without replacement samples cannot exceed categories: 3 and 2",
  ],
  [() => dl.multinomial(int([1, 2]), 1), "multinomial: weights must be float32 or float64, got int32"],
  [() => dl.multinomial(cube, 1), "multinomial: weights must have 1 or 2 dimensions (weights [2, 3, 4])"],
  [() => dl.uniform_(zeros([2]), { from: 1, to: 0 }), "uniform: low must not be above high: 1 and 0"],
  [() => dl.uniform_(int([1])), "uniform_: needs a floating-point tensor, got int32"],
  [() => dl.normal_(zeros([2]), { std: -1 }), "normal: std must not be negative, got -1"],
  [() => dl.exponential_(zeros([2]), { rate: -1 }), "exponential: rate must not be negative, got -1"],
  [() => dl.bernoulli_(zeros([2]), { p: 2 }), "bernoulli: p must lie in [0, 1], got 2"],
  [() => dl.bernoulli_(zeros([2]), { p: int([1, 1]) }), "bernoulli_: p must be float32 or float64, got int32"],
])("%s says what is wrong", (call, sentence) => {
  expect(call).toThrow(sentence);
});
