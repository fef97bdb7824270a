import type { WasmKernels } from "../kernels.ts";
import type { RowSplit } from "./split.ts";

/** The kernels whose outputs fall into rows, one after the other in memory. Costs are those of one core of 2023. */
export const rowSplits = (): { readonly [Name in keyof WasmKernels]?: RowSplit } => ({
  softmax: lines(2, 0.7),
  logSoftmax: lines(2, 0.7),
  softmaxGradient: lines(3, 0.4),
  logSoftmaxGradient: lines(3, 0.9),
  layerNorm: {
    rows: 6,
    steps: ([, , , , , , , count = 0]) => [4 * count, 0, 0, 4 * count, 4, 4],
    cost: ([, , , , , , , count = 0]) => 0.4 * count,
  },
  rowMoments: {
    rows: 3,
    steps: ([, , , , count = 0]) => [4 * count, 4, 4],
    cost: ([, , , , count = 0]) => 0.25 * count,
  },
  layerNormGradient: {
    rows: 8,
    // the gradients of weight and bias are sums over the rows
    steps: ([, , , , , , dweight, dbias, , count = 0]) =>
      dweight === 0 && dbias === 0 ? [4 * count, 4 * count, 4, 4, 0, 4 * count] : undefined,
    cost: ([, , , , , , , , , count = 0]) => 0.6 * count,
  },
  batchNorm: {
    rows: 6,
    steps: ([, , , , , , , channels = 0, spatial = 0]) => [4 * channels * spatial, 0, 0, 0, 0, 4 * channels * spatial],
    cost: ([, , , , , , , channels = 0, spatial = 0]) => 0.15 * channels * spatial,
  },
  sum: reduction(0.1),
  max: reduction(0.15),
  min: reduction(0.15),
  argmax: reduction(1),
  argmin: reduction(1),
});

/** `operands` addresses of [rows, count], then rows and count. */
function lines(operands: number, perElement: number): RowSplit {
  return {
    rows: operands,
    steps: (values) => Array.from({ length: operands }, () => 4 * (values[operands + 1] as number)),
    cost: (values) => perElement * (values[operands + 1] as number),
  };
}

/** [a, b, c] to [a, c]. */
function reduction(perElement: number): RowSplit {
  return {
    rows: 2,
    steps: ([, , , b = 0, c = 0]) => [4 * b * c, 4 * c],
    cost: ([, , , b = 0, c = 0]) => perElement * b * c,
  };
}
