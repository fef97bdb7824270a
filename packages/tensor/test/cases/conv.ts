import { conv1d, conv2d, conv3d, convTranspose2d, type Tensor } from "@dl/tensor";
import { convolutionInputGradient, convolutionWeightGradient } from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const plain = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1, output: [5, 6] };
const strided = { stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2, output: [3, 2] };

export const convolutions = {
  convolution: [
    {
      inputs: shaped([2, 3, 5, 6], [4, 3, 3, 3], [4]),
      call: (x: Tensor, weight: Tensor, bias: Tensor) => conv2d(x, weight, bias, { padding: 1 }),
    },
    {
      inputs: shaped([2, 4, 5, 6], [6, 2, 3, 2]),
      call: (x, weight) =>
        conv2d(x, weight, undefined, { stride: [2, 1], padding: [1, 0], dilation: [1, 2], groups: 2 }),
    },
    { inputs: shaped([3, 5, 4], [2, 3, 4, 3]), call: (x, weight) => conv2d(x, weight, undefined, { padding: "same" }) },
    {
      inputs: shaped([2, 3, 8], [4, 3, 3], [4]),
      call: (x, weight, bias) => conv1d(x, weight, bias, { stride: 2, padding: 2 }),
    },
    {
      inputs: shaped([2, 2, 3, 4, 3], [3, 2, 2, 2, 2]),
      call: (x, weight) => conv3d(x, weight, undefined, { padding: [1, 0, 0] }),
    },
    { inputs: shaped([1, 8, 9, 9], [16, 8, 1, 1]), call: (x, weight) => conv2d(x, weight) },
  ],
  convolutionInputGradient: [
    {
      inputs: shaped([2, 4, 5, 6], [4, 3, 3, 3]),
      call: (g, weight) => convolutionInputGradient(g, weight, { ...plain, shape: [2, 3, 5, 6] }),
    },
    {
      inputs: shaped([2, 6, 3, 2], [6, 2, 3, 3]),
      call: (g, weight) => convolutionInputGradient(g, weight, { ...strided, shape: [2, 4, 5, 6] }),
    },
    {
      inputs: shaped([2, 4, 3, 3], [4, 2, 3, 3], [4]),
      call: (x, weight, bias) =>
        convTranspose2d(x, weight, bias, { stride: 2, padding: 1, outputPadding: 1, groups: 2 }),
    },
  ],
  convolutionWeightGradient: [
    {
      inputs: shaped([2, 4, 5, 6], [2, 3, 5, 6]),
      call: (g, x) => convolutionWeightGradient(g, x, { ...plain, shape: [4, 3, 3, 3] }),
    },
    {
      inputs: shaped([2, 6, 3, 2], [2, 4, 5, 6]),
      call: (g, x) => convolutionWeightGradient(g, x, { ...strided, shape: [6, 2, 3, 3] }),
    },
  ],
} satisfies Record<string, OpCase[]>;
