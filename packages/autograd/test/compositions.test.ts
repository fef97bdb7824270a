import {
  batchNorm,
  bilinear,
  cdist,
  einsum,
  embedding,
  embeddingBag,
  Generator,
  groupNorm,
  instanceNorm,
  layerNorm,
  linear,
  localResponseNorm,
  lpPool2d,
  multiDot,
  rand,
  randn,
  type Tensor,
  tensor,
  useDevice,
} from "@dl/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { requiresGrad_ } from "../src/leaf.ts";
import { gradcheck } from "../src/testing.ts";

beforeAll(() => useDevice("cpu"));

const generator = new Generator(5);
const some = (...shape: number[]): Tensor => randn(shape, { dtype: "float64", generator });
const positive = (...shape: number[]): Tensor => rand(shape, { dtype: "float64", generator });

describe("compositions are differentiated twice", () => {
  test.each<[string, (...xs: Tensor[]) => Tensor, Tensor[]]>([
    ["linear", (x, w, b) => linear(x, w, b), [some(2, 3, 4), some(5, 4), some(5)]],
    ["bilinear", (x, y, w, b) => bilinear(x, y, w, b), [some(3, 2), some(3, 4), some(5, 2, 4), some(5)]],
    ["einsum", (x, y, z) => einsum("bij,...jk,kk->...bi", x, y, z), [some(2, 3, 2), some(3, 2, 2), some(2, 2)]],
    ["multiDot", (x, y, z) => multiDot([x, y, z]), [some(3), some(3, 2), some(2, 4)]],
    ["cdist", (x, y) => cdist(x, y), [some(3, 4), some(2, 4)]],
    ["groupNorm", (x, w, b) => groupNorm(x, 2, { weight: w, bias: b }), [some(2, 4, 3), some(4), some(4)]],
    ["instanceNorm", (x, w) => instanceNorm(x, { weight: w }), [some(2, 2, 5), some(2)]],
    ["layerNorm", (x, b) => layerNorm(x, [3, 4], { bias: b }), [some(2, 3, 4), some(3, 4)]],
    ["localResponseNorm", (x) => localResponseNorm(x, 3, { alpha: 0.5 }), [some(2, 4, 3)]],
    ["lpPool2d", (x) => lpPool2d(x, 3, { kernelSize: 2 }), [positive(1, 2, 4, 4)]],
    [
      "batchNorm with given statistics",
      (x, m, v, w, b) => batchNorm(x, m, v, { weight: w, bias: b }),
      [some(3, 2, 2), some(2), positive(2), some(2), some(2)],
    ],
  ])("%s", (_, fn, inputs) => {
    expect(() => gradcheck(fn, inputs, { second: true })).not.toThrow();
  });
});

const ints = (...list: number[]): Tensor => tensor(list, { dtype: "int32" });
const gradientOf = (weight: Tensor, body: (weight: Tensor) => Tensor): unknown => {
  body(requiresGrad_(weight)).backward({ gradient: tensor([[1], [2], [4]]) });
  return weight.grad?.tolist();
};

test("embedding adds the gradients of a row up, but not of the padding row", () => {
  const table = (): Tensor => tensor([[1], [2], [3]]);
  expect(gradientOf(table(), (w) => embedding(ints(2, 0, 2), w))).toEqual([[2], [0], [5]]);
  expect(gradientOf(table(), (w) => embedding(ints(2, 0, 2), w, { paddingIdx: 0 }))).toEqual([[0], [0], [5]]);
  expect(gradientOf(table(), (w) => embedding(ints(2, 0, 2), w, { scaleGradByFreq: true }))).toEqual([[2], [0], [2.5]]);
});

test("the maximum of a bag sends its gradient to one row", () => {
  const offsets = ints(0, 2, 2);
  expect(gradientOf(tensor([[1], [2], [3]]), (w) => embeddingBag(ints(0, 1, 2), w, { offsets, mode: "max" }))).toEqual([
    [0],
    [1],
    [4],
  ]);
});
