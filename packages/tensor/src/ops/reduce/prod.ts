import { type ReduceOp, reduction, summedDType } from "./define.ts";

/** Multiplies one block of dimensions. Integers are multiplied exactly; a product outside int32 throws. */
export const prodBlock: ReduceOp = reduction("prod", {
  dtype: summedDType,
  fold(data, at, step, length) {
    let product = 1;
    for (let i = 0; i < length; i++) product *= data[at + i * step] as number;
    return product;
  },
});
