import type { DType } from "../../dtype.ts";
import { type ReduceOp, reduction } from "./define.ts";

/** As in PyTorch, uint8 stays uint8. */
const truthDType = (of: DType): DType => (of === "uint8" ? of : "bool");

/** Whether no element of one block is 0; true for an empty one. NaN counts as true. */
export const allBlock: ReduceOp = reduction("all", {
  dtype: truthDType,
  fold(data, at, step, length) {
    for (let i = 0; i < length; i++) if (data[at + i * step] === 0) return 0;
    return 1;
  },
});

/** Whether some element of one block is not 0; false for an empty one. NaN counts as true. */
export const anyBlock: ReduceOp = reduction("any", {
  dtype: truthDType,
  fold(data, at, step, length) {
    for (let i = 0; i < length; i++) if (data[at + i * step] !== 0) return 1;
    return 0;
  },
});
