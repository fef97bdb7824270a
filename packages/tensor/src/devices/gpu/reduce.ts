import { blockOf, type ReduceAttrs } from "../../ops/reduce/define.ts";
import { argmaxBlock, argminBlock, type ExtremeAttrs, maxBlock, minBlock } from "../../ops/reduce/extreme.ts";
import { logsumexpBlock } from "../../ops/reduce/logsumexp.ts";
import { meanBlock, stdBlock, type VarianceAttrs, varBlock } from "../../ops/reduce/moments.ts";
import { type NormAttrs, normBlock } from "../../ops/reduce/norm.ts";
import { prodBlock } from "../../ops/reduce/prod.ts";
import { sumBlock } from "../../ops/reduce/sum.ts";
import { allBlock, anyBlock } from "../../ops/reduce/truth.ts";
import type { Tensor } from "../../tensor.ts";
import { wgslTypeOf } from "./elements.ts";
import {
  again,
  extremeFold,
  type Fold,
  foldToWgsl,
  logSumExpFold,
  meanFold,
  momentsFold,
  normFold,
  placeFold,
  productFold,
  sumFold,
  truthFold,
} from "./folds.ts";
import type { GpuKernel } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { type Operand, runEach, runTogether, type Scratch, type Source } from "./shader.ts";

/** How an op folds, and the numbers that its fold reads. */
function reduction<A extends ReduceAttrs = ReduceAttrs>(
  foldOf: (x: Tensor, attrs: A) => Fold,
  floatsOf: (attrs: A) => Readonly<Record<string, number>> = () => ({}),
  variantOf: (attrs: A) => string = () => "",
): GpuKernel<A> {
  const kernel: GpuKernel<A> = (runtime, [x], output, attrs) =>
    reduce(runtime, kernel, variantOf(attrs), foldOf(x as Tensor, attrs), x as Tensor, output, attrs, floatsOf(attrs));
  return kernel;
}

const ofMoments = (root: boolean): GpuKernel<VarianceAttrs> =>
  reduction(
    () => momentsFold(root),
    ({ correction }) => ({ correction }),
  );

const ofNorm = reduction<NormAttrs>(
  (_, { p }) => normFold(p),
  ({ p }) => ({ p }),
  ({ p }) => (p === 0 || p === 1 || p === 2 || !Number.isFinite(p) ? String(p) : "p"),
);

export const reduceKernels = {
  allBlock: [allBlock.op, reduction(() => truthFold("all"))],
  anyBlock: [anyBlock.op, reduction(() => truthFold("any"))],
  argmaxBlock: [argmaxBlock.op, reduction(({ dtype }) => placeFold("max", dtype))],
  argminBlock: [argminBlock.op, reduction(({ dtype }) => placeFold("min", dtype))],
  logsumexpBlock: [logsumexpBlock.op, reduction(() => logSumExpFold)],
  maxBlock: [maxBlock.op, reduction<ExtremeAttrs>(({ dtype }) => extremeFold("max", dtype))],
  meanBlock: [meanBlock.op, reduction(() => meanFold)],
  minBlock: [minBlock.op, reduction<ExtremeAttrs>(({ dtype }) => extremeFold("min", dtype))],
  normBlock: [normBlock.op, ofNorm],
  prodBlock: [prodBlock.op, reduction(({ dtype }) => productFold("prod", dtype))],
  stdBlock: [stdBlock.op, ofMoments(true)],
  sumBlock: [sumBlock.op, reduction(({ dtype }) => sumFold("sum", dtype))],
  varBlock: [varBlock.op, ofMoments(false)],
} as const;

/** Elements that one thread or workgroup folds at most where the fold goes on in a second call. */
const mostAtOnce = 16384;

function reduce(
  runtime: Runtime,
  owner: object,
  variant: string,
  fold: Fold,
  x: Tensor,
  output: Tensor,
  attrs: ReduceAttrs,
  floats: Readonly<Record<string, number>>,
): void {
  const block = blockOf(x.shape, attrs);
  const sizes = { ...block, count: block.length, chunks: 1 };
  const { state } = fold;
  const chunks = Math.ceil(block.length / mostAtOnce);
  const isNumber = state === "f32" || state === "u32";
  if (chunks === 1 || output.size >= 256 || !isNumber) {
    pass(runtime, owner, variant, fold, x, output, sizes, floats);
    return;
  }
  const size = output.size * chunks;
  const parts: Scratch = { buffer: runtime.buffers.take(size), type: state };
  pass(runtime, owner, `${variant} parts`, { ...fold, finish: "s" }, x, parts, { ...sizes, chunks }, floats);
  pass(runtime, owner, `${variant} whole`, again(fold), parts, output, { ...sizes, count: chunks }, floats);
  runtime.buffers.give(parts.buffer);
}

interface Sizes {
  readonly outer: number;
  readonly inner: number;
  /** Elements of a whole row, which `finish` may divide by. */
  readonly length: number;
  /** Elements, or parts, of a row in this call, and in how many chunks they are folded. */
  readonly count: number;
  readonly chunks: number;
}

/** Folds `[outer, count, inner]` to `[outer, chunks, inner]`. */
function pass(
  runtime: Runtime,
  owner: object,
  variant: string,
  fold: Fold,
  x: Operand,
  output: Operand,
  { outer, inner, length, count, chunks }: Sizes,
  floats: Readonly<Record<string, number>>,
): void {
  const rows = outer * inner * chunks;
  const per = Math.ceil(count / chunks);
  const lanes = per <= 64 || (inner >= 32 && rows >= 1024) ? 1 : per < 1024 ? 64 : 256;
  const type = "buffer" in x ? (x.type === "atomic<u32>" ? "u32" : x.type) : wgslTypeOf(x.dtype);
  const job = { inputs: { x }, output, whole: { inner, length, count, chunks, per }, floats, alarm: fold.alarm };
  const source = (): Source => ({
    functions: foldToWgsl(fold, type) + (lanes > 1 ? gathered(fold.state, lanes) : ""),
    body: `let column = index % a.inner;
    let chunk = index / a.inner % a.chunks;
    let start = index / a.inner / a.chunks * a.count * a.inner + column;
    let end = min(a.count, (chunk + 1u) * a.per);
    var s = started();
    // In two levels: a long sum of float32 would lose more.
    for (var low = chunk * a.per; low < end; low += ${32 * lanes}u) {
      var part = started();
      for (var i = low + lane; i < min(end, low + ${32 * lanes}u); i += ${lanes}u) {
        part = joined(part, lifted(x(start + i * a.inner), i));
      }
      s = joined(s, part);
    }
    ${lanes > 1 ? "s = gathered(lane, s);" : ""}
    if (lane == 0u) { put(index, ${fold.finish}); }`,
  });
  const key = `${variant} ${lanes}`;
  if (lanes === 1) runEach(runtime, owner, key, rows, job, source);
  else runTogether(runtime, owner, key, lanes, rows, job, source);
}

/** WGSL that joins the states of all lanes; the result is right in lane 0. */
const gathered = (state: string, lanes: number): string => `
var<workgroup> states : array<${state}, ${lanes}>;
fn gathered(lane : u32, own : ${state}) -> ${state} {
  states[lane] = own;
  workgroupBarrier();
  for (var half = ${lanes / 2}u; half > 0u; half >>= 1u) {
    if (lane < half) { states[lane] = joined(states[lane], states[lane + half]); }
    workgroupBarrier();
  }
  let result = states[0];
  workgroupBarrier();
  return result;
}`;
