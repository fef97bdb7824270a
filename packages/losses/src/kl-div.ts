import { div, sum, type Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { checkReduction, type Reduction, reducer } from "./reduction.ts";

export interface KLDivLossOptions {
  /** As for other losses, or `batchmean`: the sum divided by the size of the first dimension, the true divergence. Default `mean`. */
  reduction?: Reduction | "batchmean" | undefined;
  /** The target is a logarithm too. Default false. */
  logTarget?: boolean | undefined;
}

const ofLogTarget = formula("klDiv", ["input", "target"], "exp(target) * (target - input)");
const ofTarget = formula(
  "klDiv",
  ["input", "target"],
  "target == 0 ? -target * input : target * (log(target) - input)",
);

/**
 * `target · (log target - input)`, the Kullback–Leibler divergence of `input`, a logarithm of probabilities, from the
 * probabilities `target`: 0 where the target is 0. Shapes broadcast; floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html
 *
 * @example
 * klDiv(tensor([[Math.log(0.5), Math.log(0.5)]]), tensor([[1, 0]]), { reduction: "batchmean" }).item(); // => 0.6931471824645996
 */
export function klDiv(
  input: Tensor,
  target: Tensor,
  { reduction = "mean", logTarget = false }: KLDivLossOptions = {},
): Tensor {
  checkReduction("klDiv", reduction, ["mean", "batchmean", "sum", "none"]);
  const losses = logTarget ? ofLogTarget([input, target]) : ofTarget([input, target]);
  return reduction === "batchmean" ? div(sum(losses), input.shape[0] ?? 1) : reducer("klDiv", reduction)(losses);
}

/** `klDiv` with its options. */
export class KLDivLoss extends Loss<KLDivLossOptions> {
  constructor(options: KLDivLossOptions = {}) {
    super("KLDivLoss", options);
  }

  override forward(input: Tensor, target: Tensor): Tensor {
    return klDiv(input, target, this.options);
  }
}
