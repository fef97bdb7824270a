import type { TypedArray } from "../../dtype.ts";
import { indexDType, type ReduceAttrs, type ReduceOp, reduction, sameDType } from "./define.ts";
import { wasmArgument, wasmReduction } from "./reduce.wasm.ts";

export interface ExtremeAttrs extends ReduceAttrs {
  /** Where the result is NaN, so is every gradient, as PyTorch's `amax` has it; else the NaN elements share it, as in `max`. */
  readonly nanEverywhere?: boolean;
}

/** The largest of one block of dimensions, NaN where there is one. -Infinity for an empty block. */
export const maxBlock: ReduceOp<ExtremeAttrs> = reduction("amax", {
  dtype: sameDType,
  wasm: wasmReduction("max"),
  fold: extreme(1),
});

/** The smallest of one block of dimensions, NaN where there is one. Infinity for an empty block. */
export const minBlock: ReduceOp<ExtremeAttrs> = reduction("amin", {
  dtype: sameDType,
  wasm: wasmReduction("min"),
  fold: extreme(-1),
});

/** Where the largest of one block stands, counted in row-major order: the first one, or the first NaN. int32. */
export const argmaxBlock: ReduceOp = reduction("argmax", {
  dtype: indexDType,
  wasm: wasmArgument("argmax"),
  fold: whereExtreme(1),
});

/** Where the smallest of one block stands, counted in row-major order: the first one, or the first NaN. int32. */
export const argminBlock: ReduceOp = reduction("argmin", {
  dtype: indexDType,
  wasm: wasmArgument("argmin"),
  fold: whereExtreme(-1),
});

type Fold = (data: TypedArray, at: number, step: number, length: number) => number;

/** The largest for sign 1, the smallest for -1, NaN before either. */
function extreme(sign: 1 | -1): Fold {
  return (data, at, step, length) => {
    let best = sign * Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) {
      const value = data[at + i * step] as number;
      if (Number.isNaN(value)) return value;
      if (sign * value > sign * best) best = value;
    }
    return best;
  };
}

/** Where `extreme` is first. */
function whereExtreme(sign: 1 | -1): Fold {
  return (data, at, step, length) => {
    let found = 0;
    let best = sign * Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) {
      const value = data[at + i * step] as number;
      if (Number.isNaN(value)) return i;
      if (sign * value <= sign * best) continue;
      best = value;
      found = i;
    }
    return found;
  };
}
