import {
  add,
  argmax,
  argmin,
  cat,
  copy_,
  div,
  eq,
  flip,
  Generator,
  gather,
  gruCell,
  indexAdd,
  indexSelect,
  linear,
  lstmCell,
  maskedFill,
  matmul,
  mul,
  ne,
  pad,
  permute,
  randn,
  scatterAdd,
  select,
  sliceScatter,
  softmax,
  std,
  sub,
  sum,
  type Tensor,
  tensor,
  to,
  transpose,
  useDevice,
  variance,
  wasmFallbacks,
  where,
  zeros,
} from "@dl/tensor";
import {
  biasedMatmul,
  gatherRows,
  layerNormInputGradient,
  layerNormWeightGradient,
  logSoftmaxGradient,
  scatterRows,
  stridedScatterAdd,
} from "@dl/tensor/primitives";
import { afterAll, describe, expect, test } from "vitest";

const float = (...shape: number[]): Tensor => randn(shape, { generator: new Generator(shape.length + 3) });
const ints = (shape: readonly number[], below: number): Tensor =>
  tensor(
    Int32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * 7 + 3) % below),
    { shape, dtype: "int32" },
  );
const truths = (...shape: number[]): Tensor => to(ints(shape, 2), { dtype: "bool" });
const norm = { span: 1, eps: 1e-5 };
const cell = { weightIh: (): Tensor => float(12, 3), weightHh: (): Tensor => float(12, 3) };

/** What training does often. */
const calls: Readonly<Record<string, () => Tensor>> = {
  "a row beside a matrix": () => add(float(5, 7), float(7)),
  "a column beside a matrix": () => mul(float(5, 70), float(5, 1)),
  "transposed operands": () => sub(transpose(float(5, 7), 0, 1), float(7, 5)),
  "a number first": () => sub(3, float(9)),
  "a mask that broadcasts": () => maskedFill(float(3, 4, 6), truths(4, 1), -1),
  "a transposed mask": () => where(transpose(truths(6, 5), 0, 1), float(5, 6), 0),
  "int32 that wraps": () => mul(ints([40], 37), 2 ** 30 + 1),
  "int32 beyond 2^24": () => eq(tensor([16777217, 16777216], { dtype: "int32" }), 16777216),
  "int32 compared": () => ne(ints([5, 6], 9), ints([6], 9)),
  "int32 chosen": () => where(truths(30), ints([30], 99), -100),
  "float32 divided by int32": () => div(float(4, 3), ints([3], 9).add(1)),
  "addmm with a matrix": () => biasedMatmul(float(5, 6), float(5, 3), float(3, 6)),
  "a product of few rows by Wᵀ": () => linear(float(8, 20), float(13, 20), float(13)),
  "a product of few rows by Wᵀ, added to a matrix": () =>
    biasedMatmul(float(5, 6), float(5, 3), transpose(float(6, 3), 0, 1)),
  "products of a batch": () => matmul(float(2, 1, 4, 3), transpose(float(5, 6, 3), 1, 2)),
  "gather dim 0": () => gather(float(5, 6), 0, ints([3, 6], 5)),
  "gather dim 1 of int32": () => gather(ints([4, 9, 2], 50), 1, ints([4, 1, 2], 9)),
  "scatterAdd dim 1": () => scatterAdd(float(4, 5, 3), 1, ints([4, 8, 3], 5), float(4, 8, 3)),
  "indexSelect dim 1": () => indexSelect(float(3, 5, 2), 1, ints([7], 5)),
  "indexAdd dim 1": () => indexAdd(float(3, 5, 2), 1, ints([7], 5), float(3, 7, 2)),
  "embedding rows": () => gatherRows(float(9, 6), ints([2, 4], 9)),
  "embedding gradient": () => scatterRows(float(11, 6), ints([11], 4), { rows: 5, paddingIdx: 1 }),
  "cat dim 1": () => cat([float(3, 2), transpose(float(5, 3), 0, 1), zeros([0])], { dim: 1 }),
  "cat of bool": () => cat([truths(2, 3), truths(2, 2)], { dim: 1 }),
  pad: () => pad(float(2, 3, 4), [1, -1, 2, 0], { value: 5 }),
  "write of a slice": () => sliceScatter(float(6, 5), float(6, 2), { dim: 1, start: 1, end: 5, step: 2 }),
  "windows that overlap": () => stridedScatterAdd(float(4, 3), [6], { shape: [4, 3], strides: [1, 1], offset: 0 }),
  "copy into a view": () => {
    const x = float(5, 4);
    copy_(select(x, 1, 2), float(5));
    return x;
  },
  "copy of strided bytes": () => permute(truths(3, 4, 5), [2, 0, 1]).contiguous(),
  "bool to float32": () => to(transpose(truths(3, 5), 0, 1), { dtype: "float32" }),
  "bool to int32": () => to(truths(9), { dtype: "int32" }),
  "int32 to float32": () => to(ints([9], 5), { dtype: "float32" }),
  "int32 to bool": () => to(ints([9], 3), { dtype: "bool" }),
  "float32 to bool": () => to(tensor([0, -0, Number.NaN, 1e-40, 2]), { dtype: "bool" }),
  "sum of bool": () => sum(truths(4, 5, 3), { dim: 1 }),
  "argmax dim 1": () => argmax(float(4, 9, 3), { dim: 1 }),
  "argmin with NaN": () =>
    argmin(
      tensor([
        [3, Number.NaN, -1],
        [2, 1, 1],
      ]),
      { dim: 1 },
    ),
  "variance dim 1": () => variance(float(4, 9, 3), { dim: 1 }),
  "std of all": () => std(float(4, 50)),
  "softmax dim 0": () => softmax(float(6, 4), { dim: 0 }),
  "logSoftmaxGradient dim 1": () => logSoftmaxGradient(float(3, 5, 4), float(3, 5, 4), { dim: 1 }),
  "layerNorm gradient": () => layerNormInputGradient(float(5, 12), float(5, 12), float(12), norm),
  "layerNorm weight gradient": () => layerNormWeightGradient(float(5, 12), float(5, 12), norm),
  "LSTM cell": () =>
    lstmCell(float(2, 3), [float(2, 3), float(2, 3)], { weightIh: cell.weightIh(), weightHh: cell.weightHh() })[1],
  "GRU cell": () => gruCell(float(2, 4), float(2, 4), { weightIh: float(12, 4), weightHh: float(12, 4) }),
};

afterAll(() => useDevice("wasm"));

test.each(Object.entries(calls))("%s: a kernel, with the numbers of the reference loops", (_, call) => {
  useDevice("cpu");
  const expected = call();
  useDevice("wasm");
  const before = new Map(wasmFallbacks());
  const found = call();
  expect([...wasmFallbacks()].filter(([name, count]) => count !== before.get(name))).toEqual([]);
  expect([found.dtype, found.shape]).toEqual([expected.dtype, expected.shape]);
  const wanted = expected.toArray();
  found.toArray().forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i] as number, 5);
  });
});

describe("an index outside", () => {
  const x = (): Tensor => float(2, 3);
  const outside = (): Tensor => tensor([[0], [3]], { dtype: "int32" });
  test.each<[string, () => Tensor]>([
    ["gather: index 3 is out of range for dim 1 of size 3 (x [2, 3], index [2, 1])", () => gather(x(), 1, outside())],
    [
      "scatterAdd: index 3 is out of range for dim 1 of size 3 (x [2, 3], index [2, 1])",
      () => scatterAdd(x(), 1, outside(), float(2, 1)),
    ],
    [
      "indexSelect: index 3 is out of range for dim 1 of size 3 (x [2, 3], index [2])",
      () => indexSelect(x(), 1, tensor([0, 3], { dtype: "int32" })),
    ],
    [
      "indexAdd: index -1 is out of range for dim 0 of size 2 (x [2, 3], index [1])",
      () => indexAdd(x(), 0, tensor([-1], { dtype: "int32" }), float(1, 3)),
    ],
    [
      "embedding: index 2 is out of range for 2 rows (weight [2, 3], indices [1])",
      () => gatherRows(x(), tensor([2], { dtype: "int32" })),
    ],
  ])("%s", (sentence, call) => {
    for (const device of ["cpu", "wasm"] as const) {
      useDevice(device);
      expect(call).toThrow(sentence);
    }
  });
});

test("the same inputs give the same bits", () => {
  useDevice("wasm");
  const once = (): number[] => Array.from(softmax(add(flip(float(33, 7), 0), float(7)), { dim: 0 }).toArray());
  expect(once()).toEqual(once());
});
