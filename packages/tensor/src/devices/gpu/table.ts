import type { Formula } from "../../op.ts";
import { toCopy } from "../../ops/copy.ts";
import { biasedMatmul, matmulBatch } from "../../ops/matmul.ts";
import type * as primitives from "../../primitives.ts";
import { runCopy } from "./elementwise.ts";
import type { GpuKernel } from "./kernel.ts";
import { gpuAddmm, gpuMatmul } from "./matmul.ts";

type Primitives = typeof primitives;

/** Primitives with loops of their own: neither views, which need no kernel, nor formulas, whose kernel is generated. */
type WithLoops = {
  [Name in keyof Primitives]: Primitives[Name]["op"] extends { readonly kind: "view" } | { readonly formula: Formula }
    ? never
    : Name;
}[keyof Primitives];

/** Those that have no kernel here. A primitive in neither list does not compile. */
type Missing = Extract<
  WithLoops,
  | "allBlock"
  | "anyBlock"
  | "argmaxBlock"
  | "argminBlock"
  | "argsort"
  | "averagePool"
  | "averagePoolGradient"
  | "batchNormInputGradient"
  | "batchNormMoments"
  | "batchNormTrain"
  | "batchNormWeightGradient"
  | "cat"
  | "columnsToImage"
  | "convolution"
  | "convolutionInputGradient"
  | "convolutionWeightGradient"
  | "copySlices"
  | "cummaxIndices"
  | "cumminIndices"
  | "cumprod"
  | "cumsum"
  | "flip"
  | "gather"
  | "gatherRows"
  | "gruGates"
  | "gatherTaps"
  | "imageToColumns"
  | "indexAddSlabs"
  | "indexCopy"
  | "indexSelect"
  | "kthIndex"
  | "layerNormInputGradient"
  | "layerNormRows"
  | "layerNormWeightGradient"
  | "linearIndex"
  | "linearScan"
  | "logSoftmax"
  | "logSoftmaxGradient"
  | "logcumsumexp"
  | "logsumexpBlock"
  | "lstmGates"
  | "maxBlock"
  | "maxPoolAt"
  | "maxPoolGradient"
  | "maxPoolIndices"
  | "maxUnpool"
  | "meanBlock"
  | "medianBlock"
  | "medianIndex"
  | "minBlock"
  | "modeIndex"
  | "nanmedianBlock"
  | "nanmedianIndex"
  | "nonzero"
  | "normBlock"
  | "padConstant"
  | "prodBlock"
  | "resample"
  | "resampleGradient"
  | "scatterAdd"
  | "scatterFold"
  | "scatterRows"
  | "scatterTaps"
  | "scatterWrite"
  | "searchsorted"
  | "softmax"
  | "softmaxGradient"
  | "stdBlock"
  | "stridedScatterAdd"
  | "sumBlock"
  | "tapIndices"
  | "topkIndices"
  | "tril"
  | "triu"
  | "varBlock"
  | "weighTaps"
>;

/** Kernels by primitive. */
const kernels: { readonly [Name in Exclude<WithLoops, Missing>]: readonly [Primitives[Name]["op"], GpuKernel] } = {
  biasedMatmul: [biasedMatmul.op, gpuAddmm],
  matmulBatch: [matmulBatch.op, gpuMatmul],
  toCopy: [toCopy.op, runCopy],
};

let byOp: ReadonlyMap<unknown, GpuKernel> | undefined;

/** The kernel of an op with loops; undefined where there is none. */
export function kernelOf(op: object): GpuKernel | undefined {
  byOp ??= new Map<unknown, GpuKernel>(Object.values(kernels));
  return byOp.get(op);
}
