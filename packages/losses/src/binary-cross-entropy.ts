import { customGradient } from "@dl/autograd";
import { max, min, mul, operandsText, sameShape, type Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

export interface BCELossOptions extends LossOptions {
  /** Multiplies the loss of each element; broadcasts to the input. */
  weight?: Tensor | undefined;
}

const value = formula(
  "binaryCrossEntropy",
  ["input", "target"],
  "(target - 1) * max(log1p(-input), -100) - target * max(log(input), -100)",
);
const inputGradient = formula(
  "binaryCrossEntropyBackward",
  ["g", "input", "target"],
  "g * (input - target) / max((1 - input) * input, 1e-12)",
);
const targetGradient = formula("binaryCrossEntropyBackward", ["g", "input"], "g * (log1p(-input) - log(input))");

/** The gradient is stated, because the derived one would be 0 where a logarithm is cut off. */
const entropy = customGradient<{ readonly towardsTarget: boolean }>({
  name: "binaryCrossEntropy",
  forward: (inputs) => value(inputs),
  backward: (g, { inputs: [input, target], options: { towardsTarget } }) => [
    inputGradient([g, input as Tensor, target as Tensor]),
    towardsTarget ? targetGradient([g, input as Tensor]) : undefined,
  ],
});

/**
 * `-(target · log input + (1 - target) · log(1 - input))` for probabilities, by default the mean. Logarithms are cut off
 * at -100. Shapes `[...]` and `[...]` alike; an input outside 0 to 1 throws.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy.html
 *
 * @example
 * binaryCrossEntropy(tensor([0.5, 1]), tensor([1, 1]), { reduction: "none" }).tolist(); // => [0.6931471824645996, 0]
 */
export function binaryCrossEntropy(input: Tensor, target: Tensor, { weight, reduction }: BCELossOptions = {}): Tensor {
  const reduce = reducer("binaryCrossEntropy", reduction);
  checkSameShape("binaryCrossEntropy", input, target);
  checkProbabilities(input);
  const losses = entropy([input, target], { towardsTarget: target.requiresGrad });
  return reduce(weight === undefined ? losses : mul(losses, weight));
}

/** `binaryCrossEntropy` with its options. */
export class BCELoss extends Loss<BCELossOptions> {
  readonly weight: Tensor | undefined;

  constructor(options: BCELossOptions = {}) {
    super("BCELoss", options);
    this.weight = options.weight;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropy(input, target, this.options);
  }
}

export interface BCEWithLogitsLossOptions extends BCELossOptions {
  /** Multiplies the loss of the targets that are 1; broadcasts to the input. */
  posWeight?: Tensor | undefined;
}

/** The loss of one logit: also that of each label of `multiLabelSoftMarginLoss`. */
export const logitEntropy = formula(
  "binaryCrossEntropyWithLogits",
  ["input", "target"],
  "input >= 0 ? (1 - target) * input + log1p(exp(-input)) : log1p(exp(input)) - target * input",
);

const weightedLogitEntropy = formula(
  "binaryCrossEntropyWithLogits",
  ["input", "target", "posWeight"],
  `let scale = 1 + (posWeight - 1) * target;
  input >= 0 ? (1 - target) * input + scale * log1p(exp(-input)) : scale * log1p(exp(input)) - posWeight * target * input`,
);

/**
 * `binaryCrossEntropy(sigmoid(input), target)`, exact also for large inputs; by default the mean. Shapes `[...]` and
 * `[...]` alike.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.binary_cross_entropy_with_logits.html
 *
 * @example
 * binaryCrossEntropyWithLogits(tensor([0, -200]), tensor([1, 1]), { reduction: "none" }).tolist(); // => [0.6931471824645996, 200]
 */
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  { weight, posWeight, reduction }: BCEWithLogitsLossOptions = {},
): Tensor {
  const reduce = reducer("binaryCrossEntropyWithLogits", reduction);
  checkSameShape("binaryCrossEntropyWithLogits", input, target);
  const losses =
    posWeight === undefined ? logitEntropy([input, target]) : weightedLogitEntropy([input, target, posWeight]);
  return reduce(weight === undefined ? losses : mul(losses, weight));
}

/** `binaryCrossEntropyWithLogits` with its options. */
export class BCEWithLogitsLoss extends Loss<BCEWithLogitsLossOptions> {
  readonly weight: Tensor | undefined;
  readonly posWeight: Tensor | undefined;

  constructor(options: BCEWithLogitsLossOptions = {}) {
    super("BCEWithLogitsLoss", options);
    this.weight = options.weight;
    this.posWeight = options.posWeight;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropyWithLogits(input, target, this.options);
  }
}

function checkSameShape(who: string, input: Tensor, target: Tensor): void {
  if (!sameShape(input.shape, target.shape))
    throw new RangeError(`${who}: input and target differ in shape ${operandsText({ input, target })}`);
}

function checkProbabilities(input: Tensor): void {
  if (input.device.name === "gpu" || input.size === 0) return;
  const values = input.detach();
  for (const bound of [min(values).item(), max(values).item()]) {
    if (!(bound >= 0 && bound <= 1)) {
      throw new RangeError(
        `binaryCrossEntropy: input must lie between 0 and 1, got ${bound}: for logits use binaryCrossEntropyWithLogits`,
      );
    }
  }
}
