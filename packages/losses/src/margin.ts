import { operandsText, type Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

export interface HingeEmbeddingLossOptions extends LossOptions {
  /** Distances of unlike pairs beyond it cost nothing. Default 1. */
  margin?: number | undefined;
}

const hinge = formula(
  "hingeEmbeddingLoss",
  ["input", "target"],
  "(target != 1 ? clamp(margin - input, 0, inf) : 0) + (target != -1 ? input : 0)",
  { margin: 1 },
);

/**
 * `input` where the target is 1, `max(0, margin - input)` where it is -1: for distances of like and unlike pairs; by
 * default the mean. Shapes broadcast; floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.hinge_embedding_loss.html
 *
 * @example
 * hingeEmbeddingLoss(tensor([0.5, 0.25]), tensor([1, -1]), { reduction: "none" }).tolist(); // => [0.5, 0.75]
 */
export const hingeEmbeddingLoss = (
  input: Tensor,
  target: Tensor,
  { margin = 1, reduction }: HingeEmbeddingLossOptions = {},
): Tensor => reducer("hingeEmbeddingLoss", reduction)(hinge([input, target], { margin }));

/** `hingeEmbeddingLoss` with its options. */
export class HingeEmbeddingLoss extends Loss<HingeEmbeddingLossOptions> {
  constructor(options: HingeEmbeddingLossOptions = {}) {
    super("HingeEmbeddingLoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return hingeEmbeddingLoss(input, target, this.options);
  }
}

export interface MarginRankingLossOptions extends LossOptions {
  /** By how much the larger one should be larger. Default 0. */
  margin?: number | undefined;
}

const ranking = formula(
  "marginRankingLoss",
  ["input1", "input2", "target"],
  "clamp(margin - target * (input1 - input2), 0, inf)",
  { margin: 0 },
);

/**
 * `max(0, margin - target (input1 - input2))`: target 1 asks for a larger `input1`, -1 for a larger `input2`; by default
 * the mean. Shapes of one rank broadcast; floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.margin_ranking_loss.html
 *
 * @example
 * marginRankingLoss(tensor([2, 2]), tensor([1, 1]), tensor([1, -1]), { reduction: "none" }).tolist(); // => [0, 1]
 */
export function marginRankingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, reduction }: MarginRankingLossOptions = {},
): Tensor {
  const reduce = reducer("marginRankingLoss", reduction);
  if (input1.ndim !== input2.ndim || input1.ndim !== target.ndim) {
    throw new RangeError(
      `marginRankingLoss: operands differ in rank: ${input1.ndim}, ${input2.ndim} and ${target.ndim} ${operandsText({ input1, input2, target })}`,
    );
  }
  return reduce(ranking([input1, input2, target], { margin }));
}

/** `marginRankingLoss` with its options. */
export class MarginRankingLoss extends Loss<MarginRankingLossOptions> {
  constructor(options: MarginRankingLossOptions = {}) {
    super("MarginRankingLoss", options);
  }

  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return marginRankingLoss(input1, input2, target, this.options);
  }
}

const softMargin = formula(
  "softMarginLoss",
  ["input", "target"],
  "let z = -target * input; z > 0 ? z + log1p(exp(-z)) : log1p(exp(z))",
);

/**
 * `log(1 + e^(-target · input))` for targets 1 and -1, by default the mean. Shapes broadcast; floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.soft_margin_loss.html
 *
 * @example
 * softMarginLoss(tensor([0, 200]), tensor([1, -1]), { reduction: "none" }).tolist(); // => [0.6931471824645996, 200]
 */
export const softMarginLoss = (input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor =>
  reducer("softMarginLoss", reduction)(softMargin([input, target]));

/** `softMarginLoss` with its options. */
export class SoftMarginLoss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super("SoftMarginLoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return softMarginLoss(input, target, this.options);
  }
}
