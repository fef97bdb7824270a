import { apply, type ElementwiseOp, elementwise, keep, type Tensor, update_, zerosLike } from "@dl/tensor";
import { averageInto, averageSquareInto, coupled } from "./formulas.ts";
import { checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface RMSpropGroup extends Hyper {
  /** How much of the average of squares a step keeps. Default 0.99. */
  alpha: number;
  /** Added to the divisor. Default 1e-8. */
  eps: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** Default 0: none. */
  momentum: number;
  /** Divides by the deviation from the mean gradient. Default false. */
  centered: boolean;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type RMSpropOptions = Partial<RMSpropGroup>;

export interface RMSpropState {
  step: number;
  square_avg: Tensor;
  momentum_buffer?: Tensor;
  grad_avg?: Tensor;
}

const descend: ElementwiseOp = elementwise("rmsprop", ["p", "g", "v"], "p - rate * (g / (sqrt(v) + eps))", {
  rate: 0,
  eps: 0,
});
const variance: ElementwiseOp = elementwise("rmspropCentered", ["v", "m"], "v - m * m");
const accumulate: ElementwiseOp = elementwise(
  "rmspropMomentum",
  ["b", "g", "v"],
  "momentum * b + g / (sqrt(v) + eps)",
  { momentum: 0, eps: 0 },
);
const follow: ElementwiseOp = elementwise("rmspropFollow", ["p", "b"], "p - rate * b", { rate: 0 });

/**
 * `p -= lr g / (√v + eps)`, with v the moving average of g².
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new RMSprop([p], { lr: 0.01 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.9, 1.9]
 */
export class RMSprop extends ParameterwiseOptimizer<RMSpropGroup, RMSpropState> {
  constructor(params: ParamsInput<RMSpropGroup>, options: RMSpropOptions = {}) {
    super("RMSprop", params, {
      lr: 0.01,
      alpha: 0.99,
      eps: 1e-8,
      weightDecay: 0,
      momentum: 0,
      centered: false,
      maximize: false,
      ...options,
    });
  }

  protected override check(who: string, group: RMSpropGroup): void {
    checkFromZero(who, group, "lr", "alpha", "eps", "weightDecay", "momentum");
  }

  protected override start(p: Tensor): RMSpropState {
    return { step: 0, square_avg: zerosLike(p) };
  }

  protected override update(p: Tensor, grad: Tensor, group: RMSpropGroup, state: RMSpropState): void {
    const { lr, alpha, eps, momentum, centered } = group;
    const g = coupled(grad, p, group);
    state.step++;
    let v = averageSquareInto(state.square_avg, g, alpha);
    if (centered) {
      state.grad_avg ??= keep(zerosLike(p));
      v = apply(variance, [v, averageInto(state.grad_avg, g, alpha)], {});
    }
    if (momentum === 0) {
      update_(p, descend, [p, g, v], { rate: lr, eps });
      return;
    }
    state.momentum_buffer ??= keep(zerosLike(p));
    const buffer = update_(state.momentum_buffer, accumulate, [state.momentum_buffer, g, v], { momentum, eps });
    update_(p, follow, [p, buffer], { rate: lr });
  }
}
