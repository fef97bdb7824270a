import { fullLike, type Tensor, type Updates, updateAll_, updates, zerosLike } from "@dl/tensor";
import { turnedBy, turnedText } from "./formulas.ts";
import { checkFromZero, type Hyper, type ParamsInput } from "./hyper.ts";
import { ParameterwiseOptimizer } from "./parameterwise.ts";

export interface RpropGroup extends Hyper {
  /** Factors of the step size where the gradient turned and where it did not. Default [0.5, 1.2]. */
  etas: readonly [number, number];
  /** The smallest and the largest step size. Default [1e-6, 50]. */
  stepSizes: readonly [number, number];
  /** Climbs instead of descending. Default false. */
  maximize: boolean;
}

export type RpropOptions = Partial<RpropGroup>;

export interface RpropState {
  step: number;
  prev: Tensor;
  step_size: Tensor;
}

const descend: Updates = updates(
  "rprop",
  ["s", "last", "p", "g"],
  [
    turnedText,
    "let way = c * last",
    "let s1 = clamp(s * (way > 0 ? up : (way < 0 ? down : 1)), low, high)",
    "let g1 = way < 0 ? 0 : c",
  ],
  ["s1", "g1", "p - sign(g1) * s1"],
  ["turn", "up", "down", "low", "high"],
);

/**
 * `p -= sign(g) s`: only the gradient's sign counts; the step size s grows while it stays and shrinks where it turns.
 *
 * For gradients of the whole data set. Source: https://pytorch.org/docs/stable/generated/torch.optim.Rprop.html
 *
 * @example
 * const p = requiresGrad_(tensor([1, -2]));
 * const optimizer = new Rprop([p], { lr: 0.5 });
 * p.mul(p).sum().backward();
 * optimizer.step();
 * p.tolist(); // => [0.5, -1.5]
 */
export class Rprop extends ParameterwiseOptimizer<RpropGroup, RpropState> {
  constructor(params: ParamsInput<RpropGroup>, options: RpropOptions = {}) {
    super("Rprop", params, { lr: 0.01, etas: [0.5, 1.2], stepSizes: [1e-6, 50], maximize: false, ...options });
  }

  protected override check(who: string, group: RpropGroup): void {
    checkFromZero(who, group, "lr");
    const [down, up] = group.etas;
    if (!(down > 0 && down < 1 && up > 1))
      throw new RangeError(`${who}: etas must lie in (0, 1) and above 1, got ${down} and ${up}`);
  }

  protected override start(p: Tensor, { lr }: RpropGroup): RpropState {
    return { step: 0, prev: zerosLike(p), step_size: fullLike(p, lr) };
  }

  protected override update(p: Tensor, g: Tensor, { etas, stepSizes, maximize }: RpropGroup, state: RpropState): void {
    const [down, up] = etas;
    const [low, high] = stepSizes;
    state.step++;
    const changed = [state.step_size, state.prev, p];
    updateAll_(changed, descend, [...changed, g], { ...turnedBy(maximize), up, down, low, high });
  }
}
