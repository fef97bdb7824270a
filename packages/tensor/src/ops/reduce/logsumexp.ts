import { floatDType, type ReduceOp, reduction } from "./define.ts";

/** `log Σ e^x` over one block without overflow; -Infinity for an empty one. */
export const logsumexpBlock: ReduceOp = reduction("logsumexp", {
  dtype: floatDType("logsumexp"),
  fold(data, at, step, length) {
    let top = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) {
      const value = data[at + i * step] as number;
      if (value > top) top = value;
    }
    const shift = Number.isFinite(top) ? top : 0;
    let total = 0;
    for (let i = 0; i < length; i++) total += Math.exp((data[at + i * step] as number) - shift);
    return Math.log(total) + shift;
  },
});
