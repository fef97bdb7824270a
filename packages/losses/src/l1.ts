import type { Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

const absoluteError = formula("l1Loss", ["input", "target"], "abs(input - target)");

/**
 * `|input - target|`, by default its mean. Shapes broadcast; floats only. The gradient is 0 where both are equal.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.l1_loss.html
 *
 * @example
 * l1Loss(tensor([1, 2]), tensor([0, 4])).item(); // => 1.5
 */
export const l1Loss = (input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor =>
  reducer("l1Loss", reduction)(absoluteError([input, target]));

/** `l1Loss` with its options. */
export class L1Loss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super("L1Loss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return l1Loss(input, target, this.options);
  }
}

export interface SmoothL1LossOptions extends LossOptions {
  /** Below this distance the loss is a parabola; 0 gives `l1Loss`. Default 1. */
  beta?: number | undefined;
}

const smoothError = formula(
  "smoothL1Loss",
  ["input", "target"],
  "let d = abs(input - target); d < beta ? 0.5 * d * d / beta : d - 0.5 * beta",
  { beta: 1 },
);

/**
 * With `d = |input - target|`: `½ d² / beta` below `beta`, `d - ½ beta` above; by default the mean. Shapes broadcast;
 * floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.smooth_l1_loss.html
 *
 * @example
 * smoothL1Loss(tensor([0.5, 3]), tensor([0, 0]), { reduction: "none" }).tolist(); // => [0.125, 2.5]
 */
export function smoothL1Loss(input: Tensor, target: Tensor, { beta = 1, reduction }: SmoothL1LossOptions = {}): Tensor {
  if (!(beta >= 0)) throw new RangeError(`smoothL1Loss: beta must not be negative, got ${beta}`);
  return reducer(
    "smoothL1Loss",
    reduction,
  )(beta === 0 ? absoluteError([input, target]) : smoothError([input, target], { beta }));
}

/** `smoothL1Loss` with its options. */
export class SmoothL1Loss extends Loss<SmoothL1LossOptions> {
  constructor(options: SmoothL1LossOptions = {}) {
    super("SmoothL1Loss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return smoothL1Loss(input, target, this.options);
  }
}

export interface HuberLossOptions extends LossOptions {
  /** Up to this distance the loss is a parabola. Default 1. */
  delta?: number | undefined;
}

const huberError = formula(
  "huberLoss",
  ["input", "target"],
  "let d = abs(input - target); d <= delta ? 0.5 * d * d : delta * (d - 0.5 * delta)",
  { delta: 1 },
);

/**
 * With `d = |input - target|`: `½ d²` up to `delta`, `delta (d - ½ delta)` above; by default the mean. Shapes broadcast;
 * floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.huber_loss.html
 *
 * @example
 * huberLoss(tensor([1, 5]), tensor([0, 0]), { delta: 2, reduction: "none" }).tolist(); // => [0.5, 8]
 */
export function huberLoss(input: Tensor, target: Tensor, { delta = 1, reduction }: HuberLossOptions = {}): Tensor {
  if (!(delta > 0)) throw new RangeError(`huberLoss: delta must be above 0, got ${delta}`);
  return reducer("huberLoss", reduction)(huberError([input, target], { delta }));
}

/** `huberLoss` with its options. */
export class HuberLoss extends Loss<HuberLossOptions> {
  constructor(options: HuberLossOptions = {}) {
    super("HuberLoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return huberLoss(input, target, this.options);
  }
}
