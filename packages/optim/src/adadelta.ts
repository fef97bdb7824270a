import { apply, type ElementwiseOp, elementwise, type Tensor, update_, zerosLike } from "@dl/tensor";
import { averageSquareInto, coupled } from "./formulas.ts";
import { checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface AdadeltaGroup extends Hyper {
  /** How much of the averages a step keeps. Default 0.9. */
  rho: number;
  /** Added under both roots. Default 1e-6. */
  eps: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type AdadeltaOptions = Partial<AdadeltaGroup>;

export interface AdadeltaState {
  step: number;
  square_avg: Tensor;
  acc_delta: Tensor;
}

const change: ElementwiseOp = elementwise("adadelta", ["g", "v", "d"], "sqrt(d + eps) / sqrt(v + eps) * g", { eps: 0 });
const descend: ElementwiseOp = elementwise("adadeltaStep", ["p", "d"], "p - rate * d", { rate: 0 });

/**
 * `p -= lr d`, `d = √(u + eps) / √(v + eps) g`, with v and u the moving averages of g² and of d².
 *
 * Source: https://arxiv.org/abs/1212.5701, https://pytorch.org/docs/stable/generated/torch.optim.Adadelta.html
 *
 * @example
 * const p = requiresGrad_(tensor([1]));
 * const optimizer = new Adadelta([p], { rho: 0.75, eps: 1 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.item(); // => -0.41421354
 */
export class Adadelta extends ParameterwiseOptimizer<AdadeltaGroup, AdadeltaState> {
  constructor(params: ParamsInput<AdadeltaGroup>, options: AdadeltaOptions = {}) {
    super("Adadelta", params, { lr: 1, rho: 0.9, eps: 1e-6, weightDecay: 0, maximize: false, ...options });
  }

  protected override check(who: string, group: AdadeltaGroup): void {
    checkFromZero(who, group, "lr", "eps", "weightDecay");
    if (!(group.rho >= 0 && group.rho <= 1)) throw new RangeError(`${who}: rho must lie in [0, 1], got ${group.rho}`);
  }

  protected override start(p: Tensor): AdadeltaState {
    return { step: 0, square_avg: zerosLike(p), acc_delta: zerosLike(p) };
  }

  protected override update(p: Tensor, grad: Tensor, group: AdadeltaGroup, state: AdadeltaState): void {
    const { lr, rho, eps } = group;
    const g = coupled(grad, p, group);
    state.step++;
    averageSquareInto(state.square_avg, g, rho);
    const delta = apply(change, [g, state.square_avg, state.acc_delta], { eps });
    update_(p, descend, [p, delta], { rate: lr });
    averageSquareInto(state.acc_delta, delta, rho);
  }
}
