import { type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { averagedBy, averageText, averaging, coupledBy, coupledText, coupling } from "./formulas.ts";
import { checkBetas, checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface AdamaxGroup extends Hyper {
  /** How much of the average and of the maximum a step keeps. Default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the gradient's magnitude. Default 1e-8. */
  eps: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type AdamaxOptions = Partial<AdamaxGroup>;

export interface AdamaxState {
  step: number;
  exp_avg: Tensor;
  exp_inf: Tensor;
}

const descend: Updates = updates(
  "adamax",
  ["m", "u", "p", "g"],
  [coupledText, averageText, "let u1 = max(keep2 * u, abs(c) + eps)"],
  ["m1", "u1", "p - rate * (m1 / u1)"],
  [coupling, averaging, "rate", "eps"],
);

/**
 * Adam with the maximum norm: `p -= lr m̂ / u`, `u = max(beta2 u, |g| + eps)`.
 *
 * Source: https://arxiv.org/abs/1412.6980, https://pytorch.org/docs/stable/generated/torch.optim.Adamax.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new Adamax([p], { lr: 0.5 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.5, 1.5]
 */
export class Adamax extends ParameterwiseOptimizer<AdamaxGroup, AdamaxState> {
  constructor(params: ParamsInput<AdamaxGroup>, options: AdamaxOptions = {}) {
    super("Adamax", params, { lr: 2e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, maximize: false, ...options });
  }

  protected override check(who: string, group: AdamaxGroup): void {
    checkFromZero(who, group, "lr", "eps", "weightDecay");
    checkBetas(who, group.betas);
  }

  protected override start(p: Tensor): AdamaxState {
    return { step: 0, exp_avg: zerosLike(p), exp_inf: zerosLike(p) };
  }

  protected override update(p: Tensor, g: Tensor, group: AdamaxGroup, state: AdamaxState): void {
    const { lr, betas, eps } = group;
    state.step++;
    const changed = [state.exp_avg, state.exp_inf, p];
    const rate = lr / (1 - betas[0] ** state.step);
    updateAll_(changed, descend, [...changed, g], { ...coupledBy(group), ...averagedBy(betas), rate, eps });
  }
}
