import {
  type ElementwiseOp,
  elementwise,
  keep,
  type Tensor,
  type Updates,
  update_,
  updateAll_,
  updates,
  zerosLike,
} from "@dl/tensor";
import { coupledBy, coupledText, coupling } from "./formulas.ts";
import { checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface SGDGroup extends Hyper {
  /** Default 0: none. */
  momentum: number;
  /** How much of a new gradient the momentum leaves out. Default 0. */
  dampening: number;
  /** Factor of an L2 penalty. Default 0. */
  weightDecay: number;
  /** Looks one step ahead along the momentum. Default false. */
  nesterov: boolean;
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type SGDOptions = Partial<SGDGroup> & Pick<SGDGroup, "lr">;

/** `momentum_buffer` is there from the first step with momentum on. */
export interface SGDState {
  momentum_buffer?: Tensor;
}

const descend: ElementwiseOp = elementwise("sgd", ["p", "g"], "p - rate * g", { rate: 0 });
const descendDecaying: Updates = updates("sgd", ["p", "g"], [coupledText], ["p - rate * c"], [coupling, "rate"]);

const rolled = [coupledText, "let b1 = keep * b + take * c"];
const params = [coupling, "keep", "take", "momentum", "rate"];
const roll: Updates = updates("sgdMomentum", ["p", "g", "b"], rolled, ["b1", "p - rate * b1"], params);
const rollNesterov: Updates = updates(
  "sgdNesterov",
  ["p", "g", "b"],
  rolled,
  ["b1", "p - rate * (c + momentum * b1)"],
  params,
);

/**
 * Stochastic gradient descent: `b = momentum b + (1 - dampening) g`, `p -= lr b`.
 *
 * The first `b` is the gradient itself. With `nesterov` it is `p -= lr (g + momentum b)`.
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, 2]));
 * const optimizer = new SGD([p], { lr: 0.1, momentum: 0.9 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.8, 1.6]
 */
export class SGD extends ParameterwiseOptimizer<SGDGroup, SGDState> {
  constructor(params: ParamsInput<SGDGroup>, options: SGDOptions) {
    super("SGD", params, { momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, maximize: false, ...options });
  }

  protected override check(who: string, group: SGDGroup): void {
    checkFromZero(who, group, "lr", "momentum", "weightDecay");
    if (!group.nesterov || (group.momentum > 0 && group.dampening === 0)) return;
    throw new RangeError(
      `${who}: nesterov needs a momentum above 0 and no dampening, got momentum ${group.momentum} and dampening ${group.dampening}`,
    );
  }

  protected override start(): SGDState {
    return {};
  }

  protected override update(p: Tensor, g: Tensor, group: SGDGroup, state: SGDState): void {
    const { lr: rate, momentum, dampening, weightDecay, maximize, nesterov } = group;
    if (momentum === 0 && weightDecay === 0) {
      update_(p, descend, [p, g], { rate: maximize ? -rate : rate });
      return;
    }
    if (momentum === 0) {
      updateAll_([p], descendDecaying, [p, g], { ...coupledBy(group), rate });
      return;
    }
    const isFirst = state.momentum_buffer === undefined;
    state.momentum_buffer ??= keep(zerosLike(p));
    const [kept, take] = isFirst ? [0, 1] : [momentum, 1 - dampening];
    const values = { ...coupledBy(group), keep: kept, take, momentum, rate };
    updateAll_([state.momentum_buffer, p], nesterov ? rollNesterov : roll, [p, g, state.momentum_buffer], values);
  }
}
