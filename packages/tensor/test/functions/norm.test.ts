import { batchNorm, instanceNorm, ones, tensor, zeros } from "@dl/tensor";
import { expect, test } from "vitest";

test("batchNorm moves the running statistics in training and uses them in evaluation", () => {
  const [mean, variance] = [zeros([2]), ones([2])];
  const x = tensor([
    [1, 10],
    [3, 30],
  ]);
  batchNorm(x, mean, variance, { training: true, momentum: 0.5 });
  expect(mean.tolist()).toEqual([1, 10]);
  expect(variance.tolist()).toEqual([1.5, 100.5]);
  const y = batchNorm(x, tensor([1, 10]), tensor([4, 100]), { weight: tensor([2, 1]), bias: tensor([0, 1]), eps: 0 });
  expect(y.tolist()).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test("a bias without a weight", () => {
  const y = batchNorm(tensor([[1], [3]]), undefined, undefined, { training: true, eps: 0, bias: tensor([5]) });
  expect(y.tolist()).toEqual([[4], [6]]);
});

test("instanceNorm keeps the mean over the batch", () => {
  const [mean, variance] = [zeros([1]), zeros([1])];
  const y = instanceNorm(tensor([[[1, 3]], [[10, 30]]]), {
    runningMean: mean,
    runningVar: variance,
    momentum: 1,
    eps: 0,
  });
  expect(y.tolist()).toEqual([[[-1, 1]], [[-1, 1]]]);
  expect(mean.tolist()).toEqual([11]);
  expect(variance.tolist()).toEqual([101]);
});
