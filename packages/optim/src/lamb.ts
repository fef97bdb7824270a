import {
  type ElementwiseOp,
  elementwise,
  emptyBeside,
  mul,
  sum,
  type Tensor,
  type Updates,
  update_,
  updateAll_,
  updates,
  zerosLike,
} from "@dl/tensor";
import { averagedBy, averageSquareText, averageText, averaging, turnedBy, turnedText } from "./formulas.ts";
import { checkBetas, checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface LAMBGroup extends Hyper {
  /** How much of the averages of the gradient and of its square a step keeps. Default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the divisor. Default 1e-6. */
  eps: number;
  /** Added to the direction as weightDecay p. Default 0. */
  weightDecay: number;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type LAMBOptions = Partial<LAMBGroup>;

export interface LAMBState {
  step: number;
  exp_avg: Tensor;
  exp_avg_sq: Tensor;
}

const advance: Updates = updates(
  "lambDirection",
  ["m", "v", "p", "g"],
  [turnedText, averageText, averageSquareText],
  ["m1", "v1", "scale * m1 / (sqrt(v1) / root + eps) + decay * p"],
  ["turn", averaging, "scale", "root", "eps", "decay"],
);
const descend: ElementwiseOp = elementwise(
  "lamb",
  ["p", "r", "pp", "rr"],
  "p - rate * r * (pp > 0 && rr > 0 ? sqrt(pp) / sqrt(rr) : 1)",
  { rate: 0 },
);

/**
 * Adam for large batches: `p -= lr (‖p‖ / ‖r‖) r` with `r = m̂ / (√v̂ + eps) + weightDecay p`, for each parameter on its
 * own. The ratio is 1 where a norm is 0.
 *
 * Source: https://arxiv.org/abs/1904.00962
 *
 * @example
 * const p = requiresGrad_(tensor([3, -4]));
 * const optimizer = new LAMB([p], { lr: 0.1, eps: 0 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [2.6464467, -3.6464467]
 */
export class LAMB extends ParameterwiseOptimizer<LAMBGroup, LAMBState> {
  constructor(params: ParamsInput<LAMBGroup>, options: LAMBOptions = {}) {
    super("LAMB", params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-6, weightDecay: 0, maximize: false, ...options });
  }

  protected override check(who: string, group: LAMBGroup): void {
    checkFromZero(who, group, "lr", "eps", "weightDecay");
    checkBetas(who, group.betas);
  }

  protected override start(p: Tensor): LAMBState {
    return { step: 0, exp_avg: zerosLike(p), exp_avg_sq: zerosLike(p) };
  }

  protected override update(
    p: Tensor,
    g: Tensor,
    { lr, betas, eps, weightDecay, maximize }: LAMBGroup,
    state: LAMBState,
  ): void {
    state.step++;
    const { exp_avg, exp_avg_sq } = state;
    const r = emptyBeside(p, p.shape);
    updateAll_([exp_avg, exp_avg_sq, r], advance, [exp_avg, exp_avg_sq, p, g], {
      ...turnedBy(maximize),
      ...averagedBy(betas),
      scale: 1 / (1 - betas[0] ** state.step),
      root: Math.sqrt(1 - betas[1] ** state.step),
      eps,
      decay: weightDecay,
    });
    update_(p, descend, [p, r, sum(mul(p, p)), sum(mul(r, r))], { rate: lr });
  }
}
