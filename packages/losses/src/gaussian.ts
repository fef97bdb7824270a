import { amin, operandsText, sameShape, type Tensor, unsqueeze } from "@dl/tensor";
import { atLeast } from "./at-least.ts";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

export interface GaussianNLLLossOptions extends LossOptions {
  /** Add the constant `½ log 2π`. Default false. */
  full?: boolean | undefined;
  /** Smaller variances count as this one. Default 1e-6. */
  eps?: number | undefined;
}

const negativeLogDensity = formula(
  "gaussianNllLoss",
  ["input", "target", "variance"],
  "0.5 * (log(variance) + square(input - target) / variance) + constant",
  { constant: 0 },
);

/**
 * How unlikely `target` is under normal distributions with mean `input`: `½ (log v + (input - target)² / v)`, by default
 * the mean.
 *
 * - input, target: `[..., d]`; they broadcast
 * - variance: `[..., d]` as input, or one for a whole line: `[...]` or `[..., 1]`; a negative one throws
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.gaussian_nll_loss.html
 *
 * @example
 * gaussianNllLoss(tensor([1, 2]), tensor([1, 4]), tensor([1, 1])).item(); // => 1
 */
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor,
  { full = false, eps = 1e-6, reduction }: GaussianNLLLossOptions = {},
): Tensor {
  const reduce = reducer("gaussianNllLoss", reduction);
  if (!(eps > 0)) throw new RangeError(`gaussianNllLoss: eps must be above 0, got ${eps}`);
  const spread = fittedVariance(input, variance);
  checkNotNegative(variance);
  const constant = full ? 0.5 * Math.log(2 * Math.PI) : 0;
  return reduce(negativeLogDensity([input, target, atLeast(spread, eps)], { constant }));
}

/** The variance with as many dimensions as the input. */
function fittedVariance(input: Tensor, variance: Tensor): Tensor {
  if (sameShape(variance.shape, input.shape)) return variance;
  const lines = input.shape.slice(0, -1);
  if (sameShape(variance.shape, lines)) return unsqueeze(variance, -1);
  if (sameShape(variance.shape, [...lines, 1])) return variance;
  throw new RangeError(
    `gaussianNllLoss: variance must have the shape of input, or one value for its last dimension ${operandsText({ input, variance })}`,
  );
}

function checkNotNegative(variance: Tensor): void {
  if (variance.device.name === "gpu" || variance.size === 0) return;
  const smallest = amin(variance.detach()).item();
  if (smallest < 0) throw new RangeError(`gaussianNllLoss: variance must not be negative, got ${smallest}`);
}

/** `gaussianNllLoss` with its options. */
export class GaussianNLLLoss extends Loss<GaussianNLLLossOptions> {
  constructor(options: GaussianNLLLossOptions = {}) {
    super("GaussianNLLLoss", options);
  }

  override forward(input: Tensor, target: Tensor, variance: Tensor): Tensor {
    return gaussianNllLoss(input, target, variance, this.options);
  }
}
