import type { DType } from "../dtype.ts";
import { apply, callable, type KernelOp } from "../op.ts";
import { normalizeDim } from "../shape.ts";
import { elements } from "../strided.ts";
import type { Tensor } from "../tensor.ts";
import { toCopy } from "./copy.ts";
import { floatDType } from "./reduce/define.ts";
import { forEachLine } from "./scan/define.ts";
import { wasmSoftmax, wasmSoftmaxGradient } from "./softmax.wasm.ts";

export interface SoftmaxOptions {
  dim: number;
  /** Convert to it first. */
  dtype?: DType | undefined;
}

export interface SoftmaxAttrs {
  readonly dim: number;
}

/**
 * `e^x / Σ e^x` along `dim`: positive numbers that add up to 1. Shape `[...]` to `[...]`; floats only.
 *
 * @example
 * softmax(tensor([0, 0]), { dim: 0 }).tolist(); // => [0.5, 0.5]
 */
export const softmax = /* @__PURE__ */ alongDim("softmax", (from, to, first, stride, length) => {
  const top = largest(from, first, stride, length);
  let total = 0;
  for (let i = 0, at = first; i < length; i++, at += stride) total += Math.exp((from[at] as number) - top);
  for (let i = 0, at = first; i < length; i++, at += stride) to[at] = Math.exp((from[at] as number) - top) / total;
});

/**
 * `x - log Σ e^x` along `dim`: the logarithm of `softmax`, without its loss of digits. Shape `[...]` to `[...]`; floats
 * only.
 *
 * @example
 * logSoftmax(tensor([0, 0]), { dim: 0 }).tolist(); // => [-0.6931471824645996, -0.6931471824645996]
 */
export const logSoftmax = /* @__PURE__ */ alongDim("logSoftmax", (from, to, first, stride, length) => {
  const top = largest(from, first, stride, length);
  let total = 0;
  for (let i = 0, at = first; i < length; i++, at += stride) total += Math.exp((from[at] as number) - top);
  const log = Math.log(total);
  for (let i = 0, at = first; i < length; i++, at += stride) to[at] = (from[at] as number) - top - log;
});

/** `y · (g - Σ g y)` along `dim`: the gradient of `y = softmax(x)`. Shapes `[...]` and `[...]` to `[...]`. */
export const softmaxGradient = /* @__PURE__ */ gradientAlongDim(
  "softmaxGradient",
  (g, y, to, first, stride, length) => {
    let total = 0;
    for (let i = 0, at = first; i < length; i++, at += stride) total += (g[at] as number) * (y[at] as number);
    for (let i = 0, at = first; i < length; i++, at += stride) to[at] = (y[at] as number) * ((g[at] as number) - total);
  },
);

/** `g - e^y Σ g` along `dim`: the gradient of `y = logSoftmax(x)`. Shapes `[...]` and `[...]` to `[...]`. */
export const logSoftmaxGradient = /* @__PURE__ */ gradientAlongDim(
  "logSoftmaxGradient",
  (g, y, to, first, stride, length) => {
    let total = 0;
    for (let i = 0, at = first; i < length; i++, at += stride) total += g[at] as number;
    for (let i = 0, at = first; i < length; i++, at += stride)
      to[at] = (g[at] as number) - Math.exp(y[at] as number) * total;
  },
);

type Numbers = ArrayLike<number>;
type Line = (from: Numbers, to: { [at: number]: number }, first: number, stride: number, length: number) => void;
type GradientLine = (
  g: Numbers,
  y: Numbers,
  to: { [at: number]: number },
  first: number,
  stride: number,
  length: number,
) => void;

/* @__NO_SIDE_EFFECTS__ */
function alongDim(name: "softmax" | "logSoftmax", line: Line) {
  const op: KernelOp<SoftmaxAttrs> = {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: floatDType(name)((x as Tensor).dtype) }),
    reference([x], output, { dim }) {
      const from = elements(x as Tensor);
      const to = elements(output);
      forEachLine(output, { dim, reverse: false }, (first, stride, length) => line(from, to, first, stride, length));
    },
    wasm: wasmSoftmax(name),
  };
  return callable((x: Tensor, { dim, dtype = x.dtype }: SoftmaxOptions): Tensor => {
    const axis = normalizeDim(name, dim, x.ndim);
    return apply(op, [dtype === x.dtype ? x : toCopy(x, dtype)], { dim: axis });
  }, op);
}

/* @__NO_SIDE_EFFECTS__ */
function gradientAlongDim(name: "softmaxGradient" | "logSoftmaxGradient", line: GradientLine) {
  const op: KernelOp<SoftmaxAttrs> = {
    kind: "kernel",
    name,
    inputs: ["g", "y"],
    infer: ([g]) => ({ shape: (g as Tensor).shape, dtype: (g as Tensor).dtype }),
    reference([g, y], output, { dim }) {
      const upstream = elements(g as Tensor);
      const values = elements(y as Tensor);
      const to = elements(output);
      forEachLine(output, { dim, reverse: false }, (first, stride, length) =>
        line(upstream, values, to, first, stride, length),
      );
    },
    wasm: wasmSoftmaxGradient(name),
  };
  return callable((g: Tensor, y: Tensor, attrs: SoftmaxAttrs): Tensor => apply(op, [g, y], attrs), op);
}

function largest(from: Numbers, first: number, stride: number, length: number): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0, at = first; i < length; i++, at += stride) if ((from[at] as number) > top) top = from[at] as number;
  return top;
}
