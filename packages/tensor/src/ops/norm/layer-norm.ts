import { apply, callable, type KernelOp } from "../../op.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmLayerNorm, wasmLayerNormInputGradient, wasmLayerNormWeightGradient } from "./layer-norm.wasm.ts";

export interface LayerNormAttrs {
  /** How many of the last dimensions make a row. */
  readonly span: number;
  readonly eps: number;
}

const op: KernelOp<LayerNormAttrs> = {
  kind: "kernel",
  name: "nativeLayerNorm",
  inputs: ["x", "weight", "bias"],
  infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: (x as Tensor).dtype }),
  reference: ([x, weight, bias], output, { span, eps }) => {
    const [from, to] = [elements(x as Tensor), elements(output)];
    const scales = weight && elements(weight);
    const shifts = bias && elements(bias);
    const count = rowLength(output.shape, span);
    for (let at = 0; at < to.length; at += count) {
      const { mean, rstd } = rowMoments(from, at, count, eps);
      for (let i = 0; i < count; i++)
        to[at + i] = ((from[at + i] as number) - mean) * rstd * (scales?.[i] ?? 1) + (shifts?.[i] ?? 0);
    }
  },
  wasm: wasmLayerNorm,
};

/**
 * `(x - mean) / √(variance + eps) · weight + bias` over rows of the last `span` dimensions.
 *
 * - x: `[..., ...row]`, weight and bias: `[...row]`
 * - result: as x
 */
export const layerNormRows = callable(
  (x: Tensor, weight: Tensor | undefined, bias: Tensor | undefined, attrs: LayerNormAttrs): Tensor => {
    if (weight === undefined) return apply(op, [x], attrs);
    return apply(op, bias === undefined ? [x, weight] : [x, weight, bias], attrs);
  },
  op,
);

const inputGradientOp: KernelOp<LayerNormAttrs> = {
  kind: "kernel",
  name: "layerNormInputGradient",
  inputs: ["g", "x", "weight"],
  infer: ([g]) => ({ shape: (g as Tensor).shape, dtype: (g as Tensor).dtype }),
  reference: ([g, x, weight], output, { span, eps }) => {
    const [from, values, to] = [elements(g as Tensor), elements(x as Tensor), elements(output)];
    const scales = weight && elements(weight);
    const count = rowLength(output.shape, span);
    for (let at = 0; at < to.length; at += count) {
      const { mean, rstd } = rowMoments(values, at, count, eps);
      let sum = 0;
      let products = 0;
      for (let i = 0; i < count; i++) {
        const own = (from[at + i] as number) * (scales?.[i] ?? 1);
        sum += own;
        products += own * ((values[at + i] as number) - mean) * rstd;
      }
      for (let i = 0; i < count; i++) {
        const own = (from[at + i] as number) * (scales?.[i] ?? 1);
        const unit = ((values[at + i] as number) - mean) * rstd;
        to[at + i] = (own - sum / count - (unit * products) / count) * rstd;
      }
    }
  },
  wasm: wasmLayerNormInputGradient,
};

/** The gradient of `layerNormRows` for `x`. Shapes as there, `g` and the result as `x`. */
export const layerNormInputGradient = callable(
  (g: Tensor, x: Tensor, weight: Tensor | undefined, attrs: LayerNormAttrs): Tensor =>
    apply(inputGradientOp, weight === undefined ? [g, x] : [g, x, weight], attrs),
  inputGradientOp,
);

const weightGradientOp: KernelOp<LayerNormAttrs> = {
  kind: "kernel",
  name: "layerNormWeightGradient",
  inputs: ["g", "x"],
  infer: ([g], { span }) => ({
    shape: (g as Tensor).shape.slice((g as Tensor).ndim - span),
    dtype: (g as Tensor).dtype,
  }),
  reference: ([g, x], output, { span, eps }) => {
    const [from, values, to] = [elements(g as Tensor), elements(x as Tensor), elements(output)];
    const sums = new Float64Array(to.length);
    const count = rowLength((g as Tensor).shape, span);
    for (let at = 0; at < from.length; at += count) {
      const { mean, rstd } = rowMoments(values, at, count, eps);
      for (let i = 0; i < count; i++) {
        sums[i] = (sums[i] as number) + (from[at + i] as number) * ((values[at + i] as number) - mean) * rstd;
      }
    }
    to.set(sums);
  },
  wasm: wasmLayerNormWeightGradient,
};

/** The gradient of `layerNormRows` for `weight`. Shapes `[..., ...row]` twice to `[...row]`. */
export const layerNormWeightGradient = callable(
  (g: Tensor, x: Tensor, attrs: LayerNormAttrs): Tensor => apply(weightGradientOp, [g, x], attrs),
  weightGradientOp,
);

const rowLength = (shape: Shape, span: number): number => sizeOf(shape.slice(shape.length - span));

function rowMoments(data: ArrayLike<number>, at: number, count: number, eps: number): { mean: number; rstd: number } {
  let sum = 0;
  for (let i = at; i < at + count; i++) sum += data[i] as number;
  const mean = sum / count;
  let squares = 0;
  for (let i = at; i < at + count; i++) squares += ((data[i] as number) - mean) ** 2;
  return { mean, rstd: 1 / Math.sqrt(squares / count + eps) };
}
