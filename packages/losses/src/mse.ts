import type { Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

const squaredError = formula("mseLoss", ["input", "target"], "square(input - target)");

/**
 * `(input - target)²`, by default its mean. Shapes broadcast, to `[]` or with reduction `none` to the broadcast shape;
 * floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
 *
 * @example
 * mseLoss(tensor([1, 2]), tensor([0, 4])).item(); // => 2.5
 */
export const mseLoss = (input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor =>
  reducer("mseLoss", reduction)(squaredError([input, target]));

/**
 * `mseLoss` with its options.
 *
 * @example
 * new MSELoss({ reduction: "sum" }).forward(tensor([1, 2]), tensor([0, 4])).item(); // => 5
 */
export class MSELoss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super("MSELoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return mseLoss(input, target, this.options);
  }
}
