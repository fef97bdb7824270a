import { isFloat } from "../dtype.ts";
import { toCopy } from "../ops/copy.ts";
import { div } from "../ops/elementwise/arithmetic.ts";
import { unary } from "../ops/elementwise/define.ts";
import { logsumexpBlock } from "../ops/reduce/logsumexp.ts";
import { meanBlock } from "../ops/reduce/moments.ts";
import { prodBlock } from "../ops/reduce/prod.ts";
import { sumBlock } from "../ops/reduce/sum.ts";
import type { Tensor } from "../tensor.ts";
import { converted, type ReduceOptions, reduceNested, reduceTogether, type SumOptions } from "./reduce-dims.ts";

/**
 * The sum over `dim`. Shape `[a, b, c]` to `[a, c]` for dim 1, `[a, 1, c]` with keepdim, `[]` over all.
 * Integers are added exactly and throw a RangeError where the sum leaves int32.
 *
 * @example
 * sum(tensor([[1, 2], [3, 4]]), { dim: 1 }).tolist(); // => [3, 7]
 */
export const sum = (x: Tensor, options: SumOptions = {}): Tensor =>
  reduceNested("sum", converted(x, options.dtype), options, sumBlock);

/**
 * The mean over `dim`; NaN over nothing. Shapes as for `sum`; floats only.
 *
 * @example
 * mean(tensor([1, 2, 3, 6])).item(); // => 3
 */
export const mean = (x: Tensor, options: SumOptions = {}): Tensor =>
  reduceTogether("mean", converted(x, options.dtype), options, meanBlock);

/**
 * The product over `dim`. Shapes as for `sum`. Integers are multiplied exactly and throw a RangeError where the product
 * leaves int32.
 *
 * @example
 * prod(tensor([2, 3, 4])).item(); // => 24
 */
export const prod = (x: Tensor, options: SumOptions = {}): Tensor =>
  reduceNested("prod", converted(x, options.dtype), options, prodBlock);

const zeroForNan = unary("nansum", "isnan(x) ? 0 : x", undefined, { result: "same" });
const oneForNumber = unary("nanmean", "isnan(x) ? 0 : 1", undefined, { result: "same" });

/**
 * The sum over `dim` of what is not NaN. Shapes as for `sum`.
 *
 * @example
 * nansum(tensor([1, Number.NaN, 2])).item(); // => 3
 */
export const nansum = (x: Tensor, options: SumOptions = {}): Tensor =>
  sum(zeroForNan(converted(x, options.dtype)), { ...options, dtype: undefined });

/**
 * The mean over `dim` of what is not NaN. Shapes as for `sum`.
 *
 * @example
 * nanmean(tensor([1, Number.NaN, 2])).item(); // => 1.5
 */
export function nanmean(x: Tensor, options: SumOptions = {}): Tensor {
  const values = converted(x, options.dtype);
  return div(
    nansum(values, { ...options, dtype: undefined }),
    sum(oneForNumber(values.detach()), { ...options, dtype: undefined }),
  );
}

/**
 * How many elements are not 0 over `dim`. Shapes as for `sum`; int32.
 *
 * @example
 * countNonzero(tensor([0, 5, 7])).item(); // => 2
 */
export const countNonzero = (x: Tensor, options: ReduceOptions = {}): Tensor =>
  reduceNested("countNonzero", toCopy(x.detach(), "bool"), options, sumBlock);

/**
 * `log Σ e^x` over `dim`, without overflow. Shapes as for `sum`; integers become float32.
 *
 * @example
 * logsumexp(tensor([1000, 1000])).item(); // => 1000.6931762695312
 */
export const logsumexp = (x: Tensor, options: ReduceOptions = {}): Tensor =>
  reduceTogether("logsumexp", isFloat(x.dtype) ? x : toCopy(x, "float32"), options, logsumexpBlock);
