import { logSoftmax, logSoftmaxGradient, type SoftmaxAttrs, softmax, softmaxGradient } from "../../ops/softmax.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import { eachOf, runRows } from "./rows.ts";
import { checkFloat32 } from "./shader.ts";

const gpuSoftmax: GpuKernel<SoftmaxAttrs> = alongDim("softmax", "fn_exp(x(at) - top) / sum");
const gpuLogSoftmax: GpuKernel<SoftmaxAttrs> = alongDim("logSoftmax", "x(at) - top - fn_log(sum)");
const gpuSoftmaxGradient: GpuKernel<SoftmaxAttrs> = gradientAlongDim(
  "softmaxGradient",
  "g(at) * y(at)",
  "y(at) * (g(at) - sum)",
);
const gpuLogSoftmaxGradient: GpuKernel<SoftmaxAttrs> = gradientAlongDim(
  "logSoftmaxGradient",
  "g(at)",
  "g(at) - fn_exp(y(at)) * sum",
);

export const softmaxKernels = {
  logSoftmax: [logSoftmax.op, gpuLogSoftmax],
  logSoftmaxGradient: [logSoftmaxGradient.op, gpuLogSoftmaxGradient],
  softmax: [softmax.op, gpuSoftmax],
  softmaxGradient: [softmaxGradient.op, gpuSoftmaxGradient],
} as const;

/** `value` of each `x(at)`, the `top` of its line and the `sum` of `e^(x - top)`. */
function alongDim(name: string, value: string): GpuKernel<SoftmaxAttrs> {
  const kernel: GpuKernel<SoftmaxAttrs> = (runtime, [x], output, { dim }) => {
    checkFloat32(name, [x as Tensor]);
    const lines = linesOf(output, dim);
    runRows(runtime, kernel, "", lines, { inputs: { x: x as Tensor }, output, whole: lines }, body);
  };
  // The lowest float instead of -∞, which WGSL cannot write: a line of -∞ still comes out as 0 / 0.
  const body = (): string => `
    ${firstOfLine}
    var highest = -3.4028234e38;
    ${eachOf("a.length")} { highest = max(highest, x(first + i * a.inner)); }
    let top = largest(lane, highest);
    var own = 0.0;
    ${eachOf("a.length")} { own += fn_exp(x(first + i * a.inner) - top); }
    let sum = total(lane, own);
    ${eachOf("a.length")} { let at = first + i * a.inner; put(at, ${value}); }`;
  return kernel;
}

/** `value` of each `g(at)`, `y(at)` and the `sum` of the line's `term`s. */
function gradientAlongDim(name: string, term: string, value: string): GpuKernel<SoftmaxAttrs> {
  const kernel: GpuKernel<SoftmaxAttrs> = (runtime, [g, y], output, { dim }) => {
    checkFloat32(name, [g as Tensor, y as Tensor]);
    const lines = linesOf(output, dim);
    const inputs = { g: g as Tensor, y: y as Tensor };
    runRows(runtime, kernel, "", lines, { inputs, output, whole: lines }, body);
  };
  const body = (): string => `
    ${firstOfLine}
    var own = 0.0;
    ${eachOf("a.length")} { let at = first + i * a.inner; own += ${term}; }
    let sum = total(lane, own);
    ${eachOf("a.length")} { let at = first + i * a.inner; put(at, ${value}); }`;
  return kernel;
}

/** The lines along `dim` of a row-major tensor: `inner` apart are the elements of one. */
function linesOf({ shape, size }: Tensor, dim: number): { rows: number; length: number; inner: number } {
  const length = shape[dim] ?? 1;
  return { rows: length === 0 ? 0 : size / length, length, inner: sizeOf(shape.slice(dim + 1)) };
}

const firstOfLine = "let first = index / a.inner * a.length * a.inner + index % a.inner;";
