import { indexDType, type ReduceAttrs, type ReduceOp, reduction, sameDType } from "../reduce/define.ts";
import { lineOf, orderOf } from "./order.ts";

export interface KthAttrs extends ReduceAttrs {
  /** From 1 on. */
  readonly k: number;
}

/** Where the k-th smallest of one block stands; NaN counts as largest. int32. */
export const kthIndex: ReduceOp<KthAttrs> = reduction("kthvalue", {
  dtype: indexDType,
  fold: (data, at, step, length, { k }: KthAttrs) => orderOf(lineOf(data, at, step, length), false)[k - 1] as number,
});

/** Where the median of one block stands, the lower one of two; the first NaN where there is one. int32. */
export const medianIndex: ReduceOp = reduction("median", {
  dtype: indexDType,
  fold(data, at, step, length) {
    const line = lineOf(data, at, step, length);
    const nan = line.findIndex(Number.isNaN);
    return nan >= 0 ? nan : (orderOf(line, false)[(length - 1) >> 1] as number);
  },
});

/** Where the median of what is not NaN in one block stands, the lower one of two. int32. */
export const nanmedianIndex: ReduceOp = reduction("nanmedian", {
  dtype: indexDType,
  fold(data, at, step, length) {
    const line = lineOf(data, at, step, length);
    return orderOf(line, false)[Math.max(0, (countNumbers(line) - 1) >> 1)] as number;
  },
});

/** The median of one block, the lower one of two; NaN where there is one, and for an empty block. */
export const medianBlock: ReduceOp = reduction("median", {
  dtype: sameDType,
  fold(data, at, step, length) {
    const line = lineOf(data, at, step, length).sort();
    return Number.isNaN(line.at(-1)) ? Number.NaN : (line[(length - 1) >> 1] ?? Number.NaN);
  },
});

/** The median of what is not NaN in one block, the lower one of two; NaN where nothing is left. */
export const nanmedianBlock: ReduceOp = reduction("nanmedian", {
  dtype: sameDType,
  fold(data, at, step, length) {
    const line = lineOf(data, at, step, length).sort();
    return line[(countNumbers(line) - 1) >> 1] ?? Number.NaN;
  },
});

/** Where the most frequent value of one block stands last; the smallest of several. int32. */
export const modeIndex: ReduceOp = reduction("mode", {
  dtype: indexDType,
  fold(data, at, step, length) {
    const line = lineOf(data, at, step, length);
    const order = orderOf(line, false);
    let most = 0;
    let found = 0;
    for (let i = 0, run = 0; i < length; i++) {
      run = i > 0 && line[order[i] as number] === line[order[i - 1] as number] ? run + 1 : 1;
      if (run > most) {
        most = run;
        found = order[i] as number;
      }
    }
    return found;
  },
});

function countNumbers(line: Float64Array): number {
  let numbers = 0;
  for (const value of line) if (!Number.isNaN(value)) numbers++;
  return numbers;
}
