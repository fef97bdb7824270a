import { type ElementwiseOp, elementwise, type Tensor, update_, zerosLike } from "@dl/tensor";
import { averageInto, coupled } from "./formulas.ts";
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

const grow: ElementwiseOp = elementwise("adamaxNorm", ["u", "g"], "max(beta * u, abs(g) + eps)", { beta: 0, eps: 0 });
const descend: ElementwiseOp = elementwise("adamax", ["p", "m", "u"], "p - rate * (m / u)", { rate: 0 });

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

  protected override update(p: Tensor, grad: Tensor, group: AdamaxGroup, state: AdamaxState): void {
    const { lr, betas, eps } = group;
    const g = coupled(grad, p, group);
    state.step++;
    averageInto(state.exp_avg, g, betas[0]);
    update_(state.exp_inf, grow, [state.exp_inf, g], { beta: betas[1], eps });
    update_(p, descend, [p, state.exp_avg, state.exp_inf], { rate: lr / (1 - betas[0] ** state.step) });
  }
}
