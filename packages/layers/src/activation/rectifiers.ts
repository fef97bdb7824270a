import { celu, elu, type Generator, leakyRelu, prelu, relu, relu6, rrelu, selu, type Tensor, zeros } from "@dl/tensor";
import { constant_ } from "../init/index.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes, layerText, speakingFor } from "../text.ts";
import { SameShape } from "../widths.ts";

/**
 * `max(x, 0)`. Shape `[...]` to `[...]`.
 *
 * @example
 * new ReLU().forward(tensor([-1, 2])).tolist(); // => [0, 2]
 */
export class ReLU extends SameShape {
  override forward(x: Tensor): Tensor {
    return relu(x);
  }
}

/**
 * `min(max(x, 0), 6)`. Shape `[...]` to `[...]`.
 *
 * @example
 * new ReLU6().forward(tensor([-1, 8])).tolist(); // => [0, 6]
 */
export class ReLU6 extends SameShape {
  override forward(x: Tensor): Tensor {
    return relu6(x);
  }
}

/**
 * `x` above 0, `negativeSlope · x` (0.01) below. Shape `[...]` to `[...]`.
 *
 * @example
 * new LeakyReLU({ negativeSlope: 0.5 }).forward(tensor([-1, 2])).tolist(); // => [-0.5, 2]
 */
export class LeakyReLU extends SameShape {
  readonly negativeSlope: number;

  constructor({ negativeSlope = 0.01 }: { negativeSlope?: number } = {}) {
    super();
    this.negativeSlope = negativeSlope;
  }

  override forward(x: Tensor): Tensor {
    return leakyRelu(x, { negativeSlope: this.negativeSlope });
  }

  override toString(): string {
    return layerText("LeakyReLU", [], { negativeSlope: [this.negativeSlope, 0.01] });
  }
}

/**
 * `x` above 0, `weight · x` below, with a weight that is learnt: one, or one for each channel.
 *
 * - x, y: `[n, numParameters, ...]`, any shape for one parameter
 * - weight: `[numParameters]`, all `init` (0.25)
 *
 * He et al. 2015, "Delving Deep into Rectifiers".
 *
 * @example
 * new PReLU().forward(tensor([-1, 2])).tolist(); // => [-0.25, 2]
 */
export class PReLU extends SameShape {
  readonly numParameters: number;
  readonly weight: Parameter;

  constructor(numParameters = 1, { init = 0.25 }: { init?: number } = {}) {
    super();
    checkSizes("PReLU", { numParameters }, 1);
    this.numParameters = numParameters;
    this.weight = constant_(new Parameter(zeros([numParameters])), init);
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => prelu(x, this.weight));
  }

  override toString(): string {
    return layerText("PReLU", [this.numParameters]);
  }
}

export interface RReLUOptions {
  /** Lowest slope below 0. Default 1/8. */
  lower?: number;
  /** Highest slope below 0. Default 1/3. */
  upper?: number;
  /** Draws the slopes; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * `x` above 0, `a · x` below, a from U(lower, upper) for each number; their mean in evaluation. Shape `[...]` to `[...]`.
 *
 * @example
 * new RReLU({ lower: 0.25, upper: 0.75 }).eval().forward(tensor([-1, 2])).tolist(); // => [-0.5, 2]
 */
export class RReLU extends SameShape {
  readonly lower: number;
  readonly upper: number;
  readonly generator: Generator | undefined;

  constructor({ lower = 1 / 8, upper = 1 / 3, generator }: RReLUOptions = {}) {
    super();
    this.lower = lower;
    this.upper = upper;
    this.generator = generator;
  }

  override forward(x: Tensor): Tensor {
    const { lower, upper, training, generator } = this;
    return speakingFor(this, () => rrelu(x, { lower, upper, training, ...(generator && { generator }) }));
  }

  override toString(): string {
    return layerText("RReLU", [], { lower: [this.lower, 1 / 8], upper: [this.upper, 1 / 3] });
  }
}

/**
 * `x` above 0, `alpha (eˣ - 1)` below. Shape `[...]` to `[...]`.
 *
 * @example
 * new ELU({ alpha: 2 }).forward(tensor([0, 2])).tolist(); // => [0, 2]
 */
export class ELU extends SameShape {
  readonly alpha: number;

  constructor({ alpha = 1 }: { alpha?: number } = {}) {
    super();
    this.alpha = alpha;
  }

  override forward(x: Tensor): Tensor {
    return elu(x, { alpha: this.alpha });
  }

  override toString(): string {
    return layerText("ELU", [], { alpha: [this.alpha, 1] });
  }
}

/**
 * `x` above 0, `alpha (e^(x / alpha) - 1)` below. Shape `[...]` to `[...]`.
 *
 * @example
 * new CELU({ alpha: 2 }).forward(tensor([0, 2])).tolist(); // => [0, 2]
 */
export class CELU extends SameShape {
  readonly alpha: number;

  constructor({ alpha = 1 }: { alpha?: number } = {}) {
    super();
    if (alpha === 0) throw new RangeError("CELU: alpha must not be 0");
    this.alpha = alpha;
  }

  override forward(x: Tensor): Tensor {
    return celu(x, { alpha: this.alpha });
  }

  override toString(): string {
    return layerText("CELU", [], { alpha: [this.alpha, 1] });
  }
}

/**
 * `scale · elu(x)` with the constants that keep mean 0 and variance 1. Shape `[...]` to `[...]`.
 *
 * @example
 * new SELU().forward(tensor([0])).tolist(); // => [0]
 */
export class SELU extends SameShape {
  override forward(x: Tensor): Tensor {
    return selu(x);
  }
}
