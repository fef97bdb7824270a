import * as dl from "@dl/tensor";
import { beforeEach, describe, expect, test } from "vitest";

const { tensor, useDevice } = dl;

const pairs = {
  abs: [dl.abs, dl.abs_],
  exp: [dl.exp, dl.exp_],
  floor: [dl.floor, dl.floor_],
  logicalNot: [dl.logicalNot, dl.logicalNot_],
  neg: [dl.neg, dl.neg_],
  reciprocal: [dl.reciprocal, dl.reciprocal_],
  relu: [dl.relu, dl.relu_],
  round: [dl.round, dl.round_],
  sigmoid: [dl.sigmoid, dl.sigmoid_],
  sqrt: [dl.sqrt, dl.sqrt_],
  tanh: [dl.tanh, dl.tanh_],
} as const;

describe.each(["cpu", "wasm"] as const)("on %s", (device) => {
  beforeEach(() => void useDevice(device));

  test.each(Object.entries(pairs))("%s_ writes what the function returns", (_, [plain, inPlace]) => {
    const x = tensor([0.5, 1.5, 4]);
    const expected = Array.from(plain(x).toArray(), Number);
    expect(inPlace(x)).toBe(x);
    expect(Array.from(x.toArray())).toEqual(expected);
  });

  test("with operands and options", () => {
    const x = tensor([1, 2]);
    expect(dl.add_(x, tensor([10, 20]), { alpha: 0.5 })).toBe(x);
    expect(x.tolist()).toEqual([6, 12]);
    expect(dl.clamp_(x, { max: 8 }).tolist()).toEqual([6, 8]);
    expect(dl.lerp_(x, tensor([0, 0]), 0.5).tolist()).toEqual([3, 4]);
    expect(dl.addcmul_(x, tensor([1, 1]), tensor([2, 2]), { value: 3 }).tolist()).toEqual([9, 10]);
    expect(dl.pow_(x, 2).tolist()).toEqual([81, 100]);
    expect(dl.div_(x, 9, { roundingMode: "floor" }).tolist()).toEqual([9, 11]);
  });

  test("writes through a view", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    dl.mul_(dl.select(x, 1, 0), 10);
    expect(x.tolist()).toEqual([
      [10, 2],
      [30, 4],
    ]);
  });
});
