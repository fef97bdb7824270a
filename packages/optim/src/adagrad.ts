import { type ElementwiseOp, elementwise, fullLike, type Tensor, update_ } from "@dl/tensor";
import { coupled } from "./formulas.ts";
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

const accumulate: ElementwiseOp = elementwise("adagradSum", ["s", "g"], "s + g * g");
const descend: ElementwiseOp = elementwise("adagrad", ["p", "g", "s"], "p - rate * (g / (sqrt(s) + eps))", {
  rate: 0,
  eps: 0,
});

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

  protected override update(p: Tensor, grad: Tensor, group: AdagradGroup, state: AdagradState): void {
    const g = coupled(grad, p, group);
    const rate = group.lr / (1 + state.step * group.lrDecay);
    state.step++;
    update_(state.sum, accumulate, [state.sum, g]);
    update_(p, descend, [p, g, state.sum], { rate, eps: group.eps });
  }
}
