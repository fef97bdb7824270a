import {
  affineGrid,
  channelShuffle,
  col2im,
  gridSample,
  im2col,
  interpolate,
  ones,
  pixelShuffle,
  pixelUnshuffle,
  segmentMax,
  segmentMean,
  segmentSum,
  zeros,
} from "@dl/tensor";
import { expect, test } from "vitest";

const x = ones([1, 3, 4, 4]);

test("interpolate", () => {
  expect(() => interpolate(x, {})).toThrow("interpolate: needs size or scaleFactor, got neither (x [1, 3, 4, 4])");
  expect(() => interpolate(x, { size: 2, scaleFactor: 2 })).toThrow("interpolate: needs size or scaleFactor, got both");
  expect(() => interpolate(x, { size: [2, 2, 2] })).toThrow(
    "interpolate: size needs one number or 2, got [2, 2, 2] (x [1, 3, 4, 4])",
  );
  expect(() => interpolate(x, { size: [2, 0] })).toThrow(
    "interpolate: size must be whole numbers from 1 on: got [2, 0]",
  );
  expect(() => interpolate(x, { scaleFactor: 0.1 })).toThrow(
    "interpolate: scaleFactor [0.1, 0.1] leaves nothing: sizes [0, 0] (x [1, 3, 4, 4])",
  );
  expect(() => interpolate(x, { size: 2, mode: "wrong" as "area" })).toThrow(
    "interpolate: mode must be nearest, nearest-exact, area, linear, bilinear, bicubic, trilinear: got wrong",
  );
  expect(() => interpolate(x, { size: 2, mode: "trilinear" })).toThrow(
    "interpolate: mode trilinear needs 5 dimensions, got 4 (x [1, 3, 4, 4])",
  );
  expect(() => interpolate(x, { size: 2, alignCorners: false })).toThrow(
    "interpolate: alignCorners belongs to linear, bilinear, bicubic, trilinear, not to nearest",
  );
  expect(() => interpolate(x, { size: 2, antialias: true })).toThrow(
    "interpolate: antialias belongs to bilinear and bicubic, not to nearest",
  );
  expect(() => interpolate(x, { size: 2, recomputeScaleFactor: true })).toThrow(
    "interpolate: recomputeScaleFactor belongs to scaleFactor, got a size",
  );
  expect(() => interpolate(ones([1, 1, 2], { dtype: "int32" }), { size: 2, mode: "linear" })).toThrow(
    "interpolate: mode linear takes floating-point tensors, got int32",
  );
  expect(() => interpolate(ones([1, 0, 2]), { size: 2 })).toThrow(
    "interpolate: only the batch may be empty (x [1, 0, 2])",
  );
  expect(interpolate(ones([0, 1, 2]), { size: 3 }).shape).toEqual([0, 1, 3]);
});

test("gridSample and affineGrid", () => {
  const grid = zeros([1, 2, 2, 2]);
  expect(() => gridSample(ones([1, 3, 4]), grid)).toThrow(
    "gridSample: x and grid must both have 4 dimensions (images) or 5 (volumes) (x [1, 3, 4], grid [1, 2, 2, 2])",
  );
  expect(() => gridSample(x, zeros([1, 2, 2, 3]))).toThrow(
    "gridSample: grid must be [1] in the first and 2 in the last dimension (x [1, 3, 4, 4], grid [1, 2, 2, 3])",
  );
  expect(() => gridSample(ones([1, 1, 0, 2]), grid)).toThrow("gridSample: x has no elements (x [1, 1, 0, 2]");
  expect(() => gridSample(x, zeros([1, 2, 2, 2], { dtype: "float64" }))).toThrow(
    "gridSample: x and grid must be floats of one dtype: got float32 and float64",
  );
  expect(() => gridSample(x, grid, { mode: "linear" as "nearest" })).toThrow(
    "gridSample: mode must be nearest, bilinear, bicubic: got linear",
  );
  expect(() => gridSample(x, grid, { paddingMode: "wrap" as "zeros" })).toThrow(
    "gridSample: paddingMode must be zeros, border or reflection: got wrap",
  );
  expect(() => gridSample(ones([1, 1, 2, 2, 2]), zeros([1, 1, 1, 1, 3]), { mode: "bicubic" })).toThrow(
    "gridSample: mode bicubic takes images, not volumes (x [1, 1, 2, 2, 2])",
  );
  expect(() => affineGrid(zeros([1, 2, 3]), [2, 3, 4, 4])).toThrow(
    "affineGrid: theta must be [2, 2, 3] for size [2, 3, 4, 4] (theta [1, 2, 3])",
  );
  expect(() => affineGrid(zeros([1, 2, 3]), [1, 3, 4])).toThrow(
    "affineGrid: size must be [n, c, h, w] or [n, c, d, h, w] without 0: got [1, 3, 4]",
  );
  expect(() => affineGrid(zeros([1, 2, 3], { dtype: "int32" }), [1, 3, 4, 4])).toThrow(
    "affineGrid: theta must be a floating-point tensor: got int32",
  );
});

test("im2col and col2im", () => {
  expect(() => im2col(ones([3, 3]), { kernelSize: 2 })).toThrow(
    "im2col: x must have 3 dimensions (one image) or 4 (a batch), got 2 (x [3, 3])",
  );
  expect(() => im2col(x, { kernelSize: 5 })).toThrow(
    "im2col: the blocks are larger than the padded image [4, 4]: kernelSize [5, 5], dilation [1, 1], padding [0, 0]",
  );
  expect(() => im2col(x, { kernelSize: 0 })).toThrow("im2col: kernelSize must be a whole number from 1 on: got 0");
  expect(() => col2im(ones([8]), { outputSize: 3, kernelSize: 2 })).toThrow(
    "col2im: needs 2 dimensions (one image) or 3 (a batch) (columns [8])",
  );
  expect(() => col2im(ones([5, 4]), { outputSize: 3, kernelSize: 2 })).toThrow(
    "col2im: kernelSize [2, 2] does not divide columns of 5 elements (columns [5, 4])",
  );
  expect(() => col2im(ones([8, 5]), { outputSize: 3, kernelSize: 2 })).toThrow(
    "col2im: an image [3, 3] has 4 blocks, got 5 (columns [8, 5])",
  );
});

test("shuffles", () => {
  expect(() => pixelShuffle(x, 2)).toThrow(
    "pixelShuffle: 3 channels are not divisible by 4, the square of upscaleFactor (x [1, 3, 4, 4])",
  );
  expect(() => pixelShuffle(ones([4, 4]), 2)).toThrow("pixelShuffle: needs at least 3 dimensions, got 2 (x [4, 4])");
  expect(() => pixelUnshuffle(x, 3)).toThrow(
    "pixelUnshuffle: downscaleFactor 3 does not divide height 4 and width 4 (x [1, 3, 4, 4])",
  );
  expect(() => pixelUnshuffle(x, 0)).toThrow("pixelUnshuffle: downscaleFactor must be a whole number from 1 on: got 0");
  expect(() => channelShuffle(x, 2)).toThrow("channelShuffle: groups 2 does not divide 3 channels (x [1, 3, 4, 4])");
  expect(() => channelShuffle(ones([1, 3]), 3)).toThrow(
    "channelShuffle: needs at least 3 dimensions, got 2 (x [1, 3])",
  );
});

test("segments", () => {
  const ids = zeros([3], { dtype: "int32" });
  expect(() => segmentSum(ones([2]), ids, { numSegments: 1 })).toThrow(
    "segmentSum: segments needs one number for each row of x (x [2], segments [3])",
  );
  expect(() => segmentMax(ones([3]), zeros([3]), { numSegments: 1 })).toThrow(
    'segmentMax: segments must be int32, got float32: convert with .to("int32")',
  );
  expect(() => segmentMean(ones([3], { dtype: "int32" }), ids, { numSegments: 1 })).toThrow(
    "segmentMean: takes floating-point tensors, got int32",
  );
  expect(() => segmentSum(ones([3]), ids, { numSegments: -1 })).toThrow(
    "segmentSum: numSegments must be a whole number from 0 on: got -1",
  );
  expect(() => segmentSum(ones([3]), ids, { numSegments: 0 })).toThrow("index 0 is out of range");
});
