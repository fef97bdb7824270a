import { type DType, isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { div, mul, sub } from "../ops/elementwise/arithmetic.ts";
import { where } from "../ops/elementwise/blend.ts";
import { clampMin } from "../ops/elementwise/extremes.ts";
import { logaddexp, sqrt } from "../ops/elementwise/power.ts";
import { cumprod, cumsum } from "../ops/scan/cumulative.ts";
import type { ScanOptions } from "../ops/scan/define.ts";
import { logSoftmax, type SoftmaxOptions, softmax } from "../ops/softmax.ts";
import { view } from "../ops/view/reshape.ts";
import { broadcastShapes, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { scalarBeside } from "./beside.ts";
import { amax, amin, argmax, argmin } from "./extremes.ts";
import { onesLike } from "./like.ts";
import { norm } from "./norms.ts";
import { nanmedian } from "./order.ts";
import { logsumexp, prod, sum } from "./reduce.ts";
import { converted, type ReduceOptions, type SumOptions } from "./reduce-dims.ts";
import { softmin } from "./softmin.ts";

export interface Mask {
  /** Which elements count: bool, broadcast to `x`. Default all. */
  mask?: Tensor | undefined;
}

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/**
 * The sum over `dim` of the elements that count; 0 where none does. Shapes as for `sum`.
 *
 * @example
 * maskedSum(tensor([1, 2, 4]), { mask: tensor([true, false, true]) }).item(); // => 5
 */
export const maskedSum = (x: Tensor, { mask, ...options }: SumOptions & Mask = {}): Tensor =>
  sum(kept("maskedSum", x, mask, 0), options);

/**
 * The product over `dim` of the elements that count; 1 where none does. Shapes as for `prod`.
 *
 * @example
 * maskedProd(tensor([3, 2, 4]), { mask: tensor([true, false, true]) }).item(); // => 12
 */
export const maskedProd = (x: Tensor, { mask, ...options }: SumOptions & Mask = {}): Tensor =>
  prod(kept("maskedProd", x, mask, 1), options);

/**
 * The mean over `dim` of the elements that count; NaN where none does. Shapes as for `sum`; floats only.
 *
 * @example
 * maskedMean(tensor([1, 2, 5]), { mask: tensor([true, false, true]) }).item(); // => 3
 */
export function maskedMean(x: Tensor, { mask, dtype, ...dims }: SumOptions & Mask = {}): Tensor {
  const values = floats("maskedMean", converted(x, dtype));
  const count = counts("maskedMean", values, mask, dims);
  return div(maskedSum(values, { mask, ...dims }), count);
}

/**
 * The largest over `dim` of the elements that count; -∞ (for integers the lowest) where none does. Shapes as for `amax`.
 *
 * @example
 * maskedAmax(tensor([1, 7, 5]), { mask: tensor([true, false, true]) }).item(); // => 5
 */
export const maskedAmax = (x: Tensor, { mask, ...options }: ReduceOptions & Mask = {}): Tensor =>
  amax(kept("maskedAmax", x, mask, lowest(x)), options);

/**
 * The smallest over `dim` of the elements that count; ∞ (for integers the highest) where none does. Shapes as for `amin`.
 *
 * @example
 * maskedAmin(tensor([4, 1, 5]), { mask: tensor([true, false, true]) }).item(); // => 4
 */
export const maskedAmin = (x: Tensor, { mask, ...options }: ReduceOptions & Mask = {}): Tensor =>
  amin(kept("maskedAmin", x, mask, highest(x)), options);

export interface MaskedIndexOptions extends Mask {
  /** Default all, read row by row. */
  dim?: number | undefined;
  keepdim?: boolean | undefined;
  /** Of the index. Default that of `x`, as in PyTorch. */
  dtype?: DType | undefined;
}

/**
 * Where the largest of the elements that count stands; 0 where none does. Shapes as for `argmax`.
 *
 * @example
 * maskedArgmax(tensor([1, 7, 5]), { mask: tensor([true, false, true]) }).item(); // => 2
 */
export const maskedArgmax = (x: Tensor, { mask, dtype = x.dtype, ...options }: MaskedIndexOptions = {}): Tensor =>
  converted(argmax(kept("maskedArgmax", x, mask, lowest(x)), options), dtype);

/**
 * Where the smallest of the elements that count stands; 0 where none does. Shapes as for `argmin`.
 *
 * @example
 * maskedArgmin(tensor([4, 1, 5]), { mask: tensor([true, false, true]) }).item(); // => 0
 */
export const maskedArgmin = (x: Tensor, { mask, dtype = x.dtype, ...options }: MaskedIndexOptions = {}): Tensor =>
  converted(argmin(kept("maskedArgmin", x, mask, highest(x)), options), dtype);

/**
 * The lower median along `dim` of the elements that count; NaN where none does. Shape `[a, b, c]` to `[a, c]` for dim 1,
 * `[a, 1, c]` with keepdim; floats only.
 *
 * @example
 * maskedMedian(tensor([1, 7, 5]), { dim: 0, mask: tensor([true, false, true]) }).item(); // => 1
 */
export const maskedMedian = (
  x: Tensor,
  { mask, ...options }: Mask & { dim: number; keepdim?: boolean | undefined },
): Tensor => nanmedian(kept("maskedMedian", floats("maskedMedian", x), mask, nan), options).values;

/**
 * `norm` over `dim` of the elements that count. Shapes as for `norm`; floats only.
 *
 * @example
 * maskedNorm(tensor([3, 9, 4]), { mask: tensor([true, false, true]) }).item(); // => 5
 */
export const maskedNorm = (
  x: Tensor,
  { mask, ord = 2, dtype, ...dims }: SumOptions & Mask & { ord?: number | undefined } = {},
): Tensor => norm(kept("maskedNorm", converted(x, dtype), mask, ord === -infinity ? infinity : 0), { p: ord, ...dims });

export interface MaskedVarianceOptions extends SumOptions, Mask {
  /** What is subtracted from the count before dividing. Default 0, as in PyTorch. */
  correction?: number | undefined;
}

/**
 * The variance over `dim` of the elements that count. Shapes as for `sum`; floats only.
 *
 * @example
 * maskedVariance(tensor([1, 9, 3]), { mask: tensor([true, false, true]) }).item(); // => 1
 */
export function maskedVariance(
  x: Tensor,
  { mask, correction = 0, dtype, dim, keepdim }: MaskedVarianceOptions = {},
): Tensor {
  const values = floats("maskedVariance", converted(x, dtype));
  const count = counts("maskedVariance", values, mask, { dim, keepdim: true });
  const off = sub(values, div(maskedSum(values, { mask, dim, keepdim: true }), count));
  const total = maskedSum(mul(off, off), { mask, dim, keepdim });
  const freedom = correction === 0 ? count : clampMin(sub(count, correction), 0);
  return div(total, view(freedom, total.shape));
}

/**
 * The square root of `maskedVariance`.
 *
 * @example
 * maskedStd(tensor([1, 9, 5]), { mask: tensor([true, false, true]) }).item(); // => 2
 */
export const maskedStd = (x: Tensor, options: MaskedVarianceOptions = {}): Tensor => sqrt(maskedVariance(x, options));

/**
 * `logsumexp` over `dim` of the elements that count; -∞ where none does. Shapes as for `sum`.
 *
 * @example
 * maskedLogsumexp(tensor([0, 9]), { mask: tensor([true, false]) }).item(); // => 0
 */
export const maskedLogsumexp = (x: Tensor, { mask, ...options }: ReduceOptions & Mask = {}): Tensor =>
  logsumexp(kept("maskedLogsumexp", floats("maskedLogsumexp", x), mask, -infinity), options);

/**
 * `log(e^x + e^y)` of the elements that count, in each its own. Shapes broadcast.
 *
 * @example
 * maskedLogaddexp(tensor([1]), tensor([5]), { yMask: tensor([false]) }).tolist(); // => [1]
 */
export const maskedLogaddexp = (
  x: Tensor,
  y: Tensor,
  { xMask, yMask }: { xMask?: Tensor | undefined; yMask?: Tensor | undefined } = {},
): Tensor => logaddexp(kept("maskedLogaddexp", x, xMask, -infinity), kept("maskedLogaddexp", y, yMask, -infinity));

/**
 * The running sum along `dim` of the elements that count. Shape `[...]` to `[...]`.
 *
 * @example
 * maskedCumsum(tensor([1, 2, 4]), { dim: 0, mask: tensor([true, false, true]) }).tolist(); // => [1, 1, 5]
 */
export const maskedCumsum = (x: Tensor, { mask, ...options }: ScanOptions & Mask): Tensor =>
  cumsum(kept("maskedCumsum", x, mask, 0), options);

/**
 * The running product along `dim` of the elements that count. Shape `[...]` to `[...]`.
 *
 * @example
 * maskedCumprod(tensor([3, 2, 4]), { dim: 0, mask: tensor([true, false, true]) }).tolist(); // => [3, 3, 12]
 */
export const maskedCumprod = (x: Tensor, { mask, ...options }: ScanOptions & Mask): Tensor =>
  cumprod(kept("maskedCumprod", x, mask, 1), options);

/**
 * `softmax` along `dim` of the elements that count; 0 for the others, NaN where none counts. Shape `[...]` to `[...]`.
 *
 * @example
 * maskedSoftmax(tensor([0, 9, 0]), { dim: 0, mask: tensor([true, false, true]) }).tolist(); // => [0.5, 0, 0.5]
 */
export const maskedSoftmax = (x: Tensor, { mask, ...options }: SoftmaxOptions & Mask): Tensor =>
  softmax(kept("maskedSoftmax", x, mask, -infinity), options);

/**
 * The logarithm of `maskedSoftmax`. Shape `[...]` to `[...]`.
 *
 * @example
 * maskedLogSoftmax(tensor([0, 9]), { dim: 0, mask: tensor([true, false]) }).tolist(); // => [0, -Infinity]
 */
export const maskedLogSoftmax = (x: Tensor, { mask, ...options }: SoftmaxOptions & Mask): Tensor =>
  logSoftmax(kept("maskedLogSoftmax", x, mask, -infinity), options);

/**
 * `softmin` along `dim` of the elements that count. Shape `[...]` to `[...]`.
 *
 * @example
 * maskedSoftmin(tensor([0, 9, 0]), { dim: 0, mask: tensor([true, false, true]) }).tolist(); // => [0.5, 0, 0.5]
 */
export const maskedSoftmin = (x: Tensor, { mask, ...options }: SoftmaxOptions & Mask): Tensor =>
  softmin(kept("maskedSoftmin", x, mask, infinity), options);

/**
 * `x / max(‖x‖, eps)` along `dim`, of the elements that count; 0 for the others. Shape `[...]` to `[...]`; floats only.
 *
 * @example
 * maskedNormalize(tensor([2, 9]), { dim: 0, mask: tensor([true, false]) }).tolist(); // => [1, 0]
 */
export const maskedNormalize = (
  x: Tensor,
  { mask, ord = 2, dim, eps = 1e-12 }: Mask & { ord?: number | undefined; dim: number; eps?: number | undefined },
): Tensor => div(kept("maskedNormalize", x, mask, 0), clampMin(maskedNorm(x, { mask, ord, dim, keepdim: true }), eps));

/** The elements that count, and `fill` in the place of the others. */
function kept(who: string, x: Tensor, mask: Tensor | undefined, fill: number): Tensor {
  if (mask === undefined) return x;
  if (mask.dtype !== "bool")
    throw new TypeError(`${who}: mask must be bool, got ${mask.dtype} ${operandsText({ x, mask })}`);
  if (mask.ndim > x.ndim || !sameShape(broadcastShapes(who, [x.shape, mask.shape], ["x", "mask"]), x.shape))
    throw new RangeError(`${who}: mask does not broadcast to x ${operandsText({ x, mask })}`);
  return where(mask, x, scalarBeside(x, fill));
}

/** How many elements count. */
function counts(who: string, x: Tensor, mask: Tensor | undefined, dims: ReduceOptions): Tensor {
  const one = onesLike(x.detach());
  return sum(kept(who, one, mask, 0), dims);
}

function floats(who: string, x: Tensor): Tensor {
  if (x.dtype === "bool") throw new TypeError(`${who}: needs numbers, got bool`);
  return isFloat(x.dtype) ? x : toCopy(x, "float32");
}

const lowest = ({ dtype }: Tensor): number => (isFloat(dtype) ? -infinity : dtype === "int32" ? -(2 ** 31) : 0);

const highest = ({ dtype }: Tensor): number =>
  isFloat(dtype) ? infinity : dtype === "int32" ? 2 ** 31 - 1 : dtype === "uint8" ? 255 : 1;
