import { Generator, ones, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { Parameter } from "../../src/index.ts";
import * as init from "../../src/init/index.ts";

describe("init", () => {
  test("overwrites a parameter without touching its gradient", () => {
    const weight = new Parameter(zeros([2, 3]));
    expect(init.kaimingUniform_(weight)).toBe(weight);
    expect(weight.isLeaf && weight.requiresGrad).toBe(true);
    expect(
      weight
        .detach()
        .toArray()
        .every((value) => value !== 0),
    ).toBe(true);
  });

  test("takes a generator of one's own", () => {
    const draw = (): unknown => init.normal_(zeros([3]), { generator: new Generator(7) }).tolist();
    expect(draw()).toEqual(draw());
  });

  test("knows the gains", () => {
    expect(init.calculateGain("relu")).toBe(Math.SQRT2);
    expect(init.calculateGain("leakyRelu", { negativeSlope: 0.2 })).toBeCloseTo(1.3867504905630728, 12);
    expect(init.calculateGain("selu")).toBe(0.75);
  });

  test("makes rows orthogonal in float64 too", () => {
    const x = init.orthogonal_(zeros([3, 8], { dtype: "float64" }));
    const [a = [], b = []] = x.tolist() as number[][];
    const dot = a.reduce((total, value, i) => total + value * (b[i] as number), 0);
    expect(Math.abs(dot)).toBeLessThan(1e-14);
  });

  test("leaves empty weights alone", () => {
    expect(init.kaimingNormal_(zeros([2, 0])).shape).toEqual([2, 0]);
    expect(init.orthogonal_(zeros([0, 2])).shape).toEqual([0, 2]);
  });
});

describe("init says what is wrong", () => {
  test.each<[() => unknown, string]>([
    [
      () => init.xavierUniform_(zeros([3])),
      "xavierUniform_: needs a weight with at least 2 dimensions, [out, in, ...kernel] (x [3])",
    ],
    [
      () => init.kaimingNormal_(zeros([3])),
      "kaimingNormal_: needs a weight with at least 2 dimensions, [out, in, ...kernel] (x [3])",
    ],
    [() => init.eye_(zeros([1, 2, 3])), "eye_: needs a matrix (x [1, 2, 3])"],
    [() => init.sparse_(zeros([3]), 0.5), "sparse_: needs a matrix (x [3])"],
    [() => init.sparse_(zeros([3, 2]), 1.5), "sparse_: sparsity must be between 0 and 1, got 1.5"],
    [() => init.dirac_(zeros([2, 2])), "dirac_: needs the weight of a convolution, 3 to 5 dimensions (x [2, 2])"],
    [
      () => init.dirac_(zeros([3, 2, 2]), { groups: 2 }),
      "dirac_: groups 2 do not divide 3 output channels (x [3, 2, 2])",
    ],
    [() => init.orthogonal_(zeros([3])), "orthogonal_: needs at least 2 dimensions (x [3])"],
    [() => init.uniform_(zeros([3]), { a: 2, b: 1 }), "uniform_: a must not be above b: 2 and 1"],
    [() => init.truncNormal_(zeros([3]), { a: 2, b: 1 }), "truncNormal_: a must not be above b: 2 and 1"],
    [() => init.normal_(zeros([3]), { std: -1 }), "normal_: std must not be negative, got -1"],
    [() => init.normal_(ones([3], { dtype: "int32" })), "normal_: needs a floating-point tensor, got int32"],
  ])("%#", (call, message) => {
    expect(call).toThrow(message);
  });
});
