import { apply, callable, type KernelOp } from "../../op.ts";
import type { Shape } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmBatchNorm, wasmBatchNormMoments, wasmInputGradient, wasmWeightGradient } from "./batch-norm.wasm.ts";

type None = Readonly<Record<never, never>>;

const momentsOp: KernelOp<None> = {
  kind: "kernel",
  name: "batchNormMoments",
  inputs: ["x"],
  infer: ([x]) => ({ shape: [2, (x as Tensor).shape[1] as number], dtype: (x as Tensor).dtype }),
  reference: ([x], output) => {
    const { batch, channels, spatial } = planesOf((x as Tensor).shape);
    const [from, to] = [elements(x as Tensor), elements(output)];
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      forEachRun(batch, channels, spatial, c, (at) => {
        for (let i = at; i < at + spatial; i++) sum += from[i] as number;
      });
      const mean = sum / (batch * spatial);
      let squares = 0;
      forEachRun(batch, channels, spatial, c, (at) => {
        for (let i = at; i < at + spatial; i++) squares += ((from[i] as number) - mean) ** 2;
      });
      to[c] = mean;
      to[channels + c] = squares / (batch * spatial);
    }
  },
  wasm: wasmBatchNormMoments,
};

/**
 * Mean and biased variance of each channel. Shape `[n, c, ...]` to `[2, c]`: means, then variances. Not differentiated:
 * `batchNormTrain` takes its gradient through them.
 */
export const batchNormMoments = callable((x: Tensor): Tensor => apply(momentsOp, [x], {}), momentsOp);

export interface BatchNormAttrs {
  readonly eps: number;
}

const op: KernelOp<BatchNormAttrs> = {
  kind: "kernel",
  name: "nativeBatchNorm",
  inputs: ["x", "moments", "weight", "bias"],
  infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: (x as Tensor).dtype }),
  reference: ([x, moments, weight, bias], output, { eps }) => {
    const { batch, channels, spatial } = planesOf(output.shape);
    const [from, statistics, to] = [elements(x as Tensor), elements(moments as Tensor), elements(output)];
    const scales = weight && elements(weight);
    const shifts = bias && elements(bias);
    for (let c = 0; c < channels; c++) {
      const mean = statistics[c] as number;
      const scale = (scales?.[c] ?? 1) / Math.sqrt((statistics[channels + c] as number) + eps);
      const shift = shifts?.[c] ?? 0;
      forEachRun(batch, channels, spatial, c, (at) => {
        for (let i = at; i < at + spatial; i++) to[i] = ((from[i] as number) - mean) * scale + shift;
      });
    }
  },
  wasm: wasmBatchNorm,
};

/**
 * `(x - mean) / √(variance + eps) · weight + bias` with the moments of `x` itself: gradients go through them to `x`.
 *
 * - x: `[n, c, ...]`, moments: `batchNormMoments(x)`, weight and bias: `[c]`
 * - result: as x
 */
export const batchNormTrain = callable(
  (x: Tensor, moments: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, eps: number): Tensor =>
    apply(op, operands(x, moments, weight, bias), { eps }),
  op,
);

const inputGradientOp: KernelOp<BatchNormAttrs> = {
  kind: "kernel",
  name: "batchNormInputGradient",
  inputs: ["g", "x", "moments", "weight"],
  infer: ([g]) => ({ shape: (g as Tensor).shape, dtype: (g as Tensor).dtype }),
  reference: ([g, x, moments, weight], output, { eps }) => {
    const { batch, channels, spatial } = planesOf(output.shape);
    const [from, values] = [elements(g as Tensor), elements(x as Tensor)];
    const [statistics, to] = [elements(moments as Tensor), elements(output)];
    const scales = weight && elements(weight);
    const count = batch * spatial;
    for (let c = 0; c < channels; c++) {
      const mean = statistics[c] as number;
      const rstd = 1 / Math.sqrt((statistics[channels + c] as number) + eps);
      let sum = 0;
      let products = 0;
      forEachRun(batch, channels, spatial, c, (at) => {
        for (let i = at; i < at + spatial; i++) {
          sum += from[i] as number;
          products += (from[i] as number) * ((values[i] as number) - mean);
        }
      });
      const share = sum / count;
      const slope = (products / count) * rstd * rstd;
      const scale = (scales?.[c] ?? 1) * rstd;
      forEachRun(batch, channels, spatial, c, (at) => {
        for (let i = at; i < at + spatial; i++)
          to[i] = ((from[i] as number) - share - slope * ((values[i] as number) - mean)) * scale;
      });
    }
  },
  wasm: wasmInputGradient,
};

/** The gradient of `batchNormTrain` for `x`, through its moments too. Shapes as there, `g` and the result as `x`. */
export const batchNormInputGradient = callable(
  (g: Tensor, x: Tensor, moments: Tensor, weight: Tensor | undefined, eps: number): Tensor =>
    apply(inputGradientOp, weight === undefined ? [g, x, moments] : [g, x, moments, weight], { eps }),
  inputGradientOp,
);

const weightGradientOp: KernelOp<BatchNormAttrs> = {
  kind: "kernel",
  name: "batchNormWeightGradient",
  inputs: ["g", "x", "moments"],
  infer: ([g]) => ({ shape: [(g as Tensor).shape[1] as number], dtype: (g as Tensor).dtype }),
  reference: ([g, x, moments], output, { eps }) => {
    const { batch, channels, spatial } = planesOf((g as Tensor).shape);
    const [from, values] = [elements(g as Tensor), elements(x as Tensor)];
    const [statistics, to] = [elements(moments as Tensor), elements(output)];
    for (let c = 0; c < channels; c++) {
      const mean = statistics[c] as number;
      let products = 0;
      forEachRun(batch, channels, spatial, c, (at) => {
        for (let i = at; i < at + spatial; i++) products += (from[i] as number) * ((values[i] as number) - mean);
      });
      to[c] = products / Math.sqrt((statistics[channels + c] as number) + eps);
    }
  },
  wasm: wasmWeightGradient,
};

/** The gradient of `batchNormTrain` for `weight`. Shapes `[n, c, ...]` twice and `[2, c]` to `[c]`. */
export const batchNormWeightGradient = callable(
  (g: Tensor, x: Tensor, moments: Tensor, eps: number): Tensor => apply(weightGradientOp, [g, x, moments], { eps }),
  weightGradientOp,
);

function operands(x: Tensor, moments: Tensor, weight: Tensor | undefined, bias: Tensor | undefined): Tensor[] {
  if (weight === undefined) return [x, moments];
  return bias === undefined ? [x, moments, weight] : [x, moments, weight, bias];
}

/** A tensor seen as `[batch, channels, spatial]`. */
function planesOf(shape: Shape): { batch: number; channels: number; spatial: number } {
  const [batch, channels] = shape as [number, number];
  return { batch, channels, spatial: shape.slice(2).reduce((total, length) => total * length, 1) };
}

/** Visits the first index of every run of channel `c`. */
function forEachRun(batch: number, channels: number, spatial: number, c: number, visit: (at: number) => void): void {
  for (let n = 0; n < batch; n++) visit((n * channels + c) * spatial);
}
