import { div, isFloat, logSoftmax, operandsText, sameShape, sum, type Tensor } from "@dl/tensor";
import { alongClasses, checkClassTarget, checkClassWeight, classCount, classDim } from "./class-targets.ts";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { checkedNllLoss, type NLLLossOptions, pickClasses, reduceKept } from "./nll.ts";
import { reducer } from "./reduction.ts";

export interface CrossEntropyLossOptions extends NLLLossOptions {
  /** Share of the target, 0 to 1, that is spread evenly over all classes. Default 0. */
  labelSmoothing?: number | undefined;
}

const who = "crossEntropy";

/**
 * `-log softmax(input)[target]`: how unlikely the target classes are under the logits `input`. By default the mean
 * weighted by class.
 *
 * - input: `[classes]`, `[batch, classes]` or `[batch, classes, ...]`
 * - target: classes, int32, of shape `[]`, `[batch]` or `[batch, ...]`: 0 to classes - 1 or `ignoreIndex`, anything else
 *   throws; or probabilities, floats in the shape of input
 * - result: `[]`, or with reduction `none` the shape of input without its classes
 *
 * With every target ignored, the mean is NaN and the gradient 0.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
 *
 * @example
 * crossEntropy(tensor([[2, 0], [0, 2]]), tensor([0, 1], { dtype: "int32" })).item(); // => 0.12692801654338837
 * @example
 * crossEntropy(tensor([[0, 0]]), tensor([[0.5, 0.5]])).item(); // => 0.6931471824645996
 */
export function crossEntropy(input: Tensor, target: Tensor, options: CrossEntropyLossOptions = {}): Tensor {
  const { weight, ignoreIndex = -100, labelSmoothing = 0, reduction } = options;
  reducer(who, reduction);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new RangeError(`${who}: labelSmoothing must lie between 0 and 1, got ${labelSmoothing}`);
  checkClassWeight(who, weight, classCount(who, input));
  if (sameShape(input.shape, target.shape)) return ofProbabilities(input, target, options);
  const ignores = checkClassTarget(who, input, target, ignoreIndex);
  const logarithms = logSoftmax(input, { dim: classDim(input) });
  return labelSmoothing === 0
    ? checkedNllLoss(logarithms, target, ignores, options)
    : smoothed(logarithms, target, options);
}

/** `crossEntropy` with its options. */
export class CrossEntropyLoss extends Loss<CrossEntropyLossOptions> {
  readonly weight: Tensor | undefined;

  constructor(options: CrossEntropyLossOptions = {}) {
    super("CrossEntropyLoss", options);
    this.weight = options.weight;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return crossEntropy(input, target, this.options);
  }
}

const smoothedLoss = formula(
  "crossEntropy",
  ["picked", "weight", "total", "kept"],
  "kept ? -(share * weight * picked + spread * total) : 0",
  { share: 1, spread: 0 },
);

function smoothed(
  logarithms: Tensor,
  target: Tensor,
  { weight, ignoreIndex = -100, labelSmoothing = 0, reduction }: CrossEntropyLossOptions,
): Tensor {
  const dim = classDim(logarithms);
  const { picked, weights, kept } = pickClasses(logarithms, target, weight, ignoreIndex);
  const total = sum(
    weight === undefined ? logarithms : scaled([logarithms, alongClasses(weight, dim, logarithms.ndim)]),
    { dim },
  );
  const losses = smoothedLoss([picked, weights, total, kept], {
    share: 1 - labelSmoothing,
    spread: labelSmoothing / classCount(who, logarithms),
  });
  return reduceKept(who, losses, { weights, kept }, reduction);
}

const scaled = formula("crossEntropy", ["input", "weight"], "weight * input");

const probabilityLoss = formula(
  "crossEntropy",
  ["input", "target", "weight"],
  "-weight * input * (target * share + spread)",
  {
    share: 1,
    spread: 0,
  },
);

function ofProbabilities(
  input: Tensor,
  target: Tensor,
  { weight, ignoreIndex = -100, labelSmoothing = 0, reduction = "mean" }: CrossEntropyLossOptions,
): Tensor {
  if (!isFloat(target.dtype)) {
    throw new TypeError(
      `${who}: a target in the shape of input holds probabilities, which must be floats, got ${target.dtype} ${operandsText({ input, target })}`,
    );
  }
  if (ignoreIndex >= 0)
    throw new RangeError(
      `${who}: ignoreIndex ${ignoreIndex} means nothing for probabilities ${operandsText({ input, target })}`,
    );
  const dim = classDim(input);
  const classes = classCount(who, input);
  const weights = weight === undefined ? input.number(1) : alongClasses(weight, dim, input.ndim);
  const shares = { share: 1 - labelSmoothing, spread: labelSmoothing / classes };
  const losses = sum(probabilityLoss([logSoftmax(input, { dim }), target, weights], shares), { dim });
  return reduction === "mean" ? div(sum(losses), input.size / classes) : reducer(who, reduction)(losses);
}
