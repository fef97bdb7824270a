import { type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { averagedBy, averaging, turnedBy, turnedText } from "./formulas.ts";
import { checkBetas, checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface LionGroup extends Hyper {
  /** How much momentum the step uses and how much it keeps. Default [0.9, 0.99]. */
  betas: readonly [number, number];
  /** Decoupled: shrinks the parameters by lr weightDecay. Default 0. */
  weightDecay: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type LionOptions = Partial<LionGroup>;

export interface LionState {
  exp_avg: Tensor;
}

const descend: Updates = updates(
  "lion",
  ["m", "p", "g"],
  [turnedText],
  ["keep2 * m + take2 * c", "shrink * p - rate * sign(keep1 * m + take1 * c)"],
  ["turn", averaging, "shrink", "rate"],
);

/**
 * `p -= lr (sign(beta1 m + (1 - beta1) g) + weightDecay p)`, `m = beta2 m + (1 - beta2) g`.
 *
 * Source: https://arxiv.org/abs/2302.06675
 *
 * @example
 * const p = requiresGrad_(tensor([1, -2]));
 * const optimizer = new Lion([p], { lr: 0.5 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.5, -1.5]
 */
export class Lion extends ParameterwiseOptimizer<LionGroup, LionState> {
  constructor(params: ParamsInput<LionGroup>, options: LionOptions = {}) {
    super("Lion", params, { lr: 1e-4, betas: [0.9, 0.99], weightDecay: 0, maximize: false, ...options });
  }

  protected override check(who: string, group: LionGroup): void {
    checkFromZero(who, group, "lr", "weightDecay");
    checkBetas(who, group.betas);
  }

  protected override start(p: Tensor): LionState {
    return { exp_avg: zerosLike(p) };
  }

  protected override update(
    p: Tensor,
    g: Tensor,
    { lr, betas, weightDecay, maximize }: LionGroup,
    { exp_avg }: LionState,
  ): void {
    const values = { ...turnedBy(maximize), ...averagedBy(betas), shrink: 1 - lr * weightDecay, rate: lr };
    updateAll_([exp_avg, p], descend, [exp_avg, p, g], values);
  }
}
