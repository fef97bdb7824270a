import { type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { coupledBy, coupledText, coupling } from "./formulas.ts";
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

const descend: Updates = updates(
  "adadelta",
  ["v", "d", "p", "g"],
  [coupledText, "let v1 = keep * v + take * c * c", "let change = sqrt(d + eps) / sqrt(v1 + eps) * c"],
  ["v1", "keep * d + take * change * change", "p - rate * change"],
  [coupling, "keep", "take", "rate", "eps"],
);

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

  protected override update(p: Tensor, g: Tensor, group: AdadeltaGroup, state: AdadeltaState): void {
    const { lr, rho, eps } = group;
    state.step++;
    const changed = [state.square_avg, state.acc_delta, p];
    updateAll_(changed, descend, [...changed, g], { ...coupledBy(group), keep: rho, take: 1 - rho, rate: lr, eps });
  }
}
