import { tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { compareAll, compareGradient, isClose } from "../src/compare.ts";
import type { Expected } from "../src/decode.ts";

const within = { rtol: 1e-3, atol: 1e-3 };

const expected = (values: number[], dtype: "float32" | "int32" = "float32"): Expected => ({
  kind: "tensor",
  dtype,
  shape: [values.length],
  data: Float32Array.from(values),
});

test("values within the tolerance pass, NaN equals NaN, infinities keep their sign", async () => {
  const x = tensor([1.0005, Number.NaN, Number.POSITIVE_INFINITY]);
  await compareAll(x, [expected([1, Number.NaN, Number.POSITIVE_INFINITY])], within);
  expect(isClose(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, within)).toBe(false);
  expect(isClose(1e30, Number.POSITIVE_INFINITY, within)).toBe(false);
  expect(isClose(Number.NaN, 0, within)).toBe(false);
});

test.each([
  ["output 0: element 1 is 3, expected 2", tensor([1, 3]), expected([1, 2])],
  ["output 0: element 0 is 4, expected 1 (2 of 2 elements differ)", tensor([4, 3]), expected([1, 2])],
  ["output 0: shape [1], expected [2]", tensor([1]), expected([1, 2])],
  ["output 0: dtype float32, expected int32", tensor([1]), expected([1], "int32")],
  ["output 0: got 1, expected a tensor", 1, expected([1])],
  ["output 0: got 1, expected 2", 1, { kind: "value", value: 2 } as Expected],
  ["2 results, expected 1", [1, 2], expected([1])],
])("%s", async (message, found, wanted) => {
  await expect(compareAll(found, [wanted], within)).rejects.toThrow(message);
});

test("integers are compared exactly", async () => {
  const wide = { rtol: 1, atol: 1 };
  await expect(compareAll(tensor([1], { dtype: "int32" }), [expected([2], "int32")], wide)).rejects.toThrow(
    "is 1, expected 2",
  );
});

test("no gradient is as good as zeros", async () => {
  const none: Expected = { kind: "value", value: null };
  await compareGradient("gradient", undefined, none, within);
  await compareGradient("gradient", tensor([0, 0]), none, within);
  await compareGradient("gradient", undefined, expected([0]), within);
  await expect(compareGradient("gradient", tensor([1]), none, within)).rejects.toThrow("got a gradient, expected none");
  await expect(compareGradient("gradient", undefined, expected([1]), within)).rejects.toThrow("expected a tensor");
});
