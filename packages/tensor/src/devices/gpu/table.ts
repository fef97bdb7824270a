import type { Formula, KernelOp } from "../../op.ts";
import { toCopy } from "../../ops/copy.ts";
import type * as primitives from "../../primitives.ts";
import { columnKernels } from "./columns.ts";
import { convolutionKernels } from "./convolution.ts";
import { runCopy } from "./elementwise.ts";
import { embeddingKernels } from "./embedding.ts";
import { fourierKernels } from "./fourier.ts";
import { gatherKernels } from "./gather.ts";
import type { GpuKernel } from "./kernel.ts";
import { linalgKernels } from "./linalg.ts";
import { matmulKernels } from "./matmul.ts";
import { normKernels } from "./norm.ts";
import { pointwiseKernels } from "./pointwise.ts";
import { averagePoolKernels } from "./pool-average.ts";
import { maxPoolKernels } from "./pool-max.ts";
import { recurrentKernels } from "./recurrent.ts";
import { reduceKernels } from "./reduce.ts";
import { resampleKernels } from "./resample.ts";
import { scanKernels } from "./scan.ts";
import { scatterKernels } from "./scatter.ts";
import { shapeKernels } from "./shape.ts";
import { softmaxKernels } from "./softmax.ts";
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
 * a result whose shape depends on the elements, and attention in blocks, which is for caches. A primitive in neither list does not compile.
 */
type Missing = Extract<
  WithLoops,
  | "airyAi"
  | "attention"
  | "attentionGradient"
  | "cofactor"
  | "eighPacked"
  | "matrixExp"
  | "nonzero"
  | "pseudoInverse"
  | "qrPacked"
  | "svdPacked"
>;

type Entry<Op> = Op extends KernelOp<infer A> ? readonly [op: Op, kernel: GpuKernel<A>] : never;

/** Kernels by primitive. */
const kernels: { readonly [Name in Exclude<WithLoops, Missing>]: Entry<Primitives[Name]["op"]> } = {
  toCopy: [toCopy.op, runCopy],
  ...averagePoolKernels,
  ...columnKernels,
  ...convolutionKernels,
  ...embeddingKernels,
  ...fourierKernels,
  ...gatherKernels,
  ...linalgKernels,
  ...matmulKernels,
  ...maxPoolKernels,
  ...normKernels,
  ...pointwiseKernels,
  ...recurrentKernels,
  ...reduceKernels,
  ...resampleKernels,
  ...scanKernels,
  ...scatterKernels,
  ...shapeKernels,
  ...softmaxKernels,
  ...sortKernels,
  ...systemKernels,
  ...tapIndexKernels,
  ...tapKernels,
};

let byOp: ReadonlyMap<unknown, GpuKernel<never>> | undefined;

/** The kernel of an op with loops; undefined where there is none. */
export function kernelOf<A>(op: KernelOp<A>): GpuKernel<A> | undefined {
  byOp ??= new Map<unknown, GpuKernel<never>>(Object.values(kernels));
  return byOp.get(op) as GpuKernel<A> | undefined;
}
