import {
  affineGrid,
  arange,
  channelShuffle,
  col2im,
  conv2d,
  flip,
  Generator,
  type GridPadding,
  gridSample,
  im2col,
  interpolate,
  matmul,
  ones,
  pixelShuffle,
  pixelUnshuffle,
  randn,
  segmentMax,
  segmentMean,
  segmentMin,
  segmentSoftmax,
  segmentSum,
  type Tensor,
  tensor,
} from "@dl/tensor";
import { describe, expect, test } from "vitest";

function expectClose(actual: Tensor | undefined, expected: readonly number[], digits = 3): void {
  expect(actual?.size).toBe(expected.length);
  for (const [i, value] of [...(actual?.toArray() ?? [])].entries()) {
    if (Number.isNaN(expected[i])) expect(value).toBeNaN();
    else expect(value).toBeCloseTo(expected[i] as number, digits);
  }
}

const range = (...shape: number[]): Tensor =>
  arange(
    shape.reduce((total, length) => total * length, 1),
    undefined,
    1,
    { dtype: "float32" },
  ).reshape(shape);

// expected numbers: PyTorch 1.13.1
describe("interpolate", () => {
  const x = range(1, 1, 3, 4).square();

  test("with a filter wide enough to shrink", () => {
    expectClose(interpolate(x, { size: [2, 3], mode: "bilinear", antialias: true }), [7.2, 13, 21.6, 50.2, 68, 88.6]);
    const cubic = [4.2188, 9.7492, 18.5728, 50.4896, 70.4876, 93.7787];
    expectClose(interpolate(x, { size: [2, 3], mode: "bicubic", antialias: true }), cubic);
  });

  test("takes the given scale or the ratio of the sizes", () => {
    const options = { scaleFactor: 1.3, mode: "bilinear" } as const;
    const given = [0, 0.6538, 2.2692, 4.9615, 8.8077, 16, 21.8846, 29.6538, 38.5, 48.5, 64, 75.1154, 89.0385, 104.0385];
    expectClose(interpolate(x, options), [...given, 120.1923]);
    const ratio = [0, 0.7, 2.5, 5.5, 9, 16, 22.3, 30.5, 39.9, 49, 64, 75.9, 90.5, 106.3, 121];
    expectClose(interpolate(x, { ...options, recomputeScaleFactor: true }), ratio);
  });

  test("copies integers and truth values", () => {
    const numbers = tensor([[[2147483647, -5]]], { dtype: "int32" });
    expect(interpolate(numbers, { scaleFactor: 2 }).tolist()).toEqual([[[2147483647, 2147483647, -5, -5]]]);
    const truths = interpolate(tensor([[[true, false]]]), { size: 3, mode: "nearest-exact" });
    expect([truths.dtype, truths.tolist()]).toEqual(["bool", [[[true, false, false]]]]);
  });
});

describe("gridSample", () => {
  const x = range(1, 1, 3, 4).square();
  const volume = range(1, 1, 2, 2, 2);
  const places = tensor([-0.9, 0.3, 0.2, 1.4, -0.1, 0, 0.5, 0.5, 0.5]).reshape([1, 1, 1, 3, 3]);

  test("reads volumes", () => {
    const expected: Record<GridPadding, number[]> = {
      zeros: [2.64, 0.38, 7],
      border: [4.4, 3.8, 7],
      reflection: [4.4, 3.8, 7],
    };
    for (const [paddingMode, values] of Object.entries(expected)) {
      expectClose(gridSample(volume, places, { paddingMode: paddingMode as GridPadding }), values);
    }
    expectClose(gridSample(volume, places, { mode: "nearest", alignCorners: true }), [6, 5, 7]);
  });

  test("passes NaN on, and reads zeros far away", () => {
    const grid = tensor([
      [
        [
          [Number.NaN, 0],
          [1e30, 0],
        ],
      ],
    ]);
    expectClose(gridSample(x, grid, { alignCorners: true }), [Number.NaN, 0]);
    expectClose(gridSample(x, grid, { alignCorners: true, paddingMode: "border" }), [16, 49]);
  });

  test("undoes nothing with the identity of affineGrid", () => {
    const theta = tensor([
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
    ]);
    for (const alignCorners of [false, true]) {
      const grid = affineGrid(theta, [1, 1, 3, 4], { alignCorners });
      expectClose(gridSample(x, grid, { alignCorners }), [...x.toArray()]);
    }
    const flipped = affineGrid(
      tensor([
        [
          [-1, 0, 0],
          [0, 1, 0],
        ],
      ]),
      [1, 1, 3, 4],
    );
    expectClose(gridSample(x, flipped), [...flip(x, 3).toArray()]);
  });
});

describe("im2col", () => {
  test("and a product is a convolution", () => {
    const generator = new Generator(1);
    const [x, weight] = [randn([2, 3, 5, 6], { generator }), randn([4, 3, 2, 3], { generator })];
    const options = { padding: [1, 2], stride: [2, 1], dilation: [1, 2] } as const;
    const columns = im2col(x, { ...options, kernelSize: [2, 3] });
    const y = conv2d(x, weight, undefined, options);
    expectClose(matmul(weight.reshape([4, 18]), columns), [...y.toArray()]);
  });

  test("is undone by col2im where blocks do not overlap", () => {
    const x = range(2, 3, 4, 6);
    const blocks = { kernelSize: [2, 3], stride: [2, 3] } as const;
    expect(col2im(im2col(x, blocks), { ...blocks, outputSize: [4, 6] }).tolist()).toEqual(x.tolist());
    const counts = col2im(im2col(ones([1, 3, 3]), { kernelSize: 2 }), { outputSize: 3, kernelSize: 2 });
    expect(counts.tolist()).toEqual([
      [
        [1, 2, 1],
        [2, 4, 2],
        [1, 2, 1],
      ],
    ]);
  });
});

test("shuffles undo each other", () => {
  const x = range(2, 8, 3, 2);
  expect(pixelShuffle(x, 2).shape).toEqual([2, 2, 6, 4]);
  expect(pixelUnshuffle(pixelShuffle(x, 2), 2).tolist()).toEqual(x.tolist());
  expect(channelShuffle(channelShuffle(x, 2), 4).tolist()).toEqual(x.tolist());
});

describe("segments", () => {
  const x = tensor([
    [1, 5],
    [2, -1],
    [4, 3],
  ]);
  const ids = tensor([2, 0, 2], { dtype: "int32" });
  const options = { numSegments: 4 };

  test("are combined; empty ones are 0", () => {
    expect(segmentSum(x, ids, options).tolist()).toEqual([
      [2, -1],
      [0, 0],
      [5, 8],
      [0, 0],
    ]);
    expect(segmentMean(x, ids, options).tolist()).toEqual([
      [2, -1],
      [0, 0],
      [2.5, 4],
      [0, 0],
    ]);
    expect(segmentMax(x, ids, options).tolist()).toEqual([
      [2, -1],
      [0, 0],
      [4, 5],
      [0, 0],
    ]);
    expect(segmentMin(x, ids, options).tolist()).toEqual([
      [2, -1],
      [0, 0],
      [1, 3],
      [0, 0],
    ]);
    expect(
      segmentSum(tensor([3, 4], { dtype: "int32" }), tensor([0, 0], { dtype: "int32" }), options).tolist(),
    ).toEqual([7, 0, 0, 0]);
  });

  test("share out a softmax that does not overflow", () => {
    const y = segmentSoftmax(tensor([1000, 3, 1000, -1000]), tensor([1, 0, 1, 0], { dtype: "int32" }), {
      numSegments: 2,
    });
    expect(y.tolist()).toEqual([0.5, 1, 0.5, 0]);
  });
});
