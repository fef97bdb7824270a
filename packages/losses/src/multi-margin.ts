import { arange, eq, gather, mean, operandsText, type Tensor, unsqueeze, view } from "@dl/tensor";
import { checkClassWeight, checkIndices, checkRange } from "./class-targets.ts";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

export interface MultiMarginLossOptions extends LossOptions {
  /** The power of each excess: 1 or 2. Default 1. */
  p?: number | undefined;
  /** By how much the class should lead every other. Default 1. */
  margin?: number | undefined;
  /** One weight per class, for the targets of that class. */
  weight?: Tensor | undefined;
}

const excess = formula(
  "multiMarginLoss",
  ["input", "own", "weight", "same"],
  "same ? 0 : weight * relu(margin - own + input)",
  { margin: 1 },
);
const squaredExcess = formula(
  "multiMarginLoss",
  ["input", "own", "weight", "same"],
  "same ? 0 : weight * square(relu(margin - own + input))",
  {
    margin: 1,
  },
);

/**
 * `weight[y] · Σ max(0, margin - input[y] + input[i])^p / classes` over the classes i other than the target y; by default
 * the mean.
 *
 * - input: `[batch, classes]` or `[classes]`
 * - target: int32, 0 to classes - 1: `[batch]`, or `[]`; anything else throws
 * - result: `[]`, or with reduction `none` the shape of target
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.multi_margin_loss.html
 *
 * @example
 * multiMarginLoss(tensor([[0.5, 1, 0]]), tensor([0], { dtype: "int32" })).item(); // => 0.6666666865348816
 */
export function multiMarginLoss(
  input: Tensor,
  target: Tensor,
  { p = 1, margin = 1, weight, reduction }: MultiMarginLossOptions = {},
): Tensor {
  const reduce = reducer("multiMarginLoss", reduction);
  checkPower(p);
  const classes = checkShapes(input, target);
  checkIndices("multiMarginLoss", target);
  checkClassWeight("multiMarginLoss", weight, classes);
  checkRange("multiMarginLoss", input, target, classes, undefined);
  const rows = view(input, [target.size, classes]);
  const index = view(target, [target.size, 1]);
  const weights = weight === undefined ? input.number(1) : unsqueeze(gather(weight, 0, view(target, [target.size])), 1);
  const same = eq(index, arange(0, classes, 1, { dtype: "int32", device: input.device }));
  const losses = (p === 1 ? excess : squaredExcess)([rows, gather(rows, 1, index), weights, same], { margin });
  return reduce(view(mean(losses, { dim: 1 }), target.shape));
}

/** `multiMarginLoss` with its options. */
export class MultiMarginLoss extends Loss<MultiMarginLossOptions> {
  readonly weight: Tensor | undefined;

  constructor(options: MultiMarginLossOptions = {}) {
    checkPower(options.p ?? 1);
    super("MultiMarginLoss", options);
    this.weight = options.weight;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return multiMarginLoss(input, target, this.options);
  }
}

function checkPower(p: number): void {
  if (p !== 1 && p !== 2) throw new RangeError(`multiMarginLoss: p must be 1 or 2, got ${p}`);
}

/** The number of classes. */
function checkShapes(input: Tensor, target: Tensor): number {
  const classes = input.shape.at(-1) ?? 0;
  const batch = input.ndim === 2 ? (input.shape[0] as number) : 1;
  if (input.ndim < 1 || input.ndim > 2 || classes === 0) {
    throw new RangeError(
      `multiMarginLoss: input must be [batch, classes] or [classes] with a class at least ${operandsText({ input, target })}`,
    );
  }
  if (target.ndim > 1 || target.size !== batch) {
    throw new RangeError(
      `multiMarginLoss: target must be [${batch}], one class for each row of input ${operandsText({ input, target })}`,
    );
  }
  return classes;
}
