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
  | "airyAi"
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
  | "besselJ0"
  | "besselJ1"
  | "besselY0"
  | "besselY1"
  | "cat"
  | "choleskyFactor"
  | "cofactor"
  | "columnsToImage"
  | "convolution"
  | "convolutionInputGradient"
  | "convolutionWeightGradient"
  | "copySlices"
  | "cummaxIndices"
  | "cumminIndices"
  | "cumprod"
  | "cumsum"
  | "determinant"
  | "determinantSign"
  | "digamma"
  | "eighPacked"
  | "erfcx"
  | "erfinv"
  | "factoredSystem"
  | "flip"
  | "fourier"
  | "frexpExponent"
  | "frexpMantissa"
  | "gather"
  | "gatherRows"
  | "gatherTaps"
  | "gruGates"
  | "i0"
  | "i0e"
  | "i1"
  | "i1e"
  | "imageToColumns"
  | "indexAddSlabs"
  | "indexCopy"
  | "indexSelect"
  | "inverse"
  | "kthIndex"
  | "layerNormInputGradient"
  | "layerNormRows"
  | "layerNormWeightGradient"
  | "lgamma"
  | "linearIndex"
  | "linearScan"
  | "logAbsDeterminant"
  | "logcumsumexp"
  | "logNdtr"
  | "logSoftmax"
  | "logSoftmaxGradient"
  | "logsumexpBlock"
  | "lstmGates"
  | "matrixExp"
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
  | "modifiedBesselK0"
  | "modifiedBesselK1"
  | "nanmedianBlock"
  | "nanmedianIndex"
  | "ndtri"
  | "nonzero"
  | "normBlock"
  | "orthogonalPolynomial"
  | "padConstant"
  | "polygamma"
  | "prodBlock"
  | "pseudoInverse"
  | "qrPacked"
  | "resample"
  | "resampleGradient"
  | "scaledModifiedBesselK0"
  | "scaledModifiedBesselK1"
  | "scatterAdd"
  | "scatterFold"
  | "scatterRows"
  | "scatterTaps"
  | "scatterWrite"
  | "searchsorted"
  | "softmax"
  | "softmaxGradient"
  | "solveMatrices"
  | "sphericalBesselJ0"
  | "stdBlock"
  | "stridedScatterAdd"
  | "sumBlock"
  | "svdPacked"
  | "tapIndices"
  | "topkIndices"
  | "triangularSystem"
  | "tril"
  | "triu"
  | "varBlock"
  | "weighTaps"
  | "zeta"
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
