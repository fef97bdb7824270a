import { fullLike, type Tensor, type Updates, updateAll_, updates } from "@dl/tensor";
import { coupledBy, coupledText, coupling } from "./formulas.ts";
import { checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface AdagradGroup extends Hyper {
  /** The rate of step t is lr / (1 + (t - 1) lrDecay). Default 0. */
  lrDecay: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** What the sum of squares starts from. Default 0. */
  initialAccumulatorValue: number;
  /** Added to the divisor. Default 1e-10. */
  eps: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type AdagradOptions = Partial<AdagradGroup>;

export interface AdagradState {
  step: number;
  sum: Tensor;
}

const descend: Updates = updates(
  "adagrad",
  ["s", "p", "g"],
  [coupledText, "let s1 = s + c * c"],
  ["s1", "p - rate * (c / (sqrt(s1) + eps))"],
  [coupling, "rate", "eps"],
);

/**
 * `p -= lr g / (√s + eps)`, with s the sum of all g² so far.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.Adagrad.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new Adagrad([p], { lr: 0.5 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.5, 1.5]
 */
export class Adagrad extends ParameterwiseOptimizer<AdagradGroup, AdagradState> {
  constructor(params: ParamsInput<AdagradGroup>, options: AdagradOptions = {}) {
    super("Adagrad", params, {
      lr: 0.01,
      lrDecay: 0,
      weightDecay: 0,
      initialAccumulatorValue: 0,
      eps: 1e-10,
      maximize: false,
      ...options,
    });
  }

  protected override check(who: string, group: AdagradGroup): void {
    checkFromZero(who, group, "lr", "lrDecay", "weightDecay", "initialAccumulatorValue", "eps");
  }

  protected override start(p: Tensor, { initialAccumulatorValue }: AdagradGroup): AdagradState {
    return { step: 0, sum: fullLike(p, initialAccumulatorValue) };
  }

  protected override update(p: Tensor, g: Tensor, group: AdagradGroup, state: AdagradState): void {
    const rate = group.lr / (1 + state.step * group.lrDecay);
    state.step++;
    updateAll_([state.sum, p], descend, [state.sum, p, g], { ...coupledBy(group), rate, eps: group.eps });
  }
}
