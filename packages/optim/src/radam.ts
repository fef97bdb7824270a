import { type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { averagedBy, averageSquareText, averageText, averaging, coupledBy, coupledText, coupling } from "./formulas.ts";
import { checkBetas, checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface RAdamGroup extends Hyper {
  /** How much of the averages of the gradient and of its square a step keeps. Default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the divisor. Default 1e-8. */
  eps: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type RAdamOptions = Partial<RAdamGroup>;

export interface RAdamState {
  step: number;
  exp_avg: Tensor;
  exp_avg_sq: Tensor;
}

const averages = [coupledText, averageText, averageSquareText];
const descend: Updates = updates(
  "radam",
  ["m", "v", "p", "g"],
  averages,
  ["m1", "v1", "p - rate * m1 / (sqrt(v1) + eps)"],
  [coupling, averaging, "rate", "eps"],
);
const warmUp: Updates = updates(
  "radamWarmup",
  ["m", "v", "p", "g"],
  averages,
  ["m1", "v1", "p - rate * m1"],
  [coupling, averaging, "rate"],
);

/**
 * Adam with a rectified rate: `p -= lr r m̂ / (√v̂ + eps)`, `r = √((ρ - 4)(ρ - 2) ρ∞ / ((ρ∞ - 4)(ρ∞ - 2) ρ))`, where ρ is how
 * many gradients v rests on and ρ∞ its limit. While ρ is at most 5 it follows the momentum alone: `p -= lr m̂`.
 *
 * Source: https://arxiv.org/abs/1908.03265, https://pytorch.org/docs/stable/generated/torch.optim.RAdam.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new RAdam([p], { lr: 0.1 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.8, 1.6]
 */
export class RAdam extends ParameterwiseOptimizer<RAdamGroup, RAdamState> {
  constructor(params: ParamsInput<RAdamGroup>, options: RAdamOptions = {}) {
    super("RAdam", params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, maximize: false, ...options });
  }

  protected override check(who: string, group: RAdamGroup): void {
    checkFromZero(who, group, "lr", "eps", "weightDecay");
    checkBetas(who, group.betas);
  }

  protected override start(p: Tensor): RAdamState {
    return { step: 0, exp_avg: zerosLike(p), exp_avg_sq: zerosLike(p) };
  }

  protected override update(p: Tensor, g: Tensor, group: RAdamGroup, state: RAdamState): void {
    const { lr, betas, eps } = group;
    const [beta1, beta2] = betas;
    const step = ++state.step;
    const changed = [state.exp_avg, state.exp_avg_sq, p];
    const values = { ...coupledBy(group), ...averagedBy(betas) };
    const rate = lr / (1 - beta1 ** step);
    const correction = 1 - beta2 ** step;
    const longest = 2 / (1 - beta2) - 1;
    const length = longest - (2 * step * beta2 ** step) / correction;
    if (length <= 5) {
      updateAll_(changed, warmUp, [...changed, g], { ...values, rate });
      return;
    }
    const rectified = Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
    const whole = rate * rectified * Math.sqrt(correction);
    updateAll_(changed, descend, [...changed, g], { ...values, rate: whole, eps });
  }
}
