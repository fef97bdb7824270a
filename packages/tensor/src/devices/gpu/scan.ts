import { blockOf } from "../../ops/reduce/define.ts";
import { cumprod, cumsum, logcumsumexp } from "../../ops/scan/cumulative.ts";
import type { ScanAttrs } from "../../ops/scan/define.ts";
import { cummaxIndices, cumminIndices } from "../../ops/scan/extreme.ts";
import { linearScan } from "../../ops/scan/linear.ts";
import type { Tensor } from "../../tensor.ts";
import { wgslTypeOf } from "./elements.ts";
import { type Fold, foldToWgsl, logSumExpFold, placeFold, productFold, sumFold } from "./folds.ts";
import type { GpuKernel } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { runEach, runTogether, type Source } from "./shader.ts";

/** How a scan folds; each intermediate result is kept. */
function scanBy(foldOf: (x: Tensor) => Fold): GpuKernel<ScanAttrs> {
  const kernel: GpuKernel<ScanAttrs> = (runtime, [x], output, attrs) =>
    scan(runtime, kernel, foldOf(x as Tensor), { x: x as Tensor }, output, attrs);
  return kernel;
}

const linear: GpuKernel<ScanAttrs> = (runtime, [factor, x], output, attrs) =>
  scan(runtime, linear, affine, { x: x as Tensor, factor: factor as Tensor }, output, attrs);

/** `last ↦ slope · last + s`, one after the other. */
const affine: Fold = {
  state: "Affine",
  declares: "struct Affine { slope : f32, offset : f32 }",
  start: "Affine(1.0, 0.0)",
  lift: "Affine(factor(place), value)",
  // 0 stays 0: the first element has no predecessor, so its factor may be anything.
  join: "return Affine(x.slope * y.slope, select(x.offset * y.slope, 0.0, x.offset == 0.0) + y.offset);",
  finish: "s.offset",
};

/** The longest line that one thread runs along. */
const mostAlone = 128;

/** Lanes that share a longer line: each folds a stretch of it, then runs along it from what came before. */
const lanes = 64;

function scan(
  runtime: Runtime,
  owner: object,
  fold: Fold,
  inputs: { readonly x: Tensor; readonly factor?: Tensor },
  output: Tensor,
  { dim, reverse }: ScanAttrs,
): void {
  const { x } = inputs;
  const { outer, length, inner } = blockOf(x.shape, { dim, span: 1 });
  const together = length > mostAlone;
  const job = { inputs, output, whole: { inner, length, per: Math.ceil(length / lanes) }, alarm: fold.alarm };
  // An affine fold reads its factor by the element's index, the others know the place in the line.
  const place = inputs.factor === undefined ? "i" : "at";
  const element = `let at = start + ${reverse ? "(a.length - 1u - i)" : "i"} * a.inner;`;
  const step = `s = joined(s, lifted(x(at), ${place}));`;
  const source = (): Source => ({
    functions: `${foldToWgsl(fold, wgslTypeOf(x.dtype))}\nvar<workgroup> states : array<${fold.state}, ${lanes}>;`,
    body: `let start = index / a.inner * a.length * a.inner + index % a.inner;
    let low = ${together ? "lane * a.per" : "0u"};
    let high = ${together ? "min(a.length, low + a.per)" : "a.length"};
    var s = started();
    ${together ? stretch(`${element} ${step}`) : ""}
    for (var i = low; i < high; i++) {
      ${element}
      ${step}
      put(at, ${fold.finish});
    }`,
  });
  const variant = `${reverse} ${together}`;
  if (together) runTogether(runtime, owner, variant, lanes, outer * inner, job, source);
  else runEach(runtime, owner, variant, outer * inner, job, source);
}

/** Sets `s` to the fold of all stretches before the lane's own. */
const stretch = (step: string): string => `for (var i = low; i < high; i++) { ${step} }
    states[lane] = s;
    workgroupBarrier();
    s = started();
    for (var k = 0u; k < lane; k++) { s = joined(s, states[k]); }
    workgroupBarrier();`;

export const scanKernels = {
  cummaxIndices: [cummaxIndices.op, scanBy(({ dtype }) => placeFold("max", dtype, true))],
  cumminIndices: [cumminIndices.op, scanBy(({ dtype }) => placeFold("min", dtype, true))],
  cumprod: [cumprod.op, scanBy(({ dtype }) => productFold("cumprod", dtype))],
  cumsum: [cumsum.op, scanBy(({ dtype }) => sumFold("cumsum", dtype))],
  linearScan: [linearScan.op, linear],
  logcumsumexp: [logcumsumexp.op, scanBy(() => logSumExpFold)],
} as const;
