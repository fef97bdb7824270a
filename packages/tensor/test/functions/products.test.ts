import {
  addbmm,
  addmm,
  addr,
  cdist,
  chainMatmul,
  inner,
  kron,
  linear,
  matmul,
  multiDot,
  ones,
  pdist,
  tensor,
  tensordot,
  transpose,
} from "@dl/tensor";
import { expect, test } from "vitest";

const a = tensor([
  [1, 2],
  [3, 4],
]);
const b = tensor([
  [0, 1],
  [1, 0],
]);

test("beta 0 ignores what is added, NaN and all", () => {
  expect(addmm(tensor([[Number.NaN]]), a, b, { beta: 0 }).tolist()).toEqual([
    [2, 1],
    [4, 3],
  ]);
});

test("factors of integers are cut off to whole numbers", () => {
  const x = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    { dtype: "int32" },
  );
  expect(addmm(x, x, x, { beta: 0.2, alpha: 1.6 }).tolist()).toEqual([
    [7, 10],
    [15, 22],
  ]);
});

test("addr of truth values", () => {
  const x = tensor([true, false]);
  const sum = addr(tensor([[false, true]]), x, x);
  expect([sum.dtype, sum.tolist()]).toEqual([
    "bool",
    [
      [true, true],
      [false, true],
    ],
  ]);
});

test("addbmm adds up a batch", () => {
  const batch = tensor([
    [
      [1, 2],
      [3, 4],
    ],
    [
      [0, 1],
      [1, 0],
    ],
  ]);
  expect(addbmm(ones([2, 2]), batch, batch, { alpha: 2 }).tolist()).toEqual([
    [17, 21],
    [31, 47],
  ]);
});

test("inner and tensordot", () => {
  expect(inner(a, b).tolist()).toEqual(matmul(a, transpose(b)).tolist());
  expect(tensordot(a, b, { dims: 0 }).shape).toEqual([2, 2, 2, 2]);
  expect(tensordot(a, a).item()).toBe(30);
});

test("kron fills up the shorter shape", () => {
  expect(kron(a, tensor([1, 10])).tolist()).toEqual([
    [1, 10, 2, 20],
    [3, 30, 4, 40],
  ]);
});

test("chains of products do not depend on the order", () => {
  const [x, y, z] = [ones([2, 5]), ones([5, 3]), ones([3, 4])];
  expect(chainMatmul(x, y, z).tolist()).toEqual(matmul(matmul(x, y), z).tolist());
  expect(multiDot([ones([5]), y, ones([3])]).item()).toBe(15);
});

test("linear takes any number of leading dimensions", () => {
  const [weight, bias] = [
    tensor([
      [1, 2],
      [0, 1],
      [1, 0],
    ]),
    tensor([0, 10, 100]),
  ];
  expect(linear(tensor([1, 2]), weight, bias).tolist()).toEqual([5, 12, 101]);
  expect(linear(ones([2, 0, 2]), weight, bias).shape).toEqual([2, 0, 3]);
  expect(linear(ones([4, 1, 2]), weight, bias).tolist()).toEqual(Array.from({ length: 4 }, () => [[3, 11, 101]]));
  expect(linear(a, tensor([1, 1])).tolist()).toEqual([3, 7]);
});

test("distances of several powers", () => {
  const x = tensor([
    [0, 0],
    [3, 4],
  ]);
  expect(cdist(x, x, { p: 1 }).tolist()).toEqual([
    [0, 7],
    [7, 0],
  ]);
  expect(pdist(x, { p: Number.POSITIVE_INFINITY }).tolist()).toEqual([4]);
  expect(pdist(ones([1, 2])).shape).toEqual([0]);
});
