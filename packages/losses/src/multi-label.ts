import {
  cumsum,
  div,
  eq,
  gather,
  gt,
  lt,
  mean,
  mul,
  operandsText,
  sameShape,
  scatterAdd,
  sum,
  type Tensor,
  toCopy,
  unsqueeze,
  where,
  zeros,
} from "@dl/tensor";
import { logitEntropy } from "./binary-cross-entropy.ts";
import { checkIndices, checkRange } from "./class-targets.ts";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

const violation = formula(
  "multiLabelMarginLoss",
  ["input", "own", "named", "taken"],
  "named && !taken ? relu(1 - own + input) : 0",
);

/**
 * `Σ max(0, 1 - input[y] + input[i]) / classes` over the labels y of a row and the classes i that are none of them; by
 * default the mean.
 *
 * - input: `[batch, classes]` or `[classes]`
 * - target: int32 in the shape of input: the labels of each row, ended by -1; what follows is not read. A label outside
 *   -1 to classes - 1 throws
 * - result: `[]`, or with reduction `none` `[batch]` or `[]`
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.multilabel_margin_loss.html
 *
 * @example
 * multiLabelMarginLoss(tensor([0.5, 0, 1, 0.5]), tensor([2, 0, -1, 1], { dtype: "int32" })).item(); // => 0.5
 */
export function multiLabelMarginLoss(input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  const reduce = reducer("multiLabelMarginLoss", reduction);
  const classes = checkShapes(input, target);
  checkIndices("multiLabelMarginLoss", target);
  checkRange("multiLabelMarginLoss", input, target, classes, -1);
  const named = eq(cumsum(toCopy(lt(target, 0), "int32"), { dim: -1 }), 0);
  const labels = where(named, target, 0);
  const none = zeros(target.shape, { dtype: "int32", device: target.device });
  const taken = gt(scatterAdd(none, -1, labels, toCopy(named, "int32")), 0);
  const own = gather(input, -1, labels);
  const losses = violation([unsqueeze(input, -2), unsqueeze(own, -1), unsqueeze(named, -1), unsqueeze(taken, -2)]);
  return reduce(div(sum(losses, { dim: [-2, -1] }), classes));
}

/** `multiLabelMarginLoss` with its options. */
export class MultiLabelMarginLoss extends Loss<LossOptions> {
  constructor(options: LossOptions = {}) {
    super("MultiLabelMarginLoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return multiLabelMarginLoss(input, target, this.options);
  }
}

/** The number of classes. */
function checkShapes(input: Tensor, target: Tensor): number {
  const classes = input.shape.at(-1) ?? 0;
  if (input.ndim < 1 || input.ndim > 2 || classes === 0) {
    throw new RangeError(
      `multiLabelMarginLoss: input must be [batch, classes] or [classes] with a class at least ${operandsText({ input, target })}`,
    );
  }
  if (!sameShape(input.shape, target.shape))
    throw new RangeError(`multiLabelMarginLoss: input and target differ in shape ${operandsText({ input, target })}`);
  return classes;
}

export interface MultiLabelSoftMarginLossOptions extends LossOptions {
  /** One weight per class; broadcasts to the input. */
  weight?: Tensor | undefined;
}

/**
 * The mean of `binaryCrossEntropyWithLogits` over the classes of each row, by default the mean over rows too. Shapes input
 * and target `[..., classes]`; with reduction `none` to `[...]`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.multilabel_soft_margin_loss.html
 *
 * @example
 * multiLabelSoftMarginLoss(tensor([[0, 0]]), tensor([[1, 0]])).item(); // => 0.6931471824645996
 */
export function multiLabelSoftMarginLoss(
  input: Tensor,
  target: Tensor,
  { weight, reduction }: MultiLabelSoftMarginLossOptions = {},
): Tensor {
  const reduce = reducer("multiLabelSoftMarginLoss", reduction);
  const losses = logitEntropy([input, target]);
  return reduce(mean(weight === undefined ? losses : mul(losses, weight), { dim: -1 }));
}

/** `multiLabelSoftMarginLoss` with its options. */
export class MultiLabelSoftMarginLoss extends Loss<MultiLabelSoftMarginLossOptions> {
  readonly weight: Tensor | undefined;

  constructor(options: MultiLabelSoftMarginLossOptions = {}) {
    super("MultiLabelSoftMarginLoss", options);
    this.weight = options.weight;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return multiLabelSoftMarginLoss(input, target, this.options);
  }
}
