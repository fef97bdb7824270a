import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const int = (values: Parameters<typeof tensor>[0]): dl.Tensor => tensor(values, { dtype: "int32" });
const x = zeros([2, 3]);

test.each<[() => unknown, string]>([
  [() => dl.sort(x, { dim: 2 }), "sort: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.topk(x, 4), "topk: k must be a whole number from 0 to the size of dim 1: got 4 and 3 (x [2, 3])"],
  [() => dl.topk(x, 1, { dim: 2 }), "topk: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.kthvalue(x, 0), "kthvalue: k must be a whole number from 1 to the size of dim -1: got 0 and 3 (x [2, 3])"],
  [() => dl.mode(zeros([2, 0])), "mode: dim 1 has size 0, so there is nothing to choose from (x [2, 0])"],
  [() => dl.quantile(x, 1.5), "quantile: q must lie in [0, 1], got 1.5"],
  [() => dl.quantile(zeros([0]), 0.5), "quantile: needs at least one element (x [0])"],
  [
    () => dl.nanquantile(int([1]), 0.5),
    'nanquantile: needs a floating-point tensor, got int32: convert with .to("float32")',
  ],
  [
    () => dl.searchsorted(x, zeros([3, 3])),
    "searchsorted: sorted must have 1 dimension or those of x but for the last (sorted [2, 3], x [3, 3])",
  ],
  [() => dl.bucketize(x, x), "bucketize: boundaries must have 1 dimension, got 2 (boundaries [2, 3])"],
  [() => dl.unique(zeros([2, 0]), { dim: 0 }), "unique: slices along dim 0 have no elements to compare (x [2, 0])"],
  [() => dl.bincount(x), "bincount: x must be integers, got float32"],
  [() => dl.bincount(int([-1])), "bincount: x must not be negative, got -1"],
  [
    () => dl.bincount(int([1]), { weights: x }),
    "bincount: x and weights differ in size: 1 and 6 (x [1], weights [2, 3])",
  ],
  [() => dl.histc(x, { bins: 0 }), "histc: bins must be a whole number from 1 on, got 0"],
  [() => dl.histc(x, { min: 2, max: 1 }), "histc: min must not be above max: 2 and 1"],
  [() => dl.histc(tensor([Number.NaN])), "histc: the range must be finite: got NaN and NaN"],
  [() => dl.gather(x, 1, zeros([2, 1])), 'gather: index must be int32, got float32: convert with .to("int32")'],
  [
    () => dl.gather(x, 1, int([[0], [3]])),
    "gather: index 3 is out of range for dim 1 of size 3 (x [2, 3], index [2, 1])",
  ],
  [() => dl.gather(x, 1, int([[-1]])), "gather: index -1 is out of range for dim 1 of size 3 (x [2, 3], index [1, 1])"],
  [() => dl.gather(x, 1, int([0])), "gather: x and index differ in rank: 2 and 1 (x [2, 3], index [1])"],
  [
    () => dl.gather(x, 1, int([[0], [0], [0]])),
    "gather: index is longer than x in dimension 0: 3 and 2 (x [2, 3], index [3, 1])",
  ],
  [
    () => dl.scatterAdd(x, 1, int([[0, 0]]), zeros([1, 1])),
    "scatterAdd: source must reach as far as index in every dimension (index [1, 2], source [1, 1])",
  ],
  [() => dl.scatterAdd(x, 1, int([[0]]), int([[1]])), "scatterAdd: x and source differ in dtype: float32 and int32"],
  [() => dl.softmax(x, { dim: 2 }), "softmax: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [
    () => dl.softmax(int([1]), { dim: 0 }),
    'softmax: needs a floating-point tensor, got int32: convert with .to("float32")',
  ],
])("%s", (call, message) => {
  expect(call).toThrow(message);
});
