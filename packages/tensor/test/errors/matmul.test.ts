import {
  addbmm,
  addmm,
  addmv,
  addr,
  baddbmm,
  bilinear,
  bmm,
  cdist,
  chainMatmul,
  dot,
  einsum,
  inner,
  linear,
  matmul,
  mm,
  multiDot,
  mv,
  ones,
  outer,
  pdist,
  tensordot,
  trace,
  zeros,
} from "@dl/tensor";
import { expect, test } from "vitest";

test("ranks and inner sizes", () => {
  expect(() => mm(ones([3]), ones([3, 2]))).toThrow("mm: x must have 2 dimensions, got 1 (x [3])");
  expect(() => mm(ones([2, 3]), ones([2, 2]))).toThrow("mm: inner sizes differ: 3 and 2 (x [2, 3], y [2, 2])");
  expect(() => bmm(ones([2, 3, 4]), ones([3, 4, 2]))).toThrow(
    "bmm: batches differ: 2 and 3 (x [2, 3, 4], y [3, 4, 2])",
  );
  expect(() => dot(ones([2, 2]), ones([2]))).toThrow("dot: x must have 1 dimension, got 2 (x [2, 2])");
  expect(() => mv(ones([2, 2]), ones([3]))).toThrow("mv: inner sizes differ: 2 and 3 (x [2, 2], y [3])");
  expect(() => outer(ones([2, 2]), ones([3]))).toThrow("outer: x must have 1 dimension, got 2 (x [2, 2])");
  expect(() => inner(ones([2, 2]), ones([3]))).toThrow("inner: last sizes differ: 2 and 3 (x [2, 2], y [3])");
  expect(() => addbmm(ones([1]), ones([2, 3, 4]), ones([2, 3, 4]))).toThrow(
    "addbmm: batches or inner sizes differ (x [2, 3, 4], y [2, 3, 4])",
  );
  expect(() => trace(ones([3]))).toThrow("trace: needs a matrix, got 1 dimensions (x [3])");
  expect(() => matmul(ones([2, 2]), zeros([2, 2], { dtype: "int32" }))).toThrow(
    "matmul: operands must have one dtype, got x float32, y int32",
  );
});

test("added tensors", () => {
  expect(() => addmm(ones([3, 3]), ones([2, 4]), ones([4, 5]))).toThrow(
    "addmm: sizes 3 and 5 do not broadcast at dimension 1",
  );
  expect(() => addmv(ones([3]), ones([2, 4]), ones([4]))).toThrow(
    "addmv: sizes 3 and 2 do not broadcast at dimension 0 (bias [3], product [2])",
  );
  expect(() => addmv(ones([3, 1]), ones([1, 4]), ones([4]))).toThrow(
    "addmv: bias does not broadcast to the product (bias [3, 1], product [1])",
  );
  const whole = zeros([1, 1, 1], { dtype: "int32" });
  expect(() => baddbmm(whole, ones([1, 1, 1]), ones([1, 1, 1]))).toThrow(
    "baddbmm: operands must have one dtype, got bias int32, x float32, y float32",
  );
  const row = zeros([1], { dtype: "int32" });
  expect(() => addr(row, row, row, { alpha: 0.5 })).toThrow("addr: alpha must be whole for int32, got 0.5");
});

test("chains", () => {
  expect(() => multiDot([ones([2])])).toThrow("multiDot: needs at least two tensors, got 1");
  expect(() => multiDot([ones([2, 2]), ones([2]), ones([2, 2])])).toThrow(
    "multiDot: tensor 1 must be a matrix (tensor 1 [2])",
  );
  expect(() => chainMatmul(ones([2, 3]), ones([2, 2]))).toThrow(
    "chainMatmul: inner sizes of matrices 0 and 1 differ: 3 and 2",
  );
});

test("tensordot", () => {
  expect(() => tensordot(ones([2, 3]), ones([2, 3]), { dims: 1 })).toThrow(
    "tensordot: sizes differ: 3 at dim 1 and 2 at dim 0 (x [2, 3], y [2, 3])",
  );
  expect(() => tensordot(ones([2, 3]), ones([2, 3]), { dims: 3 })).toThrow(
    "tensordot: dims must be a whole number from 0 to 2, got 3",
  );
  expect(() =>
    tensordot(ones([2, 2]), ones([2, 2]), {
      dims: [
        [0, 0],
        [0, 1],
      ],
    }),
  ).toThrow("tensordot: a dim appears more than once: [0, 0] and [0, 1]");
});

test("einsum", () => {
  expect(() => einsum("ij,jk->ik", ones([3, 4]), ones([5, 2]))).toThrow(
    "einsum: j has size 5 in operand 1 and 4 before (operand 0 [3, 4], operand 1 [5, 2])",
  );
  expect(() => einsum("ij,jk->ik", ones([3, 4]))).toThrow('einsum: "ij,jk->ik" names 2 operands, got 1');
  expect(() => einsum("ijk->ij", ones([3, 4]))).toThrow(
    'einsum: "ijk->ij" names 3 dimensions of operand 0, which has 2 (operand 0 [3, 4])',
  );
  expect(() => einsum("ii->i", ones([4, 3]))).toThrow("einsum: i is repeated with sizes 4 and 3 (operand 0 [4, 3])");
  expect(() => einsum("ij->iij", ones([3, 4]))).toThrow('einsum: i appears more than once in the output of "ij->iij"');
  expect(() => einsum("ij->k", ones([3, 4]))).toThrow('einsum: k of the output of "ij->k" is in no operand');
  expect(() => einsum("i1->i", ones([3, 4]))).toThrow(
    'einsum: subscripts must be letters and "...": got "i1" in "i1->i"',
  );
  expect(() => einsum("......->", ones([3, 4]))).toThrow(
    'einsum: "..." appears more than once in "......" of "......->"',
  );
});

test("linear and bilinear", () => {
  expect(() => linear(ones([3, 4]), ones([3, 5]))).toThrow(
    "linear: weight takes 5 features, x has 4 (x [3, 4], weight [3, 5])",
  );
  expect(() => linear(ones([3, 4]), ones([3, 4]), ones([2]))).toThrow(
    "linear: bias must be [3], one number for each output (bias [2], weight [3, 4])",
  );
  expect(() => bilinear(ones([2, 2]), ones([2, 4]), ones([5, 2, 3]))).toThrow(
    "bilinear: weight takes 2 and 3 features (x1 [2, 2], x2 [2, 4], weight [5, 2, 3])",
  );
});

test("distances", () => {
  expect(() => cdist(ones([2, 3]), ones([2, 4]))).toThrow("cdist: rows have 3 and 4 elements (x [2, 3], y [2, 4])");
  expect(() => cdist(ones([2, 3]), ones([2, 3]), { p: -1 })).toThrow("cdist: p must not be negative, got -1");
  expect(() => pdist(ones([3]))).toThrow("pdist: needs a matrix, got 1 dimensions (x [3])");
});
