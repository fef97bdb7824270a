import { type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { coupledBy, coupledText, coupling } from "./formulas.ts";
import { checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface ASGDGroup extends Hyper {
  /** Decay of the parameters and of the rate. Default 1e-4. */
  lambd: number;
  /** Power of the rate's decay. Default 0.75. */
  alpha: number;
  /** The step from which on the parameters are averaged. Default 1e6. */
  t0: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type ASGDOptions = Partial<ASGDGroup>;

/** `ax` is the average of the parameter. */
export interface ASGDState {
  step: number;
  eta: number;
  mu: number;
  ax: Tensor;
}

const descend: Updates = updates(
  "asgd",
  ["a", "p", "g"],
  [coupledText, "let p1 = shrink * p - rate * c"],
  ["mu == 1 ? p1 : a + mu * (p1 - a)", "p1"],
  [coupling, "shrink", "rate", "mu"],
);

/**
 * Averaged gradient descent: `p -= eta (g + lambd p)`, and the average of the parameters from step `t0` on in the state
 * `ax`. `eta = lr / (1 + lambd lr t)^alpha`.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.ASGD.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new ASGD([p], { lr: 0.1, lambd: 0.5 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.75, 1.5]
 */
export class ASGD extends ParameterwiseOptimizer<ASGDGroup, ASGDState> {
  constructor(params: ParamsInput<ASGDGroup>, options: ASGDOptions = {}) {
    super("ASGD", params, { lr: 0.01, lambd: 1e-4, alpha: 0.75, t0: 1e6, weightDecay: 0, maximize: false, ...options });
  }

  protected override check(who: string, group: ASGDGroup): void {
    checkFromZero(who, group, "lr", "weightDecay");
  }

  protected override start(p: Tensor, { lr }: ASGDGroup): ASGDState {
    return { step: 0, eta: lr, mu: 1, ax: zerosLike(p) };
  }

  protected override update(p: Tensor, g: Tensor, group: ASGDGroup, state: ASGDState): void {
    const { lr, lambd, alpha, t0 } = group;
    const step = ++state.step;
    const values = { ...coupledBy(group), shrink: 1 - lambd * state.eta, rate: state.eta, mu: state.mu };
    updateAll_([state.ax, p], descend, [state.ax, p, g], values);
    state.eta = lr / (1 + lambd * lr * step) ** alpha;
    state.mu = 1 / Math.max(1, step - t0);
  }
}
