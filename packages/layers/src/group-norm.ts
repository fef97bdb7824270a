import { groupNorm, localResponseNorm, ones, type Tensor, zeros } from "@dl/tensor";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";

export interface GroupNormLayerOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Whether weight and bias are there and learnt. Default true. */
  affine?: boolean;
}

/**
 * `y = (x - mean) / √(variance + eps) · weight + bias`, with mean and variance over groups of channels of each sample.
 *
 * - x, y: `[n, numChannels, ...]`
 * - weight (ones), bias (zeros): `[numChannels]`
 *
 * Wu and He 2018, "Group Normalization".
 *
 * @example
 * new GroupNorm(2, 4).forward(randn([3, 4, 5])).shape; // => [3, 4, 5]
 */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;

  constructor(numGroups: number, numChannels: number, { eps = 1e-5, affine = true }: GroupNormLayerOptions = {}) {
    super();
    checkSizes("GroupNorm", { numGroups }, 1);
    checkSizes("GroupNorm", { numChannels });
    if (numChannels % numGroups !== 0)
      throw new RangeError(`GroupNorm: numGroups ${numGroups} do not divide numChannels ${numChannels}`);
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.weight = affine ? new Parameter(ones([numChannels])) : undefined;
    this.bias = affine ? new Parameter(zeros([numChannels])) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () =>
      groupNorm(x, this.numGroups, { weight: this.weight, bias: this.bias, eps: this.eps }),
    );
  }

  override toString(): string {
    return layerText("GroupNorm", [this.numGroups, this.numChannels], {
      eps: [this.eps, 1e-5],
      affine: [this.weight !== undefined, true],
    });
  }
}

export interface LocalResponseNormLayerOptions {
  /** Default 1e-4. */
  alpha?: number;
  /** Default 0.75. */
  beta?: number;
  /** Default 1. */
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
export class LocalResponseNorm extends Module {
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
