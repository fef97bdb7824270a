import { add, type Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

export interface PoissonNLLLossOptions extends LossOptions {
  /** The input is the logarithm of the rate, not the rate. Default true. */
  logInput?: boolean | undefined;
  /** Add Stirling's approximation of `log(target!)` where the target is above 1. Default false. */
  full?: boolean | undefined;
  /** Keeps the logarithm of a rate finite. Default 1e-8. */
  eps?: number | undefined;
}

const ofLogRate = formula("poissonNllLoss", ["input", "target"], "exp(input) - target * input");
const ofRate = formula("poissonNllLoss", ["input", "target"], "input - target * log(input + eps)", { eps: 1e-8 });
const stirling = formula(
  "poissonNllLoss",
  ["target"],
  "target > 1 ? target * log(target) - target + 0.5 * log(2 * pi * target) : 0",
);

/**
 * How unlikely the counts `target` are under Poisson distributions with rates `e^input`: `e^input - target · input`, or
 * `input - target · log(input + eps)` where the input is the rate; by default the mean. Shapes broadcast; floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.poisson_nll_loss.html
 *
 * @example
 * poissonNllLoss(tensor([0, 0]), tensor([1, 3])).item(); // => 1
 */
export function poissonNllLoss(
  input: Tensor,
  target: Tensor,
  { logInput = true, full = false, eps = 1e-8, reduction }: PoissonNLLLossOptions = {},
): Tensor {
  const reduce = reducer("poissonNllLoss", reduction);
  const losses = logInput ? ofLogRate([input, target]) : ofRate([input, target], { eps });
  return reduce(full ? add(losses, stirling([target])) : losses);
}

/** `poissonNllLoss` with its options. */
export class PoissonNLLLoss extends Loss<PoissonNLLLossOptions> {
  constructor(options: PoissonNLLLossOptions = {}) {
    super("PoissonNLLLoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return poissonNllLoss(input, target, this.options);
  }
}
