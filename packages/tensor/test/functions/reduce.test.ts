import * as dl from "@dl/tensor";
import { describe, expect, test } from "vitest";

const { tensor, zeros } = dl;
const int = (values: Parameters<typeof tensor>[0]): dl.Tensor => tensor(values, { dtype: "int32" });
const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;

describe("nothing to reduce", () => {
  const empty = zeros([0, 3]);
  test.each<[string, dl.Tensor, unknown]>([
    ["sum", dl.sum(empty, { dim: 0 }), [0, 0, 0]],
    ["prod", dl.prod(empty), 1],
    ["mean", dl.mean(empty, { dim: 0 }), [nan, nan, nan]],
    ["logsumexp", dl.logsumexp(empty, { dim: 0 }), [-inf, -inf, -inf]],
    ["variance", dl.variance(empty), nan],
    ["std of one", dl.std(tensor([1])), nan],
    ["all", dl.all(empty), true],
    ["any", dl.any(empty, { dim: 0 }), [false, false, false]],
    ["norm", dl.norm(empty), 0],
    ["median", dl.median(zeros([0])), nan],
    ["cumsum", dl.cumsum(zeros([0]), { dim: 0 }), []],
    ["max of no lines", dl.max(zeros([0, 2]), { dim: 1 }).values, []],
  ])("%s", (_, actual, expected) => {
    expect(actual.tolist()).toEqual(expected);
  });
});

describe("NaN and infinities", () => {
  const x = tensor([1, nan, 3]);
  test("max, min, median and argmax take the NaN", () => {
    expect([dl.max(x).item(), dl.min(x).item(), dl.median(x).item()]).toEqual([nan, nan, nan]);
    expect([dl.argmax(x).item(), dl.argmin(x).item(), dl.median(x, { dim: 0 }).indices.item()]).toEqual([1, 1, 1]);
  });
  test("the nan- functions leave it out", () => {
    expect([dl.nansum(x), dl.nanmean(x), dl.nanmedian(x), dl.nanquantile(x, 0.5)].map((y) => y.item())).toEqual([
      4, 2, 1, 2,
    ]);
  });
  test("logsumexp of infinities", () => {
    expect(
      dl
        .logsumexp(
          tensor([
            [-inf, -inf],
            [inf, 0],
          ]),
          { dim: 1 },
        )
        .tolist(),
    ).toEqual([-inf, inf]);
  });
  test("softmax of a line of -Infinity is NaN", () => {
    expect(
      dl
        .softmax(
          tensor([
            [-inf, -inf],
            [0, -inf],
          ]),
          { dim: 1 },
        )
        .tolist(),
    ).toEqual([
      [nan, nan],
      [1, 0],
    ]);
  });
});

describe("dtypes", () => {
  test.each<[string, dl.Tensor, dl.DType]>([
    ["sum of bool", dl.sum(tensor([true, true])), "int32"],
    ["prod of uint8", dl.prod(tensor([200, 200], { dtype: "uint8" })), "int32"],
    ["cumsum of bool", dl.cumsum(tensor([true, true]), { dim: 0 }), "int32"],
    ["max of int32", dl.max(int([1, 2])), "int32"],
    ["argmax", dl.argmax(tensor([1, 2])), "int32"],
    ["all of int32", dl.all(int([1, 2])), "bool"],
    ["any of uint8", dl.any(tensor([1], { dtype: "uint8" })), "uint8"],
    ["sum with dtype", dl.sum(int([1, 2]), { dtype: "float64" }), "float64"],
    ["mean with dtype", dl.mean(int([1, 2]), { dtype: "float32" }), "float32"],
    ["logsumexp of int32", dl.logsumexp(int([0])), "float32"],
  ])("%s", (_, { dtype }, expected) => {
    expect(dtype).toBe(expected);
  });
  test("int32 sums pass through what lies outside", () => {
    expect(dl.sum(int([2 ** 31 - 1, 2 ** 31 - 1, -(2 ** 31)])).item()).toBe(2 ** 31 - 2);
  });
});

describe("over several dimensions", () => {
  const x = dl.reshape(dl.arange(24), [2, 3, 4]);
  test("apart from each other, kept or not", () => {
    expect(dl.amax(x, { dim: [0, 2] }).tolist()).toEqual([15, 19, 23]);
    expect(dl.amin(x, { dim: [0, -1], keepdim: true }).shape).toEqual([1, 3, 1]);
    expect(dl.countNonzero(x, { dim: [0, 2] }).tolist()).toEqual([7, 8, 8]);
  });
  test("of a transposed tensor", () => {
    expect(dl.argmax(dl.transpose(x, 0, 2), { dim: 0 }).tolist()).toEqual([
      [3, 3],
      [3, 3],
      [3, 3],
    ]);
    expect(dl.argmin(x, { keepdim: true }).shape).toEqual([1, 1, 1]);
  });
});

describe("norms", () => {
  const x = tensor([
    [1, -2],
    [3, 4],
  ]);
  test("of matrices", () => {
    expect([1, -1, inf, -inf].map((ord) => dl.matrixNorm(x, { ord }).item())).toEqual([6, 4, 7, 3]);
    expect(dl.matrixNorm(zeros([2, 3, 4]), { keepdim: true }).shape).toEqual([2, 1, 1]);
    expect(dl.linalgNorm(x, { ord: 1, dim: [1, 0] }).item()).toBe(7);
  });
  test("of vectors", () => {
    expect([0, 1, inf, -inf].map((p) => dl.norm(x, { p }).item())).toEqual([4, 10, 4, 1]);
    expect(dl.linalgNorm(tensor([3, -4]), { ord: inf }).item()).toBe(4);
  });
});

describe("gradient", () => {
  const x = tensor([
    [1, 4, 9, 16],
    [3, 1, 4, 1],
  ]);
  test("one result for each dimension, in the order asked for", () => {
    const found = dl.gradient(x, { spacing: [0.5, 2], dim: [1, 0] });
    expect(found.map((slope) => slope.tolist())).toEqual([
      [
        [6, 8, 12, 14],
        [-4, 1, 0, -6],
      ],
      [
        [1, -1.5, -2.5, -7.5],
        [1, -1.5, -2.5, -7.5],
      ],
    ]);
  });
  test("is exact for a parabola between uneven places", () => {
    const places = tensor([0, 1, 3, 4], { dtype: "float64" });
    const [slope] = dl.gradient(dl.mul(places, places), { spacing: [places], edgeOrder: 2 });
    [0, 2, 6, 8].forEach((expected, i) => {
      expect(slope?.toArray()[i]).toBeCloseTo(expected, 12);
    });
  });
});

describe("covariance", () => {
  test("with weights, as torch.cov", () => {
    const x = tensor(
      [
        [0, 1, 2],
        [2, 0, 5],
      ],
      { dtype: "float64" },
    );
    const aweights = tensor([0.5, 1, 2], { dtype: "float64" });
    const found = dl.cov(x, { fweights: int([1, 2, 3]), aweights });
    const expected = [0.4310344827586207, 1.310344827586207, 1.310344827586207, 5.706896551724138];
    found.toArray().forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 10);
    });
  });
  test("of one variable", () => {
    expect([dl.cov(tensor([1, 3])).shape, dl.corrcoef(tensor([1, 3])).item()]).toEqual([[], 1]);
  });
});
