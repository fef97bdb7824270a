import { batchNorm, groupNorm, layerNorm, type Tensor } from "@dl/tensor";
import {
  batchNormInputGradient,
  batchNormMoments,
  batchNormTrain,
  batchNormWeightGradient,
  layerNormInputGradient,
  layerNormWeightGradient,
} from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const eps = 1e-3;
const rows = { span: 1, eps };
const planes = { span: 2, eps };

export const norms = {
  batchNormMoments: [{ inputs: shaped([4, 3, 5]), call: (x) => batchNormMoments(x) }],
  batchNormTrain: [
    {
      inputs: shaped([4, 3, 2, 5], [3], [3]),
      call: (x, weight, bias) => batchNormTrain(x, batchNormMoments(x), weight, bias, eps),
    },
    {
      inputs: shaped([5, 3], [3]),
      call: (x, weight) => batchNormTrain(x, batchNormMoments(x), weight, undefined, eps),
    },
    { inputs: shaped([4, 3, 5]), call: (x: Tensor) => batchNorm(x, undefined, undefined, { training: true }) },
  ],
  batchNormInputGradient: [
    {
      inputs: shaped([4, 3, 5], [4, 3, 5], [3]),
      call: (g, x, weight) => batchNormInputGradient(g, x, batchNormMoments(x), weight, eps),
    },
    {
      inputs: shaped([5, 3], [5, 3]),
      call: (g, x) => batchNormInputGradient(g, x, batchNormMoments(x), undefined, eps),
    },
  ],
  batchNormWeightGradient: [
    { inputs: shaped([4, 3, 5], [4, 3, 5]), call: (g, x) => batchNormWeightGradient(g, x, batchNormMoments(x), eps) },
  ],
  layerNormRows: [
    { inputs: shaped([4, 7], [7], [7]), call: (x, weight, bias) => layerNorm(x, 7, { weight, bias, eps }) },
    { inputs: shaped([2, 3, 4], [3, 4]), call: (x, weight) => layerNorm(x, [3, 4], { weight }) },
    { inputs: shaped([5]), call: (x) => layerNorm(x, 5) },
    { inputs: shaped([2, 6, 3], [6], [6]), call: (x, weight, bias) => groupNorm(x, 3, { weight, bias }) },
  ],
  layerNormInputGradient: [
    { inputs: shaped([4, 5], [4, 5], [5]), call: (g, x, weight) => layerNormInputGradient(g, x, weight, rows) },
    { inputs: shaped([2, 3, 4], [2, 3, 4]), call: (g, x) => layerNormInputGradient(g, x, undefined, planes) },
  ],
  layerNormWeightGradient: [
    { inputs: shaped([4, 5], [4, 5]), call: (g, x) => layerNormWeightGradient(g, x, rows) },
    { inputs: shaped([2, 3, 4], [2, 3, 4]), call: (g, x) => layerNormWeightGradient(g, x, planes) },
  ],
} satisfies Record<string, OpCase[]>;
