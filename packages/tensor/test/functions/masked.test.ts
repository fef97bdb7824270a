import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const x = dl.tensor([
  [1, 5, 2],
  [4, 3, 9],
]);
const mask = dl.tensor([
  [true, false, true],
  [false, false, false],
]);

test("only elements under the mask count, and none gives the neutral value", () => {
  const over = { mask, dim: 1 };
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  expect(dl.maskedSum(x, over).tolist()).toEqual([3, 0]);
  expect(dl.maskedProd(x, over).tolist()).toEqual([2, 1]);
  expect(dl.maskedMean(x, over).tolist()).toEqual([1.5, nan]);
  expect(dl.maskedAmax(x, over).tolist()).toEqual([2, -infinity]);
  expect(dl.maskedAmin(x, over).tolist()).toEqual([1, infinity]);
  expect(dl.maskedMedian(x, over).tolist()).toEqual([1, nan]);
  expect(dl.maskedVariance(x, over).tolist()).toEqual([0.25, nan]);
  expect(dl.maskedVariance(x, { ...over, correction: 1 }).tolist()).toEqual([0.5, nan]);
  expect(dl.maskedStd(x, over).tolist()).toEqual([0.5, nan]);
  expect(dl.maskedNorm(x, { ...over, ord: -infinity }).tolist()).toEqual([1, infinity]);
  expect(dl.maskedLogsumexp(dl.zerosLike(x), over).tolist()).toEqual([Math.fround(Math.log(2)), -infinity]);
  expect(dl.maskedCumsum(x, over).tolist()).toEqual([
    [1, 1, 3],
    [0, 0, 0],
  ]);
  expect(dl.maskedSoftmax(dl.zerosLike(x), over).tolist()).toEqual([
    [0.5, 0, 0.5],
    [nan, nan, nan],
  ]);
});

test("indices come in the dtype of x, as in PyTorch, or in the one asked for", () => {
  expect(dl.maskedArgmax(x, { mask, dim: 1 }).dtype).toBe("float32");
  expect(dl.maskedArgmax(x, { mask, dim: 1, dtype: "int32" }).tolist()).toEqual([2, 0]);
  expect(dl.maskedArgmin(x, { mask, dtype: "int32" }).item()).toBe(0);
});

test("integers keep their dtype", () => {
  const whole = dl.to(x, { dtype: "int32" });
  expect(dl.maskedAmax(whole, { mask, dim: 1 }).tolist()).toEqual([2, -(2 ** 31)]);
  expect(dl.maskedSum(whole, { mask }).item()).toBe(3);
});
