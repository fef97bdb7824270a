import type { Formula, KernelOp } from "../../op.ts";
import { toCopy } from "../../ops/copy.ts";
import { biasedMatmul, matmulBatch } from "../../ops/matmul.ts";
import {
  batchNormInputGradient,
  batchNormMoments,
  batchNormTrain,
  batchNormWeightGradient,
} from "../../ops/norm/batch-norm.ts";
import { layerNormInputGradient, layerNormRows, layerNormWeightGradient } from "../../ops/norm/layer-norm.ts";
import { gruGates } from "../../ops/recurrent/gru-gates.ts";
import { lstmGates } from "../../ops/recurrent/lstm-gates.ts";
import { logSoftmax, logSoftmaxGradient, softmax, softmaxGradient } from "../../ops/softmax.ts";
import type * as primitives from "../../primitives.ts";
import { columnKernels } from "./columns.ts";
import { convolutionKernels } from "./convolution.ts";
import { runCopy } from "./elementwise.ts";
import { embeddingKernels } from "./embedding.ts";
import { fourierKernels } from "./fourier.ts";
import { gatherKernels } from "./gather.ts";
import type { GpuKernel } from "./kernel.ts";
import { linalgKernels } from "./linalg.ts";
import { gpuAddmm, gpuMatmul } from "./matmul.ts";
import {
  gpuBatchNorm,
  gpuBatchNormInputGradient,
  gpuBatchNormMoments,
  gpuBatchNormWeightGradient,
  gpuLayerNorm,
  gpuLayerNormInputGradient,
  gpuLayerNormWeightGradient,
} from "./norm.ts";
import { pointwiseKernels } from "./pointwise.ts";
import { averagePoolKernels } from "./pool-average.ts";
import { maxPoolKernels } from "./pool-max.ts";
import { gpuGruGates, gpuLstmGates } from "./recurrent.ts";
import { reduceKernels } from "./reduce.ts";
import { resampleKernels } from "./resample.ts";
import { scanKernels } from "./scan.ts";
import { scatterKernels } from "./scatter.ts";
import { shapeKernels } from "./shape.ts";
import { gpuLogSoftmax, gpuLogSoftmaxGradient, gpuSoftmax, gpuSoftmaxGradient } from "./softmax.ts";
import { sortKernels } from "./sort.ts";
import { systemKernels } from "./systems.ts";
import { tapIndexKernels } from "./tap-indices.ts";
import { tapKernels } from "./taps.ts";

type Primitives = typeof primitives;

/** Primitives with loops of their own: neither views, which need no kernel, nor formulas, whose kernel is generated. */
type WithLoops = {
  [Name in keyof Primitives]: Primitives[Name]["op"] extends { readonly kind: "view" } | { readonly formula: Formula }
    ? never
    : Name;
}[keyof Primitives];

/**
 * Those that have no kernel here: decompositions that iterate in float64, a function of which no float32 form is known,
 * and a result whose shape depends on the elements. A primitive in neither list does not compile.
 */
type Missing = Extract<
  WithLoops,
  "airyAi" | "cofactor" | "eighPacked" | "matrixExp" | "nonzero" | "pseudoInverse" | "qrPacked" | "svdPacked"
>;

type Entry<Op> = Op extends KernelOp<infer A> ? readonly [op: Op, kernel: GpuKernel<A>] : never;

/** Kernels by primitive. */
const kernels: { readonly [Name in Exclude<WithLoops, Missing>]: Entry<Primitives[Name]["op"]> } = {
  batchNormInputGradient: [batchNormInputGradient.op, gpuBatchNormInputGradient],
  batchNormMoments: [batchNormMoments.op, gpuBatchNormMoments],
  batchNormTrain: [batchNormTrain.op, gpuBatchNorm],
  batchNormWeightGradient: [batchNormWeightGradient.op, gpuBatchNormWeightGradient],
  biasedMatmul: [biasedMatmul.op, gpuAddmm],
  gruGates: [gruGates.op, gpuGruGates],
  layerNormInputGradient: [layerNormInputGradient.op, gpuLayerNormInputGradient],
  layerNormRows: [layerNormRows.op, gpuLayerNorm],
  layerNormWeightGradient: [layerNormWeightGradient.op, gpuLayerNormWeightGradient],
  logSoftmax: [logSoftmax.op, gpuLogSoftmax],
  logSoftmaxGradient: [logSoftmaxGradient.op, gpuLogSoftmaxGradient],
  lstmGates: [lstmGates.op, gpuLstmGates],
  matmulBatch: [matmulBatch.op, gpuMatmul],
  softmax: [softmax.op, gpuSoftmax],
  softmaxGradient: [softmaxGradient.op, gpuSoftmaxGradient],
  toCopy: [toCopy.op, runCopy],
  ...gatherKernels,
  ...pointwiseKernels,
  ...reduceKernels,
  ...scanKernels,
  ...scatterKernels,
  ...shapeKernels,
  ...sortKernels,
  ...convolutionKernels,
  ...maxPoolKernels,
  ...averagePoolKernels,
  ...columnKernels,
  ...embeddingKernels,
  ...tapKernels,
  ...tapIndexKernels,
  ...resampleKernels,
  ...fourierKernels,
  ...linalgKernels,
  ...systemKernels,
};

let byOp: ReadonlyMap<unknown, GpuKernel<never>> | undefined;

/** The kernel of an op with loops; undefined where there is none. */
export function kernelOf<A>(op: KernelOp<A>): GpuKernel<A> | undefined {
  byOp ??= new Map<unknown, GpuKernel<never>>(Object.values(kernels));
  return byOp.get(op) as GpuKernel<A> | undefined;
}
