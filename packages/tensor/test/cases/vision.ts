import { col2im, gridSample, im2col, interpolate, type Tensor, tensor } from "@dl/tensor";
import { resampleGradient, scatterTaps, tapIndices, weighTaps } from "@dl/tensor/primitives";
import { type InputSpec, type OpCase, shaped } from "./case.ts";

const blocks = { kernelSize: [2, 3], stride: [2, 1], padding: [1, 0], dilation: [1, 2] } as const;

/** Two results of three taps each, one of them outside. */
const indices = (x: Tensor): Tensor =>
  tensor(Int32Array.of(0, 4, 1, 3, -1, 3, 2, 2, 0, 5, 1, -1), { shape: [2, 2, 3], device: x.device });

/** Maps 3 elements to 2. */
const line = {
  size: 3,
  outputs: 2,
  taps: 2,
  indices: Int32Array.of(0, 1, 2, 2),
  weights: Float64Array.of(0.25, 0.5, 1, -0.5),
};

/** Places in and around an image of height 4 and width 5, away from kinks. */
const places: InputSpec = { shape: [2, 3, 2, 2], low: -1.37, high: 1.41 };
const sampled = (mode: "bilinear" | "bicubic", paddingMode: "zeros" | "border" | "reflection"): OpCase => ({
  inputs: [{ shape: [2, 2, 4, 5] }, places],
  call: (x, grid) => gridSample(x, grid, { mode, paddingMode, alignCorners: paddingMode === "border" }),
});

export const visions = {
  imageToColumns: [
    { inputs: shaped([2, 3, 5, 6]), call: (x) => im2col(x, { kernelSize: 2 }) },
    { inputs: shaped([2, 2, 5, 6]), call: (x) => im2col(x, blocks) },
    { inputs: shaped([2, 5, 5]), call: (x) => im2col(x, { kernelSize: 3, padding: 2, dilation: 2, stride: 3 }) },
  ],
  columnsToImage: [
    { inputs: shaped([2, 12, 20]), call: (x) => col2im(x, { outputSize: [5, 6], kernelSize: 2 }) },
    { inputs: shaped([6, 6]), call: (x) => col2im(x, { ...blocks, outputSize: [4, 6] }) },
  ],
  resample: [
    { inputs: shaped([2, 3, 5]), call: (x) => interpolate(x, { size: 8, mode: "linear" }) },
    { inputs: shaped([2, 3, 4, 5]), call: (x) => interpolate(x, { scaleFactor: [2, 1.5] }) },
    {
      inputs: shaped([1, 2, 4, 5]),
      call: (x) => interpolate(x, { size: [7, 3], mode: "bilinear", alignCorners: true }),
    },
    { inputs: shaped([1, 2, 4, 5]), call: (x) => interpolate(x, { scaleFactor: 1.7, mode: "bicubic" }) },
    { inputs: shaped([1, 2, 7, 6]), call: (x) => interpolate(x, { size: 3, mode: "bicubic", antialias: true }) },
    { inputs: shaped([1, 1, 2, 3, 4]), call: (x) => interpolate(x, { scaleFactor: 2, mode: "trilinear" }) },
  ],
  resampleGradient: [{ inputs: shaped([2, 2, 2]), call: (g) => resampleGradient(g, [line, line]) }],
  tapIndices: [
    {
      inputs: [
        {
          values: [
            [
              [-2, 0],
              [0, 1],
              [7, 2],
            ],
          ],
        },
      ],
      call: (x) => tapIndices(x, { sizes: [3, 2], from: -1, count: 4, padding: "reflection", alignCorners: false }),
    },
  ],
  gatherTaps: [
    sampled("bilinear", "zeros"),
    sampled("bilinear", "border"),
    sampled("bilinear", "reflection"),
    sampled("bicubic", "zeros"),
    sampled("bicubic", "reflection"),
    {
      inputs: [{ shape: [1, 2, 3, 2, 4] }, { shape: [1, 2, 1, 3, 3], low: -1.2, high: 1.3 }],
      call: (x, grid) => gridSample(x, grid),
    },
  ],
  scatterTaps: [{ inputs: shaped([2, 3, 2], [2, 2, 3]), call: (g, weights) => scatterTaps(g, weights, indices(g), 6) }],
  weighTaps: [{ inputs: shaped([2, 3, 2], [2, 3, 6]), call: (g, x) => weighTaps(g, x, indices(g)) }],
} satisfies Record<string, OpCase[]>;
