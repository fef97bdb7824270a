import { floatDType, type ReduceAttrs, type ReduceOp, reduction } from "./define.ts";
import { wasmMean, wasmSpread } from "./reduce.wasm.ts";

/** A block, and what is subtracted from the number of its elements before dividing. */
export interface VarianceAttrs extends ReduceAttrs {
  readonly correction: number;
}

/** `Σ x / n` over one block; NaN for an empty one. */
export const meanBlock: ReduceOp = reduction("mean", { dtype: floatDType("mean"), fold: average, wasm: wasmMean });

/** `Σ (x - mean)² / max(0, n - correction)` over one block. */
export const varBlock: ReduceOp<VarianceAttrs> = reduction("var", {
  dtype: floatDType("var"),
  fold: spread,
  wasm: wasmSpread(false),
});

/** The square root of `varBlock`. An op of its own for its gradient, which is 0 where all elements are equal. */
export const stdBlock: ReduceOp<VarianceAttrs> = reduction("std", {
  dtype: floatDType("std"),
  fold: (data, at, step, length, attrs: VarianceAttrs) => Math.sqrt(spread(data, at, step, length, attrs)),
  wasm: wasmSpread(true),
});

function average(data: ArrayLike<number>, at: number, step: number, length: number): number {
  let total = 0;
  for (let i = 0; i < length; i++) total += data[at + i * step] as number;
  return total / length;
}

function spread(
  data: ArrayLike<number>,
  at: number,
  step: number,
  length: number,
  { correction }: VarianceAttrs,
): number {
  const mean = average(data, at, step, length);
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const off = (data[at + i * step] as number) - mean;
    squares += off * off;
  }
  return squares / Math.max(0, length - correction);
}
