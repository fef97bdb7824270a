import { type ReduceOp, reduction, summedDType } from "./define.ts";
import { wasmSum } from "./reduce.wasm.ts";

/** Adds up one block of dimensions. Integers are added exactly; a sum outside int32 throws. */
export const sumBlock: ReduceOp = reduction("sum", {
  dtype: summedDType,
  fold(data, at, step, length) {
    let total = 0;
    for (let i = 0; i < length; i++) total += data[at + i * step] as number;
    return total;
  },
  wasm: wasmSum,
});
