import { type ElementwiseOp, elementwise, type Tensor, update_, zerosLike } from "@dl/tensor";
import { averageInto, averageSquareInto, coupled } from "./formulas.ts";
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

const descend: ElementwiseOp = elementwise("radam", ["p", "m", "v"], "p - rate * m / (sqrt(v) + eps)", {
  rate: 0,
  eps: 0,
});
const follow: ElementwiseOp = elementwise("radamWarmup", ["p", "m"], "p - rate * m", { rate: 0 });

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

  protected override update(p: Tensor, grad: Tensor, group: RAdamGroup, state: RAdamState): void {
    const { lr, betas, eps } = group;
    const [beta1, beta2] = betas;
    const g = coupled(grad, p, group);
    const step = ++state.step;
    averageInto(state.exp_avg, g, beta1);
    averageSquareInto(state.exp_avg_sq, g, beta2);
    const rate = lr / (1 - beta1 ** step);
    const correction = 1 - beta2 ** step;
    const longest = 2 / (1 - beta2) - 1;
    const length = longest - (2 * step * beta2 ** step) / correction;
    if (length <= 5) {
      update_(p, follow, [p, state.exp_avg], { rate });
      return;
    }
    const rectified = Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
    update_(p, descend, [p, state.exp_avg, state.exp_avg_sq], { rate: rate * rectified * Math.sqrt(correction), eps });
  }
}
