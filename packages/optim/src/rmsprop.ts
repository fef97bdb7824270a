import { keep, type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { coupledBy, coupledText, coupling } from "./formulas.ts";
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

const squares = "let v1 = keep * v + take * c * c";
const plain = "let d = c / (sqrt(v1) + eps)";
const mean = "let m1 = keep * m + take * c";
const centred = "let d = c / (sqrt(v1 - m1 * m1) + eps)";
const rolled = "let b1 = momentum * b + d";
const params = [coupling, "keep", "take", "momentum", "rate", "eps"];

/** All that a step changes, in one pass, by what is kept beside v: the average m and the momentum b. */
const descents: Readonly<Record<"v" | "vm" | "vb" | "vmb", Updates>> = {
  v: updates("rmsprop", ["v", "p", "g"], [coupledText, squares, plain], ["v1", "p - rate * d"], params),
  vm: updates(
    "rmsprop",
    ["v", "m", "p", "g"],
    [coupledText, squares, mean, centred],
    ["v1", "m1", "p - rate * d"],
    params,
  ),
  vb: updates(
    "rmsprop",
    ["v", "b", "p", "g"],
    [coupledText, squares, plain, rolled],
    ["v1", "b1", "p - rate * b1"],
    params,
  ),
  vmb: updates(
    "rmsprop",
    ["v", "m", "b", "p", "g"],
    [coupledText, squares, mean, centred, rolled],
    ["v1", "m1", "b1", "p - rate * b1"],
    params,
  ),
};

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

  protected override update(p: Tensor, g: Tensor, group: RMSpropGroup, state: RMSpropState): void {
    const { lr: rate, alpha, eps, momentum, centered } = group;
    state.step++;
    const changed = [state.square_avg];
    if (centered) {
      state.grad_avg ??= keep(zerosLike(p));
      changed.push(state.grad_avg);
    }
    if (momentum !== 0) {
      state.momentum_buffer ??= keep(zerosLike(p));
      changed.push(state.momentum_buffer);
    }
    changed.push(p);
    const values = { ...coupledBy(group), keep: alpha, take: 1 - alpha, momentum, rate, eps };
    updateAll_(changed, descents[`v${centered ? "m" : ""}${momentum === 0 ? "" : "b"}`], [...changed, g], values);
  }
}
