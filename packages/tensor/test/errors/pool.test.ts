import { adaptiveAvgPool2d, avgPool1d, avgPool2d, maxPool1d, maxPool2d, maxUnpool2d, ones, tensor } from "@dl/tensor";
import { expect, test } from "vitest";

const x = ones([1, 3, 4, 4]);

test("windows", () => {
  expect(() => maxPool2d(x, { kernelSize: 0 })).toThrow(
    "maxPool2d: kernelSize must be a whole number from 1 on: got 0",
  );
  expect(() => maxPool2d(x, { kernelSize: 2, stride: 0 })).toThrow(
    "maxPool2d: stride must be a whole number from 1 on: got 0",
  );
  expect(() => maxPool2d(x, { kernelSize: 2, padding: 2 })).toThrow(
    "maxPool2d: padding must be at most half of kernelSize: [2, 2] and [2, 2]",
  );
  expect(() => avgPool2d(x, { kernelSize: [3, 2], padding: -1 })).toThrow(
    "avgPool2d: padding must be a whole number from 0 on: got -1",
  );
  expect(() => avgPool2d(x, { kernelSize: 2, divisorOverride: 0 })).toThrow("avgPool2d: divisorOverride must not be 0");
  expect(() => avgPool1d(ones([1, 1, 2]), { kernelSize: 3 })).toThrow(
    "avgPool1d: the window is larger than the padded input: kernelSize [3], padding [0] (x [1, 1, 2])",
  );
});

test("shapes", () => {
  expect(() => maxPool1d(ones([0]), { kernelSize: 1 })).toThrow(
    "maxPool1d: x must have 2 dimensions (one image) or 3 (a batch), got 1 (x [0])",
  );
  expect(() => maxPool2d(ones([1, 0, 10]), { kernelSize: 1 })).toThrow(
    "maxPool2d: only the batch may be empty (x [1, 0, 10])",
  );
  expect(maxPool2d(ones([0, 2, 4, 4]), { kernelSize: 2 }).shape).toEqual([0, 2, 2, 2]);
  expect(() => adaptiveAvgPool2d(ones([4, 4]), 2)).toThrow(
    "adaptiveAvgPool2d: x must have 3 dimensions (one image) or 4 (a batch), got 2 (x [4, 4])",
  );
  expect(() => adaptiveAvgPool2d(x, [2, 2, 2])).toThrow(
    "adaptiveAvgPool2d: outputSize needs 2 whole numbers from 0 on or null, got [2,2,2] (x [1, 3, 4, 4])",
  );
});

test("maxUnpool2d", () => {
  const indices = tensor([[[0, 16]]], { dtype: "int32" });
  expect(() => maxUnpool2d(ones([1, 1, 2]), indices, { kernelSize: 2 })).toThrow(
    "maxUnpool: index 16 is out of range for planes of 8 elements (x [1, 1, 2], indices [1, 1, 2])",
  );
  expect(() => maxUnpool2d(ones([1, 2, 2]), indices, { kernelSize: 2 })).toThrow(
    "maxUnpool: x and indices must have the same shape",
  );
  expect(() => maxUnpool2d(ones([1, 1, 2]), indices, { kernelSize: 2, outputSize: [4, 4] })).toThrow(
    "maxUnpool2d: outputSize [4, 4] does not fit: it must differ from [2, 4] by less than stride [2, 2] (x [1, 1, 2])",
  );
});
