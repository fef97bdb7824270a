import {
  alphaDropout,
  type DropoutOptions,
  dropout,
  dropout1d,
  dropout2d,
  dropout3d,
  featureAlphaDropout,
  type Generator,
  type Tensor,
} from "@dl/tensor";
import { checkProbability, layerText, speakingFor } from "./text.ts";
import { SameShape } from "./widths.ts";

export interface DropoutLayerOptions {
  /** Probability of a zero, 0 to 1. Default 0.5. */
  p?: number;
  /** Draws what is dropped; default the default generator. */
  generator?: Generator | undefined;
}

/** What all kinds of dropout share: they act in training only. */
abstract class AnyDropout extends SameShape {
  readonly p: number;
  readonly generator: Generator | undefined;

  constructor({ p = 0.5, generator }: DropoutLayerOptions = {}) {
    super();
    checkProbability(this.constructor.name, "p", p);
    this.p = p;
    this.generator = generator;
  }

  protected abstract drop(x: Tensor, options: DropoutOptions): Tensor;

  override forward(x: Tensor): Tensor {
    const { p, training, generator } = this;
    return speakingFor(this, () => this.drop(x, { p, training, ...(generator && { generator }) }));
  }

  override toString(): string {
    return layerText(this.constructor.name, [], { p: [this.p, 0.5] });
  }
}

/**
 * Zeros each number with probability `p` and scales the others by `1 / (1 - p)`, in training only. Shape `[...]` to `[...]`.
 *
 * Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from Overfitting".
 *
 * @example
 * new Dropout({ p: 0.3 }).eval().forward(ones([2])).tolist(); // => [1, 1]
 */
export class Dropout extends AnyDropout {
  protected override drop(x: Tensor, options: DropoutOptions): Tensor {
    return dropout(x, options);
  }
}

/**
 * `Dropout` of whole channels. Shape `[n, c, length]` or `[c, length]` to the same.
 *
 * @example
 * new Dropout1d().eval().forward(ones([1, 1, 2])).tolist(); // => [[[1, 1]]]
 */
export class Dropout1d extends AnyDropout {
  protected override drop(x: Tensor, options: DropoutOptions): Tensor {
    return dropout1d(x, options);
  }
}

/**
 * `Dropout` of whole channels. Shape `[n, c, height, width]` to the same.
 *
 * Tompson et al. 2015, "Efficient Object Localization Using Convolutional Networks".
 *
 * @example
 * new Dropout2d().eval().forward(ones([1, 1, 1, 2])).tolist(); // => [[[[1, 1]]]]
 */
export class Dropout2d extends AnyDropout {
  protected override drop(x: Tensor, options: DropoutOptions): Tensor {
    return dropout2d(x, options);
  }
}

/**
 * `Dropout` of whole channels. Shape `[n, c, depth, height, width]` or without n to the same.
 *
 * @example
 * new Dropout3d().eval().forward(ones([1, 1, 1, 2])).tolist(); // => [[[[1, 1]]]]
 */
export class Dropout3d extends AnyDropout {
  protected override drop(x: Tensor, options: DropoutOptions): Tensor {
    return dropout3d(x, options);
  }
}

/**
 * Dropout that keeps mean 0 and variance 1, to go with `SELU`. Shape `[...]` to `[...]`.
 *
 * Klambauer et al. 2017, "Self-Normalizing Neural Networks".
 *
 * @example
 * new AlphaDropout().eval().forward(ones([2])).tolist(); // => [1, 1]
 */
export class AlphaDropout extends AnyDropout {
  protected override drop(x: Tensor, options: DropoutOptions): Tensor {
    return alphaDropout(x, options);
  }
}

/**
 * `AlphaDropout` of whole channels. Shape `[n, c, ...]` to the same.
 *
 * @example
 * new FeatureAlphaDropout().eval().forward(ones([1, 2])).tolist(); // => [[1, 1]]
 */
export class FeatureAlphaDropout extends AnyDropout {
  protected override drop(x: Tensor, options: DropoutOptions): Tensor {
    return featureAlphaDropout(x, options);
  }
}
