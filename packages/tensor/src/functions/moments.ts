import type { ReduceOp } from "../ops/reduce/define.ts";
import { meanBlock, stdBlock, type VarianceAttrs, varBlock } from "../ops/reduce/moments.ts";
import type { Tensor } from "../tensor.ts";
import { type ReduceOptions, reduceTogether } from "./reduce-dims.ts";

export interface VarianceOptions extends ReduceOptions {
  /** What is subtracted from the count before dividing: 1 for a sample (the default), 0 for everything there is. */
  correction?: number | undefined;
}

/**
 * `Σ (x - mean)² / (n - correction)` over `dim`; NaN where that is 0 / 0. Shapes as for `sum`; floats only.
 * PyTorch's `var`.
 *
 * @example
 * variance(tensor([1, 2, 3, 4]), { correction: 0 }).item(); // => 1.25
 */
export const variance = (x: Tensor, options: VarianceOptions = {}): Tensor =>
  corrected("variance", x, options, varBlock);

/**
 * The square root of `variance`, with the gradient 0 where all elements are equal. Shapes as for `sum`; floats only.
 *
 * @example
 * std(tensor([1, 3])).item(); // => 1.4142135381698608
 */
export const std = (x: Tensor, options: VarianceOptions = {}): Tensor => corrected("std", x, options, stdBlock);

/**
 * `variance` and `mean` at once.
 *
 * @example
 * varMean(tensor([1, 3])).mean.item(); // => 2
 */
export const varMean = (x: Tensor, options: VarianceOptions = {}): { variance: Tensor; mean: Tensor } => ({
  variance: corrected("varMean", x, options, varBlock),
  mean: reduceTogether("varMean", x, options, meanBlock),
});

/**
 * `std` and `mean` at once.
 *
 * @example
 * stdMean(tensor([1, 3])).mean.item(); // => 2
 */
export const stdMean = (x: Tensor, options: VarianceOptions = {}): { std: Tensor; mean: Tensor } => ({
  std: corrected("stdMean", x, options, stdBlock),
  mean: reduceTogether("stdMean", x, options, meanBlock),
});

function corrected(
  who: string,
  x: Tensor,
  { correction = 1, ...options }: VarianceOptions,
  op: ReduceOp<VarianceAttrs>,
): Tensor {
  return reduceTogether(who, x, options, (y, block) => op(y, { ...block, correction }));
}
