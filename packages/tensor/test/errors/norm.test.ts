import {
  batchNorm,
  dropout,
  dropout2d,
  groupNorm,
  instanceNorm,
  layerNorm,
  localResponseNorm,
  ones,
  zeros,
} from "@dl/tensor";
import { expect, test } from "vitest";

test("batchNorm", () => {
  const x = ones([2, 3, 4]);
  expect(() => batchNorm(ones([3]), undefined, undefined, { training: true })).toThrow(
    "batchNorm: x must have a batch and a channel dimension (x [3])",
  );
  expect(() => batchNorm(x, ones([4]), ones([3]))).toThrow(
    "batchNorm: runningMean must be [3], one number for each channel (runningMean [4], x [2, 3, 4])",
  );
  expect(() => batchNorm(x, undefined, undefined)).toThrow(
    "batchNorm: needs runningMean and runningVar unless training",
  );
  expect(() => batchNorm(ones([1, 3]), undefined, undefined, { training: true })).toThrow(
    "batchNorm: needs more than one value for each channel in training (x [1, 3])",
  );
  expect(() => batchNorm(zeros([2, 3], { dtype: "int32" }), undefined, undefined, { training: true })).toThrow(
    "batchNorm: needs a floating-point tensor, got int32",
  );
});

test("a bad call leaves the running statistics alone", () => {
  const [mean, variance] = [zeros([3]), ones([3])];
  expect(() => batchNorm(ones([2, 3]), mean, variance, { training: true, weight: ones([2]) })).toThrow(
    "batchNorm: weight must be [3]",
  );
  expect(mean.tolist()).toEqual([0, 0, 0]);
});

test("layerNorm, groupNorm, instanceNorm, localResponseNorm", () => {
  expect(() => layerNorm(ones([3, 4]), [3])).toThrow(
    "layerNorm: the last sizes of x must be normalizedShape [3] (x [3, 4])",
  );
  expect(() => layerNorm(ones([3, 4]), 4, { bias: ones([3]) })).toThrow(
    "layerNorm: bias must have the shape normalizedShape [4] (bias [3], x [3, 4])",
  );
  expect(() => groupNorm(ones([2, 5]), 2)).toThrow("groupNorm: groups 2 do not divide 5 channels (x [2, 5])");
  expect(() => groupNorm(ones([2, 6]), 2, { weight: ones([4]) })).toThrow(
    "groupNorm: weight must be [6], one number for each channel (weight [4], x [2, 6])",
  );
  expect(() => instanceNorm(ones([2, 3, 1]))).toThrow(
    "instanceNorm: needs more than one position for each channel (x [2, 3, 1])",
  );
  expect(() => localResponseNorm(ones([2, 3]), 2)).toThrow(
    "localResponseNorm: x must have at least 3 dimensions (x [2, 3])",
  );
  expect(() => localResponseNorm(ones([2, 3, 1]), 0)).toThrow(
    "localResponseNorm: size must be a whole number from 1 on, got 0",
  );
});

test("dropout", () => {
  expect(() => dropout(ones([2]), { p: -0.1 })).toThrow("dropout: p must lie in [0, 1], got -0.1");
  expect(() => dropout(zeros([2], { dtype: "int32" }))).toThrow("dropout: needs a floating-point tensor, got int32");
  expect(() => dropout2d(ones([2, 3]))).toThrow("dropout2d: x must have 3 or 4 dimensions, got 2 (x [2, 3])");
});
