import { keep, type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { averagedBy, averageSquareText, averageText, averaging, coupledBy, coupledText, coupling } from "./formulas.ts";
import { checkBetas, checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface AdamGroup extends Hyper {
  /** How much of the averages of the gradient and of its square a step keeps. Default [0.9, 0.999]. */
  betas: readonly [number, number];
  /** Added to the divisor. Default 1e-8. */
  eps: number;
  /** Default 0 in Adam, 0.01 in AdamW. */
  weightDecay: number;
  /** Divides by the largest average so far. Default false. */
  amsgrad: boolean;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type AdamOptions = Partial<AdamGroup>;

export interface AdamState {
  step: number;
  exp_avg: Tensor;
  exp_avg_sq: Tensor;
  max_exp_avg_sq?: Tensor;
}

const params = [coupling, averaging, "shrink", "rate", "small"];

/** All that a step changes, in one pass. `rate` and `small` carry the corrections of both averages. */
const descend: Updates = updates(
  "adam",
  ["p", "g", "m", "v"],
  [coupledText, averageText, averageSquareText],
  ["m1", "v1", "shrink * p - rate * (m1 / (sqrt(v1) + small))"],
  params,
);
const descendAmsgrad: Updates = updates(
  "amsgrad",
  ["p", "g", "m", "v", "top"],
  [coupledText, averageText, averageSquareText, "let largest = max(top, v1)"],
  ["m1", "v1", "shrink * p - rate * (m1 / (sqrt(largest) + small))", "largest"],
  params,
);

const defaults: AdamGroup = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
};

/** What both share but the way of weight decay. */
abstract class AnyAdam extends ParameterwiseOptimizer<AdamGroup, AdamState> {
  protected override check(who: string, group: AdamGroup): void {
    checkFromZero(who, group, "lr", "eps", "weightDecay");
    checkBetas(who, group.betas);
  }

  protected override start(p: Tensor): AdamState {
    return { step: 0, exp_avg: zerosLike(p), exp_avg_sq: zerosLike(p) };
  }
}

/**
 * `p -= lr m̂ / (√v̂ + eps)`, with m̂ and v̂ the corrected moving averages of the gradient and of its square.
 *
 * `weightDecay p` is added to the gradient; {@link AdamW} shrinks the parameters instead.
 * Source: https://arxiv.org/abs/1412.6980, https://pytorch.org/docs/stable/generated/torch.optim.Adam.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new Adam([p], { lr: 0.1 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.9, 1.9]
 */
export class Adam extends AnyAdam {
  constructor(params: ParamsInput<AdamGroup>, options: AdamOptions = {}) {
    super("Adam", params, { ...defaults, ...options });
  }

  protected override update(p: Tensor, grad: Tensor, group: AdamGroup, state: AdamState): void {
    updateAdam(p, grad, group, state, { ...coupledBy(group), shrink: 1 });
  }
}

/**
 * {@link Adam} with decoupled weight decay: `p *= 1 - lr weightDecay` before each step.
 *
 * Source: https://arxiv.org/abs/1711.05101, https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new AdamW([p], { lr: 0.1, weightDecay: 0.5 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.85, 1.8]
 */
export class AdamW extends AnyAdam {
  constructor(params: ParamsInput<AdamGroup>, options: AdamOptions = {}) {
    super("AdamW", params, { ...defaults, weightDecay: 0.01, ...options });
  }

  protected override update(p: Tensor, grad: Tensor, group: AdamGroup, state: AdamState): void {
    updateAdam(p, grad, group, state, {
      ...coupledBy({ maximize: group.maximize }),
      shrink: 1 - group.lr * group.weightDecay,
    });
  }
}

function updateAdam(
  p: Tensor,
  g: Tensor,
  { lr, betas, eps, amsgrad }: AdamGroup,
  state: AdamState,
  decays: Readonly<Record<string, number>>,
): void {
  state.step++;
  const root = Math.sqrt(1 - betas[1] ** state.step);
  const rate = (lr * root) / (1 - betas[0] ** state.step);
  const values = { ...decays, ...averagedBy(betas), rate, small: eps * root };
  const changed = [state.exp_avg, state.exp_avg_sq, p];
  const read = [p, g, state.exp_avg, state.exp_avg_sq];
  if (amsgrad) {
    state.max_exp_avg_sq ??= keep(zerosLike(p));
    updateAll_([...changed, state.max_exp_avg_sq], descendAmsgrad, [...read, state.max_exp_avg_sq], values);
  } else updateAll_(changed, descend, read, values);
}
