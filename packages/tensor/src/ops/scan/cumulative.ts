import { floatDType, summedDType } from "../reduce/define.ts";
import { type ScanOp, scan } from "./define.ts";

/**
 * `y[i] = x[0] + … + x[i]` along `dim`. Shape `[...]` to `[...]`. Integers are added exactly into int32 and throw a
 * RangeError where a sum leaves it.
 *
 * @example
 * cumsum(tensor([1, 2, 3]), { dim: 0 }).tolist(); // => [1, 3, 6]
 */
export const cumsum: ScanOp = scan("cumsum", { dtype: summedDType, start: 0, step: (last, value) => last + value });

/**
 * `y[i] = x[0] · … · x[i]` along `dim`. Shape `[...]` to `[...]`. Integers as for `cumsum`.
 *
 * @example
 * cumprod(tensor([1, 2, 3]), { dim: 0 }).tolist(); // => [1, 2, 6]
 */
export const cumprod: ScanOp = scan("cumprod", { dtype: summedDType, start: 1, step: (last, value) => last * value });

/**
 * `y[i] = log(e^x[0] + … + e^x[i])` along `dim`, without overflow. Shape `[...]` to `[...]`; floats only.
 *
 * @example
 * logcumsumexp(tensor([0, 0]), { dim: 0 }).tolist(); // => [0, 0.6931471824645996]
 */
export const logcumsumexp: ScanOp = scan("logcumsumexp", {
  dtype: floatDType("logcumsumexp"),
  start: Number.NEGATIVE_INFINITY,
  step(last, value) {
    const [low, high] = last <= value ? [last, value] : [value, last];
    if (low === high && !Number.isFinite(low)) return low;
    return Math.log1p(Math.exp(low - high)) + high;
  },
});
