import { type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { averagedBy, averageSquareText, averageText, averaging, coupledBy, coupledText, coupling } from "./formulas.ts";
import { checkBetas, checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface NAdamGroup extends Hyper {
  /** How much of the averages of the gradient and of its square a step keeps. Default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the divisor. Default 1e-8. */
  eps: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** How fast the momentum rises to betas[0]. Default 4e-3. */
  momentumDecay: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type NAdamOptions = Partial<NAdamGroup>;

export interface NAdamState {
  step: number;
  mu_product: number;
  exp_avg: Tensor;
  exp_avg_sq: Tensor;
}

const descend: Updates = updates(
  "nadam",
  ["m", "v", "p", "g"],
  [coupledText, averageText, averageSquareText],
  ["m1", "v1", "p - (now * c + ahead * m1) / (sqrt(v1) / root + eps)"],
  [coupling, averaging, "now", "ahead", "root", "eps"],
);

/**
 * Adam with Nesterov momentum, which looks one gradient ahead:
 * `p -= lr (μ' m / (1 - Πμ') + (1 - μ) g / (1 - Πμ)) / (√v̂ + eps)`, with `μ = beta1 (1 - ½ 0.96^(t momentumDecay))` at step
 * t, μ' that of the next step and Π the products up to them.
 *
 * Source: https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ,
 * https://pytorch.org/docs/stable/generated/torch.optim.NAdam.html
 *
 * @example
 * const p = requiresGrad_(tensor([1]));
 * const optimizer = new NAdam([p], { lr: 0.1 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.item(); // => 0.8950469
 */
export class NAdam extends ParameterwiseOptimizer<NAdamGroup, NAdamState> {
  constructor(params: ParamsInput<NAdamGroup>, options: NAdamOptions = {}) {
    super("NAdam", params, {
      lr: 2e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      momentumDecay: 4e-3,
      maximize: false,
      ...options,
    });
  }

  protected override check(who: string, group: NAdamGroup): void {
    checkFromZero(who, group, "lr", "eps", "weightDecay", "momentumDecay");
    checkBetas(who, group.betas);
  }

  protected override start(p: Tensor): NAdamState {
    return { step: 0, mu_product: 1, exp_avg: zerosLike(p), exp_avg_sq: zerosLike(p) };
  }

  protected override update(p: Tensor, g: Tensor, group: NAdamGroup, state: NAdamState): void {
    const { lr, betas, eps, momentumDecay } = group;
    const [beta1, beta2] = betas;
    state.step++;
    const muAt = (step: number): number => beta1 * (1 - 0.5 * 0.96 ** (step * momentumDecay));
    const mu = muAt(state.step);
    const next = muAt(state.step + 1);
    state.mu_product *= mu;
    // PyTorch 1.13 counts mu twice here
    const ahead = state.mu_product * mu * next;
    const changed = [state.exp_avg, state.exp_avg_sq, p];
    updateAll_(changed, descend, [...changed, g], {
      ...coupledBy(group),
      ...averagedBy(betas),
      now: (lr * (1 - mu)) / (1 - state.mu_product),
      ahead: (lr * next) / (1 - ahead),
      root: Math.sqrt(1 - beta2 ** state.step),
      eps,
    });
  }
}
