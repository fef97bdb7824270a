import { div, flatten, gather, ne, neg, squeeze, sum, type Tensor, unsqueeze, view, where } from "@dl/tensor";
import { checkClassTarget, checkClassWeight, classCount, classDim } from "./class-targets.ts";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, type Reduction, reducer } from "./reduction.ts";

export interface NLLLossOptions extends LossOptions {
  /** One weight per class: the mean is divided by the weights of the targets. */
  weight?: Tensor | undefined;
  /** Targets with this value count for nothing. Default -100. */
  ignoreIndex?: number | undefined;
}

/** The select keeps the gradient of ignored places 0 even where the mean over nothing makes the upstream one infinite. */
const negative = formula("nllLoss", ["picked", "weight", "kept"], "kept ? -weight * picked : 0");

/**
 * `-weight[target] · input[target]` for logarithms of probabilities, by default the mean weighted by class.
 *
 * - input: `[classes]`, `[batch, classes]` or `[batch, classes, ...]`
 * - target: int32, 0 to classes - 1 or `ignoreIndex`: `[]`, `[batch]` or `[batch, ...]`; anything else throws
 * - result: `[]`, or with reduction `none` the shape of target
 *
 * With every target ignored, the mean is NaN and the gradient 0.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html
 *
 * @example
 * nllLoss(tensor([[-1, -2], [-3, -4]]), tensor([0, 1], { dtype: "int32" })).item(); // => 2.5
 */
export function nllLoss(input: Tensor, target: Tensor, options: NLLLossOptions = {}): Tensor {
  reducer("nllLoss", options.reduction);
  const ignores = checkClassTarget("nllLoss", input, target, options.ignoreIndex ?? -100);
  checkClassWeight("nllLoss", options.weight, classCount("nllLoss", input));
  return checkedNllLoss(input, target, ignores, options);
}

/** `nllLoss` of operands that fit; `ignores` says whether a place may be ignored. */
export function checkedNllLoss(
  input: Tensor,
  target: Tensor,
  ignores: boolean,
  { weight, ignoreIndex = -100, reduction }: NLLLossOptions,
): Tensor {
  if (!ignores && weight === undefined) return reducer("nllLoss", reduction)(neg(pick(input, target)));
  const { picked, weights, kept } = pickClasses(input, target, weight, ignoreIndex);
  return reduceKept("nllLoss", negative([picked, weights, kept]), { weights, kept }, reduction);
}

/** `nllLoss` with its options. */
export class NLLLoss extends Loss<NLLLossOptions> {
  readonly weight: Tensor | undefined;

  constructor(options: NLLLossOptions = {}) {
    super("NLLLoss", options);
    this.weight = options.weight;
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return nllLoss(input, target, this.options);
  }
}

/** What each place counts. */
interface Counted {
  /** The weight of its class. */
  readonly weights: Tensor;
  /** bool: not ignored. */
  readonly kept: Tensor;
}

/** For each place the input of its class. Ignored places stand for class 0. */
export function pickClasses(
  input: Tensor,
  target: Tensor,
  weight: Tensor | undefined,
  ignoreIndex: number,
): Counted & { readonly picked: Tensor } {
  const kept = ne(target, ignoreIndex);
  const classes = where(kept, target, 0);
  const picked = pick(input, classes);
  const weights = weight === undefined ? input.number(1) : view(gather(weight, 0, flatten(classes)), target.shape);
  return { picked, weights, kept };
}

function pick(input: Tensor, classes: Tensor): Tensor {
  const dim = classDim(input);
  return squeeze(gather(input, dim, unsqueeze(classes, dim)), dim);
}

/** The mean is divided by the weights of the places that are not ignored. */
export function reduceKept(
  who: string,
  losses: Tensor,
  { weights, kept }: Counted,
  reduction: Reduction | undefined,
): Tensor {
  if (reduction !== undefined && reduction !== "mean") return reducer(who, reduction)(losses);
  return div(sum(losses), sum(weights.isNumber ? kept : where(kept, weights, 0)));
}
