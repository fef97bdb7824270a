import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  avgPool1d,
  avgPool2d,
  avgPool3d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  type Tensor,
  tensor,
} from "@dl/tensor";
import { averagePoolGradient, maxPoolAt, maxPoolGradient, maxUnpool } from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const halves = { size: 4, starts: [0, 2], ends: [2, 4], step: 1, counts: [2, 2] };
const window = { kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1], ceilMode: false, countPad: true };
const corners = (x: Tensor): Tensor =>
  tensor(Int32Array.of(0, 3, 9, 14, 3, 3, 8, 15), { shape: [2, 2, 2], device: x.device });

const windows = [
  { inputs: shaped([2, 3, 6, 8]), call: (x: Tensor) => maxPool2d(x, { kernelSize: 2 }) },
  { inputs: shaped([2, 3, 7, 5]), call: (x: Tensor) => maxPool2d(x, { kernelSize: 3, stride: 2, padding: 1 }) },
  {
    inputs: shaped([3, 9, 8]),
    call: (x: Tensor) =>
      maxPool2d(x, { kernelSize: [2, 3], stride: [3, 2], padding: [1, 0], dilation: [2, 1], ceilMode: true }),
  },
  { inputs: shaped([2, 3, 9]), call: (x: Tensor) => maxPool1d(x, { kernelSize: 3, stride: 1, dilation: 2 }) },
  { inputs: shaped([2, 4, 4, 5]), call: (x: Tensor) => maxPool3d(x, { kernelSize: 2, ceilMode: true }) },
  { inputs: shaped([2, 7, 5]), call: (x: Tensor) => adaptiveMaxPool2d(x, [3, 2]) },
] satisfies OpCase[];

export const pools = {
  averagePool: [
    { inputs: shaped([2, 3, 6, 8]), call: (x) => avgPool2d(x, { kernelSize: 2 }) },
    { inputs: shaped([2, 3, 7, 5]), call: (x) => avgPool2d(x, { kernelSize: 3, stride: 2, padding: 1 }) },
    {
      inputs: shaped([2, 3, 7, 5]),
      call: (x) => avgPool2d(x, { kernelSize: 3, stride: 2, padding: 1, countIncludePad: false, ceilMode: true }),
    },
    {
      inputs: shaped([2, 3, 7, 6]),
      call: (x) => avgPool2d(x, { kernelSize: [3, 2], padding: [1, 0], ceilMode: true, divisorOverride: 5 }),
    },
    { inputs: shaped([3, 9]), call: (x) => avgPool1d(x, { kernelSize: 4, stride: 2, padding: 2 }) },
    { inputs: shaped([2, 4, 4, 5]), call: (x) => avgPool3d(x, { kernelSize: 2, ceilMode: true }) },
    { inputs: shaped([2, 3, 7, 5]), call: (x) => adaptiveAvgPool2d(x, [3, 2]) },
    { inputs: shaped([2, 3, 4, 6]), call: (x) => adaptiveAvgPool2d(x, 2) },
  ],
  averagePoolGradient: [
    {
      inputs: shaped([3, 2, 2]),
      call: (g) => averagePoolGradient(g, { spans: [halves, halves], window, divisor: undefined }),
    },
    { inputs: shaped([3, 2, 2]), call: (g) => averagePoolGradient(g, { spans: [halves, halves], window, divisor: 3 }) },
  ],
  maxPoolIndices: windows.map(({ inputs, call }) => ({ inputs, call })),
  maxPoolAt: [...windows, { inputs: shaped([2, 4, 4]), call: (x: Tensor) => maxPoolAt(x, corners(x), 2) }],
  maxUnpool: [
    {
      inputs: shaped([2, 2, 2]),
      call: (x) =>
        maxUnpool(x, tensor(Int32Array.of(0, 3, 9, 14, 3, 5, 8, 15), { shape: [2, 2, 2], device: x.device }), [4, 4]),
    },
  ],
  maxPoolGradient: [{ inputs: shaped([2, 2, 2]), call: (g) => maxPoolGradient(g, corners(g), [4, 4]) }],
} satisfies Record<string, OpCase[]>;
