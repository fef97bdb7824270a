import type { Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

const relativeError = formula("mapeLoss", ["input", "target"], "100 * abs((target - input) / max(abs(target), 1e-7))");

/**
 * `100 |target - input| / max(|target|, 1e-7)`, the absolute error in percent of the target; by default the mean. Shapes
 * broadcast; floats only.
 *
 * https://keras.io/api/losses/regression_losses/#mean_absolute_percentage_error-function
 *
 * @example
 * mapeLoss(tensor([90, 220]), tensor([100, 200])).item(); // => 10
 */
export const mapeLoss = (input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor =>
  reducer("mapeLoss", reduction)(relativeError([input, target]));

/** `mapeLoss` with its options. */
export class MAPELoss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super("MAPELoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return mapeLoss(input, target, this.options);
  }
}

const logarithmicError = formula(
  "msleLoss",
  ["input", "target"],
  "square(log1p(max(input, 1e-7)) - log1p(max(target, 1e-7)))",
);

/**
 * `(log(1 + input) - log(1 + target))²`, both raised to at least 1e-7 first; by default the mean. Shapes broadcast;
 * floats only.
 *
 * https://keras.io/api/losses/regression_losses/#mean_squared_logarithmic_error-function
 *
 * @example
 * msleLoss(tensor([Math.E - 1]), tensor([0])).item().toFixed(4); // => "1.0000"
 */
export const msleLoss = (input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor =>
  reducer("msleLoss", reduction)(logarithmicError([input, target]));

/** `msleLoss` with its options. */
export class MSLELoss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super("MSLELoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return msleLoss(input, target, this.options);
  }
}
