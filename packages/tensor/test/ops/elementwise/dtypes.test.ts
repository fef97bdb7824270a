import * as dl from "@dl/tensor";
import { beforeEach, describe, expect, test } from "vitest";

const { tensor, useDevice } = dl;

describe.each(["cpu", "wasm"] as const)("on %s", (device) => {
  beforeEach(() => void useDevice(device));

  const int = (...values: number[]): dl.Tensor => tensor(values, { dtype: "int32" });
  const bytes = (...values: number[]): dl.Tensor => tensor(values, { dtype: "uint8" });

  test("int32 wraps", () => {
    expect(dl.add(int(2147483647), 1).tolist()).toEqual([-2147483648]);
    expect(dl.mul(int(65537), int(65537)).tolist()).toEqual([131073]);
    expect(dl.neg(int(-2147483648)).tolist()).toEqual([-2147483648]);
    expect(dl.pow(int(3), 21).tolist()).toEqual([1870418611]);
    expect(dl.bitwiseLeftShift(int(3), 31).tolist()).toEqual([-2147483648]);
  });

  test("uint8 wraps", () => {
    expect(dl.add(bytes(250), bytes(10)).tolist()).toEqual([4]);
    expect(dl.sub(bytes(3), bytes(5)).tolist()).toEqual([254]);
    expect(dl.bitwiseNot(bytes(200)).tolist()).toEqual([55]);
  });

  test("bool adds as or, multiplies as and", () => {
    const x = tensor([true, true, false]);
    const y = tensor([true, false, false]);
    expect(dl.add(x, y).tolist()).toEqual([true, true, false]);
    expect(dl.mul(x, y).tolist()).toEqual([true, false, false]);
    expect(dl.maximum(x, y).dtype).toBe("bool");
    expect(dl.bitwiseNot(x).tolist()).toEqual([false, false, true]);
  });

  test("integer division rounds as asked", () => {
    const x = int(7, -7, 7, -7);
    const y = int(2, 2, -2, -2);
    expect(dl.div(x, y, { roundingMode: "trunc" }).tolist()).toEqual([3, -3, -3, 3]);
    expect(dl.div(x, y, { roundingMode: "floor" }).tolist()).toEqual([3, -4, -4, 3]);
    expect(dl.remainder(x, y).tolist()).toEqual([1, 1, -1, -1]);
    expect(dl.fmod(x, y).tolist()).toEqual([1, -1, 1, -1]);
  });

  test.each<readonly [string, () => dl.Tensor, dl.DType]>([
    ["int + number", () => dl.add(int(1), 2), "int32"],
    ["int + fraction", () => dl.add(int(1), 2.5), "float32"],
    ["bool + number", () => dl.add(tensor([true]), 2), "int32"],
    ["int / int", () => dl.div(int(1), int(2)), "float32"],
    ["float64 / int", () => dl.div(tensor([1], { dtype: "float64" }), int(2)), "float64"],
    ["uint8 + int", () => dl.add(bytes(1), int(2)), "int32"],
    ["float32 + 0-d float64", () => dl.add(tensor([1]), tensor(1, { dtype: "float64" })), "float32"],
    ["sin of int", () => dl.sin(int(1)), "float32"],
    ["floor of int", () => dl.floor(int(1)), "int32"],
    ["sqrt of float64", () => dl.sqrt(tensor([1], { dtype: "float64" })), "float64"],
    [
      "where of float32 and float64",
      () => dl.where(tensor([true]), tensor([1]), tensor([1], { dtype: "float64" })),
      "float64",
    ],
    ["where of numbers", () => dl.where(tensor([true]), 1, 0), "int32"],
    ["clamp of int by fractions", () => dl.clamp(int(1), { min: 0.5 }), "float32"],
    ["square of bool", () => dl.square(tensor([true])), "int32"],
    ["eq of ints", () => dl.eq(int(1), int(1)), "bool"],
  ])("%s", (_, call, dtype) => {
    expect(call().dtype).toBe(dtype);
  });

  test("float64 keeps its digits", () => {
    expect(dl.add(tensor([0.1], { dtype: "float64" }), 0.2).item()).toBe(0.1 + 0.2);
    expect(dl.exp(tensor([1], { dtype: "float64" })).item()).toBe(Math.exp(1));
  });

  test("numbers are rounded to float32 beside float32", () => {
    expect(dl.eq(tensor([0.1]), 0.1).tolist()).toEqual([true]);
  });

  test("sizes of 0 stay empty", () => {
    expect(dl.add(dl.zeros([0, 3]), dl.zeros([3])).shape).toEqual([0, 3]);
  });
});
