import { localResponseNorm, type Tensor } from "@dl/tensor";
import { checkSizes, layerText, speakingFor } from "./text.ts";
import { SameShape } from "./widths.ts";

export interface LocalResponseNormLayerOptions {
  /** Factor of the mean of squares. Default 1e-4. */
  alpha?: number;
  /** Power of the divisor. Default 0.75. */
  beta?: number;
  /** Added to the divisor before the power. Default 1. */
  k?: number;
}

/**
 * `y[c] = x[c] / (k + alpha · mean of x² over the size channels around c)^beta`. Shape `[n, c, ...]` to the same.
 *
 * Krizhevsky et al. 2012, "ImageNet Classification with Deep Convolutional Neural Networks".
 *
 * @example
 * new LocalResponseNorm(2).forward(ones([1, 4, 3])).shape; // => [1, 4, 3]
 */
export class LocalResponseNorm extends SameShape {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;

  constructor(size: number, { alpha = 1e-4, beta = 0.75, k = 1 }: LocalResponseNormLayerOptions = {}) {
    super();
    checkSizes("LocalResponseNorm", { size }, 1);
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  override forward(x: Tensor): Tensor {
    const { alpha, beta, k } = this;
    return speakingFor(this, () => localResponseNorm(x, this.size, { alpha, beta, k }));
  }

  override toString(): string {
    return layerText("LocalResponseNorm", [this.size], {
      alpha: [this.alpha, 1e-4],
      beta: [this.beta, 0.75],
      k: [this.k, 1],
    });
  }
}
