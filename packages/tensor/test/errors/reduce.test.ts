import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const int = (values: Parameters<typeof tensor>[0]): dl.Tensor => tensor(values, { dtype: "int32" });
const x = zeros([2, 3]);
const empty = zeros([2, 0]);

test.each<[() => unknown, string]>([
  [() => dl.sum(x, { dim: 2 }), "sum: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.sum(x, { dim: [0, -2] }), "sum: dim 0 appears more than once in [0, -2]"],
  [
    () => dl.sum(int([2 ** 31 - 1, 1])),
    "sum: the integer result 2147483648 does not fit int32: convert to float64 first",
  ],
  [
    () => dl.prod(int([-(2 ** 31), 2])),
    "prod: the integer result -4294967296 does not fit int32: convert to float64 first",
  ],
  [
    () => dl.cumsum(int([2 ** 31 - 1, 1, -5]), { dim: 0 }),
    "cumsum: the integer result 2147483648 does not fit int32: convert to float64 first",
  ],
  [
    () => dl.cumprod(int([65536, 65536]), { dim: 0 }),
    "cumprod: the integer result 4294967296 does not fit int32: convert to float64 first",
  ],
  [() => dl.mean(int([1, 2])), 'mean: needs a floating-point tensor, got int32: convert with .to("float32")'],
  [() => dl.variance(int([1, 2])), 'var: needs a floating-point tensor, got int32: convert with .to("float32")'],
  [() => dl.std(tensor([true])), 'std: needs a floating-point tensor, got bool: convert with .to("float32")'],
  [() => dl.norm(int([1, 2])), 'norm: needs a floating-point tensor, got int32: convert with .to("float32")'],
  [() => dl.logsumexp(x, { dim: -3 }), "logsumexp: dim -3 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.max(empty, { dim: 1 }), "max: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [() => dl.max(empty), "max: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [() => dl.min(empty, { dim: -1 }), "min: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [() => dl.amax(empty), "amax: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [() => dl.aminmax(empty), "aminmax: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [() => dl.argmax(empty), "argmax: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [() => dl.argmin(x, { dim: 2 }), "argmin: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.median(empty, { dim: 1 }), "median: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [
    () => dl.norm(empty, { p: Number.POSITIVE_INFINITY }),
    "norm: dim 1 has size 0, so there is nothing to choose from (x [2, 0])",
  ],
  [() => dl.matrixNorm(zeros([3])), "matrixNorm: needs at least 2 dimensions (x [3])"],
  [
    () => dl.matrixNorm(x, { ord: 3 }),
    'matrixNorm: ord must be "fro", "nuc", 1, -1, 2, -2, Infinity or -Infinity, got 3',
  ],
  [
    () => dl.linalgNorm(x, { ord: 1, dim: [] }),
    "linalgNorm: ord 1 needs one dimension (a vector) or two (a matrix), got 0 (x [2, 3])",
  ],
  [() => dl.renorm(zeros([3]), 2, 0, 1), "renorm: needs at least 2 dimensions (x [3])"],
  [() => dl.renorm(x, 0, 0, 1), "renorm: p must be above 0, got 0"],
  [() => dl.renorm(x, 2, 0, -1), "renorm: maxnorm must be from 0 on, got -1"],
  [() => dl.gradient(x, { spacing: [1] }), "gradient: needs one spacing for each dimension: got 1 for 2"],
  [
    () => dl.gradient(zeros([2, 2]), { edgeOrder: 2 }),
    "gradient: dim 0 of size 2 needs at least edgeOrder + 1 = 3 elements (x [2, 2])",
  ],
  [() => dl.gradient(x, { dim: [1, 1] }), "gradient: dim 1 appears more than once in [1, 1]"],
  [() => dl.diff(tensor(1)), "diff: needs at least one dimension (x [])"],
  [() => dl.diff(x, { n: -1 }), "diff: n must be a whole number from 0 on, got -1"],
  [
    () => dl.trapezoid(x, { x: zeros([4]) }),
    "trapezoid: x must have as many points along dim -1 as y (x [4], y [2, 3])",
  ],
  [() => dl.cov(zeros([1, 1, 1])), "cov: needs at most 2 dimensions (x [1, 1, 1])"],
  [
    () => dl.cov(x, { fweights: int([1]) }),
    "cov: fweights must hold one weight for each of 3 observations (x [2, 3], fweights [1])",
  ],
  [() => dl.cov(x, { fweights: zeros([3]) }), "cov: fweights must be integers, got float32"],
  [() => dl.cov(x, { aweights: tensor([1, -1, 1]) }), "cov: aweights must not be negative, got -1"],
  [
    () => dl.linearScan(x, zeros([2]), { dim: 0 }),
    "linearScan: factor and x must have the same shape (factor [2, 3], x [2])",
  ],
])("%s", (call, message) => {
  expect(call).toThrow(message);
});
