import { apply, callable, type KernelOp } from "../../op.ts";
import type { Shape } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmConvolution, wasmInputGradient, wasmWeightGradient } from "./convolution.wasm.ts";
import { forEachTap } from "./taps.ts";

/** A convolution over one to three spatial dimensions, one number for each. */
export interface ConvAttrs {
  readonly stride: readonly number[];
  /** Zeros before the first element of each dimension; behind the last, as many as `output` needs. */
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  /** Spatial sizes of the result. */
  readonly output: Shape;
}

const op: KernelOp<ConvAttrs> = {
  kind: "kernel",
  name: "convolution",
  inputs: ["x", "weight", "bias"],
  infer: ([x, weight], { output }) => ({
    shape: [(x as Tensor).shape[0] as number, (weight as Tensor).shape[0] as number, ...output],
    dtype: (x as Tensor).dtype,
  }),
  reference: ([x, weight, bias], output, attrs) => {
    const [from, taps, to] = [elements(x as Tensor), elements(weight as Tensor), elements(output)];
    const sums = new Float64Array(to.length);
    if (bias !== undefined) fillChannels(sums, elements(bias), output.shape);
    forEachTap((x as Tensor).shape, (weight as Tensor).shape, output.shape, attrs, (xAt, xStep, tapAt, yAt, length) => {
      const tap = taps[tapAt] as number;
      for (let i = 0; i < length; i++)
        sums[yAt + i] = (sums[yAt + i] as number) + tap * (from[xAt + i * xStep] as number);
    });
    to.set(sums);
  },
  wasm: wasmConvolution,
};

/**
 * The cross-correlation of `x` with `weight`, plus `bias`.
 *
 * - x: `[n, groups · c, ...spatial]`, weight: `[groups · o, c, ...kernel]`, bias: `[groups · o]`
 * - result: `[n, groups · o, ...output]`
 */
export const convolution = callable(
  (x: Tensor, weight: Tensor, bias: Tensor | undefined, attrs: ConvAttrs): Tensor =>
    apply(op, bias === undefined ? [x, weight] : [x, weight, bias], attrs),
  op,
);

/** A convolution and the shape of the operand whose gradient is wanted. */
export interface ConvGradientAttrs extends ConvAttrs {
  readonly shape: Shape;
}

const inputGradientOp: KernelOp<ConvGradientAttrs> = {
  kind: "kernel",
  name: "convolutionInputGradient",
  inputs: ["g", "weight"],
  infer: ([g], { shape }) => ({ shape, dtype: (g as Tensor).dtype }),
  reference: ([g, weight], output, attrs) => {
    const [from, taps, to] = [elements(g as Tensor), elements(weight as Tensor), elements(output)];
    const sums = new Float64Array(to.length);
    forEachTap(attrs.shape, (weight as Tensor).shape, (g as Tensor).shape, attrs, (xAt, xStep, tapAt, yAt, length) => {
      const tap = taps[tapAt] as number;
      for (let i = 0, at = xAt; i < length; i++, at += xStep)
        sums[at] = (sums[at] as number) + tap * (from[yAt + i] as number);
    });
    to.set(sums);
  },
  wasm: wasmInputGradient,
};

/**
 * The gradient of a convolution's input, which is the transposed convolution.
 *
 * - g: `[n, groups · o, ...output]`, weight: `[groups · o, c, ...kernel]`
 * - result: `shape`, that is `[n, groups · c, ...spatial]`
 */
export const convolutionInputGradient = callable(
  (g: Tensor, weight: Tensor, attrs: ConvGradientAttrs): Tensor => apply(inputGradientOp, [g, weight], attrs),
  inputGradientOp,
);

const weightGradientOp: KernelOp<ConvGradientAttrs> = {
  kind: "kernel",
  name: "convolutionWeightGradient",
  inputs: ["g", "x"],
  infer: ([g], { shape }) => ({ shape, dtype: (g as Tensor).dtype }),
  reference: ([g, x], output, attrs) => {
    const [from, other, to] = [elements(g as Tensor), elements(x as Tensor), elements(output)];
    const sums = new Float64Array(to.length);
    forEachTap((x as Tensor).shape, attrs.shape, (g as Tensor).shape, attrs, (xAt, xStep, tapAt, yAt, length) => {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += (from[yAt + i] as number) * (other[xAt + i * xStep] as number);
      sums[tapAt] = (sums[tapAt] as number) + sum;
    });
    to.set(sums);
  },
  wasm: wasmWeightGradient,
};

/**
 * The gradient of a convolution's weight.
 *
 * - g: `[n, groups · o, ...output]`, x: `[n, groups · c, ...spatial]`
 * - result: `shape`, that is `[groups · o, c, ...kernel]`
 */
export const convolutionWeightGradient = callable(
  (g: Tensor, x: Tensor, attrs: ConvGradientAttrs): Tensor => apply(weightGradientOp, [g, x], attrs),
  weightGradientOp,
);

/** Sets every element of channel c of `[n, channels, ...]` to `values[c]`. */
function fillChannels(sums: Float64Array, values: ArrayLike<number>, shape: Shape): void {
  const channels = shape[1] as number;
  const area = sums.length / Math.max(1, (shape[0] as number) * channels);
  for (let at = 0, plane = 0; at < sums.length; at += area, plane++)
    sums.fill(values[plane % channels] as number, at, at + area);
}
