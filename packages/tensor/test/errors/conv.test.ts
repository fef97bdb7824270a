import { conv1d, conv2d, convTbc, convTranspose2d, ones, zeros } from "@dl/tensor";
import { expect, test } from "vitest";

const x = ones([1, 3, 5, 5]);
const weight = ones([4, 3, 3, 3]);

test("shapes of conv", () => {
  expect(() => conv2d(x, ones([4, 2, 3, 3]))).toThrow(
    "conv2d: weight takes 2 channels in 1 groups, x has 3 (x [1, 3, 5, 5], weight [4, 2, 3, 3])",
  );
  expect(() => conv2d(x, ones([4, 3, 3]))).toThrow("conv2d: weight must have 4 dimensions, got 3 (weight [4, 3, 3])");
  expect(() => conv1d(ones([2, 3, 4]), weight)).toThrow(
    "conv1d: weight must have 3 dimensions, got 4 (weight [4, 3, 3, 3])",
  );
  expect(() => conv2d(ones([5, 5]), weight)).toThrow(
    "conv2d: x must have 3 dimensions (one image) or 4 (a batch), got 2 (x [5, 5])",
  );
  expect(() => conv2d(ones([1, 3, 2, 2]), weight)).toThrow(
    "conv2d: the kernel is larger than the padded input (padding [0, 0]) (x [1, 3, 2, 2], weight [4, 3, 3, 3])",
  );
  expect(() => conv2d(x, weight, ones([3]))).toThrow(
    "conv2d: bias must be [4], one number for each output channel (bias [3], weight [4, 3, 3, 3])",
  );
  expect(() => convTbc(ones([2, 3]), ones([1, 3, 2]), ones([2]))).toThrow(
    "convTbc: x and weight must have 3 dimensions (x [2, 3], weight [1, 3, 2])",
  );
});

test("options of conv", () => {
  expect(() => conv2d(x, weight, undefined, { padding: -1 })).toThrow(
    "conv2d: padding must be a whole number from 0 on: got -1",
  );
  expect(() => conv2d(x, weight, undefined, { stride: 0 })).toThrow(
    "conv2d: stride must be a whole number from 1 on: got 0",
  );
  expect(() => conv2d(x, weight, undefined, { stride: [1, 2, 3] })).toThrow(
    "conv2d: stride needs one number or 2, got [1, 2, 3]",
  );
  expect(() => conv2d(x, weight, undefined, { dilation: 0.5 })).toThrow(
    "conv2d: dilation must be a whole number from 1 on: got 0.5",
  );
  expect(() => conv2d(x, weight, undefined, { stride: 2, padding: "same" })).toThrow(
    'conv2d: padding "same" needs stride 1, got [2, 2]',
  );
  expect(() => conv2d(ones([1, 4, 5, 5]), ones([3, 2, 3, 3]), undefined, { groups: 2 })).toThrow(
    "conv2d: groups 2 do not divide 3 output channels (weight [3, 2, 3, 3])",
  );
  expect(() => conv2d(x, weight, undefined, { groups: 0 })).toThrow(
    "conv2d: groups must be a whole number from 1 on, got 0",
  );
  expect(() => conv2d(x, zeros([4, 3, 3, 3], { dtype: "int32" }))).toThrow(
    new TypeError("conv2d: operands must have one dtype, got x float32, weight int32"),
  );
});

test("transposed convolution", () => {
  expect(() => convTranspose2d(x, ones([2, 3, 3, 3]))).toThrow(
    "convTranspose2d: weight takes 2 channels, x has 3 (x [1, 3, 5, 5], weight [2, 3, 3, 3])",
  );
  expect(() => convTranspose2d(x, ones([3, 2, 3, 3]), undefined, { outputPadding: 1 })).toThrow(
    "convTranspose2d: outputPadding [1, 1] must be smaller than stride [1, 1] or dilation [1, 1]",
  );
  expect(() => convTranspose2d(ones([1, 3, 1, 1]), ones([3, 2, 2, 2]), undefined, { padding: 1 })).toThrow(
    "convTranspose2d: padding [1, 1] leaves nothing: the result would be [0, 0] (x [1, 3, 1, 1], weight [3, 2, 2, 2])",
  );
  expect(() => convTranspose2d(x, ones([3, 2, 3, 3]), undefined, { groups: 2 })).toThrow(
    "convTranspose2d: groups 2 do not divide 3 input channels (weight [3, 2, 3, 3])",
  );
});
