import * as dl from "@dl/tensor";
import { describe, expect, test } from "vitest";

const { tensor, zeros } = dl;
const x = zeros([2, 3]);

/** What plain JavaScript may pass where the types forbid it. */
const wrong = (value: unknown): never => value as never;

describe("nested arrays", () => {
  test.each<[unknown, string]>([
    [[[1], [1, 2]], "tensor: ragged: lengths 1 and 2 at depth 1"],
    [[[[1]], [[1], [2]]], "tensor: ragged: lengths 1 and 2 at depth 1"],
    [[[1], 2], "tensor: ragged: expected an array of 1 at depth 1, got 2"],
    [[1, [2]], "tensor: needs numbers or booleans at depth 1, got an array"],
    [["a"], "tensor: needs numbers or booleans at depth 1, got a"],
    [[1, null], "tensor: needs numbers or booleans at depth 1, got null"],
    [undefined, "tensor: needs numbers or booleans at depth 0, got undefined"],
  ])("%j", (data, sentence) => {
    expect(() => tensor(wrong(data))).toThrow(sentence);
  });

  test.each<[number, dl.DType, string]>([
    [Number.NaN, "int32", "tensor: element 1 is NaN, which does not fit int32"],
    [2 ** 31, "int32", "tensor: element 1 is 2147483648, which does not fit int32"],
    [Number.NEGATIVE_INFINITY, "int32", "tensor: element 1 is -Infinity, which does not fit int32"],
    [256, "uint8", "tensor: element 1 is 256, which does not fit uint8"],
  ])("%d as %s", (value, dtype, sentence) => {
    expect(() => tensor([0, value], { dtype })).toThrow(sentence);
  });

  test("what fits: the whole of int32, without its fraction; negative uint8 wraps", () => {
    expect(tensor([-(2 ** 31) - 0.5, 2 ** 31 - 0.5], { dtype: "int32" }).tolist()).toEqual([-(2 ** 31), 2 ** 31 - 1]);
    expect(tensor([-1, 255.5], { dtype: "uint8" }).tolist()).toEqual([255, 255]);
  });
});

test("a typed array is stored as its dtype says", () => {
  const halves = Float64Array.of(0.1, -0, 2.5);
  expect(tensor(halves, { dtype: "float32" }).tolist()).toEqual([Math.fround(0.1), -0, 2.5]);
  expect(tensor(halves, { dtype: "int32" }).tolist()).toEqual([0, 0, 2]);
  expect(tensor(halves, { dtype: "bool" }).tolist()).toEqual([true, false, true]);
  expect(() => tensor(halves, { shape: [2, 2] })).toThrow("tensor: shape [2, 2] needs 4 elements, got 3");
});

describe.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, -2])("a size of %d", (n) => {
  const sizes = `sizes must be whole numbers from 0 on: got [${n}]`;
  test.each<[string, () => unknown, string]>([
    ["tensor", () => tensor(new Float32Array(2), { shape: [n] }), sizes],
    ["zeros", () => zeros([n]), sizes],
    ["ones", () => dl.ones([n]), sizes],
    ["full", () => dl.full([n], 1), sizes],
    ["rand", () => dl.rand([n]), sizes],
    ["randn", () => dl.randn([n]), sizes],
    ["randint", () => dl.randint(0, 3, [n]), sizes],
    ["reshape", () => dl.reshape(x, [n]), sizes],
    ["view", () => dl.view(x, [n]), sizes],
    ["eye", () => dl.eye(n), `sizes must be whole numbers from 0 on: got ${n} and ${n}`],
    ["linspace", () => dl.linspace(0, 1, n), `steps must be a whole number from 0 on: got ${n}`],
    ["narrow", () => dl.narrow(x, 0, 0, n), `start 0 and length ${n} leave dim 0 of size 2 (x [2, 3])`],
    ["topk", () => dl.topk(x, n), `k must be a whole number from 0 to the size of dim 1: got ${n} and 3 (x [2, 3])`],
  ])("%s", (name, call, sentence) => {
    expect(call).toThrow(`${name}: ${sentence}`);
  });
});

test.each<[() => unknown, string]>([
  [() => zeros(wrong(3)), "zeros: sizes must be an array: got 3"],
  [() => zeros(wrong(undefined)), "zeros: sizes must be an array: got undefined"],
  [
    () => zeros([2], { dtype: wrong("float16") }),
    "zeros: dtype must be bool, uint8, int32, float32, float64: got float16",
  ],
  [
    () => tensor([1], { dtype: wrong("int64") }),
    "tensor: dtype must be bool, uint8, int32, float32, float64: got int64",
  ],
  [() => dl.to(x, { dtype: wrong("half") }), "to: dtype must be bool, uint8, int32, float32, float64: got half"],
  [() => dl.slice(x, { start: 0.5 }), "slice: start and end must be whole numbers: got 0.5 and undefined (x [2, 3])"],
  [
    () => dl.slice(x, { end: Number.NaN }),
    "slice: start and end must be whole numbers: got undefined and NaN (x [2, 3])",
  ],
  [() => dl.slice(x, { step: 0 }), "slice: step must be a whole number from 1 on: got 0"],
  [() => dl.slice(tensor(1)), "slice: a 0-d tensor has nothing to slice (x [])"],
  [() => dl.select(tensor(1), 0, 0), "select: a 0-d tensor has nothing to select from (x [])"],
  [() => dl.transpose(x, 0, 1).view([6]), "view: shape [6] does not fit the strides [1, 3]: use reshape (x [3, 2])"],
])("%s says what is wrong", (call, sentence) => {
  expect(call).toThrow(sentence);
});

test("an end beyond the end is the end", () => {
  expect(dl.slice(x, { end: Number.POSITIVE_INFINITY }).shape).toEqual([2, 3]);
});

describe("without a history", () => {
  test.each<[() => unknown, string]>([
    [
      () => x.backward(),
      "backward: nothing here requires a gradient: mark a leaf with requiresGrad_ of @dl/autograd (x [2, 3])",
    ],
    [
      () => {
        zeros([2]).grad = zeros([2]);
      },
      "grad: this tensor does not require a gradient: mark it with requiresGrad_ of @dl/autograd (x [2])",
    ],
    [
      () => {
        zeros([2]).grad = zeros([3]);
      },
      "grad: must have the shape of the tensor (gradient [3], x [2])",
    ],
  ])("%s", (act, sentence) => {
    expect(act).toThrow(sentence);
  });
});

test("operands on different devices, and what is not ready", () => {
  dl.useDevice("cpu");
  const here = zeros([2]);
  dl.useDevice("wasm");
  const there = zeros([2]);
  expect(() => dl.add(here, there)).toThrow(
    "add: operands are on different devices (x on cpu, y on wasm): move one with .to(device)",
  );
  expect(() => dl.scope(wrong(async () => there))).toThrow(
    "scope: the body must not be async: its memory would be given back before it ends",
  );
});
