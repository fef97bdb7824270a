import { type Tensor, tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import { clipGradNorm_, clipGradValue_, parametersToVector, vectorToParameters } from "../src/index.ts";
import { parameter } from "./parameter.ts";

const gradOf = (p: Tensor): unknown => p.grad?.tolist();

describe("clipGradNorm_", () => {
  it("scales all gradients by one norm", () => {
    const [a, b, c] = [parameter([0], [3]), parameter([0], [4]), parameter([0])];
    expect(clipGradNorm_([a, b, c], 2.5).item()).toBe(5);
    expect(a.grad?.item()).toBeCloseTo(1.5, 5);
    expect(b.grad?.item()).toBeCloseTo(2, 5);
  });

  it("scales each gradient by its own norm", () => {
    const [a, b] = [parameter([0, 0], [3, 4]), parameter([0], [0.5])];
    expect(clipGradNorm_([a, b], 1, { scope: "layer" }).item()).toBeCloseTo(Math.sqrt(25.25), 5);
    expect(a.grad?.toArray()[1]).toBeCloseTo(0.8, 5);
    expect(gradOf(b)).toEqual([0.5]);
  });

  it("knows other norms, and leaves small gradients alone", () => {
    const p = parameter([0, 0], [3, -4]);
    expect(clipGradNorm_(p, 10, { normType: 1 }).item()).toBeCloseTo(7, 5);
    expect(clipGradNorm_(p, 10, { normType: Number.POSITIVE_INFINITY }).item()).toBe(4);
    expect(clipGradNorm_(p, 10, { normType: 3 }).item()).toBeCloseTo(Math.cbrt(91), 5);
    expect(gradOf(p)).toEqual([3, -4]);
  });

  it("is 0 where there is no gradient", () => {
    expect(clipGradNorm_([parameter([1])], 1).item()).toBe(0);
  });

  it("refuses what makes no norm, and with errorIfNonfinite NaN, before anything changes", () => {
    const p = parameter([0, 0], [Number.NaN, 1]);
    expect(() => clipGradNorm_([p], -1)).toThrow("clipGradNorm_: maxNorm must be a number from 0 on, got -1");
    expect(() => clipGradNorm_([p], 1, { normType: 0 })).toThrow("clipGradNorm_: normType must be above 0, got 0");
    expect(() => clipGradNorm_([p], 1, { errorIfNonfinite: true })).toThrow(
      "clipGradNorm_: the norm of order 2 over 1 gradients is NaN",
    );
    expect(gradOf(p)).toEqual([Number.NaN, 1]);
    clipGradNorm_([p], 1);
    expect(gradOf(p)).toEqual([Number.NaN, Number.NaN]);
  });
});

it("clipGradValue_ limits every element", () => {
  const p = parameter([0, 0, 0], [3, -4, 0.25]);
  clipGradValue_([p, parameter([1])], 1);
  expect(gradOf(p)).toEqual([1, -1, 0.25]);
  expect(() => clipGradValue_(p, -1)).toThrow("clipGradValue_: clipValue must be a number from 0 on, got -1");
});

it("clipGradNorm_ knows two scopes", () => {
  expect(() => clipGradNorm_([], 1, { scope: "group" as "layer" })).toThrow(
    'clipGradNorm_: scope must be "global" or "layer", got "group"',
  );
});

it("parameters go to a vector and back", () => {
  const params = [
    tensor([
      [1, 2],
      [3, 4],
    ]),
    tensor(5),
  ];
  const vector = parametersToVector(params);
  expect(vector.tolist()).toEqual([1, 2, 3, 4, 5]);
  vectorToParameters(tensor([5, 4, 3, 2, 1]), params);
  expect(params.map((p) => p.tolist())).toEqual([
    [
      [5, 4],
      [3, 2],
    ],
    1,
  ]);
  expect(() => vectorToParameters(tensor([1, 2]), params)).toThrow(
    "vectorToParameters: the parameters have 5 elements (vector [2])",
  );
  expect(() => parametersToVector([])).toThrow("parametersToVector: needs at least one parameter, got an empty list");
});
