import { instanceNorm, squeeze, type Tensor, unsqueeze } from "@dl/tensor";
import { RunningNorm } from "./running-norm.ts";
import { speakingFor } from "./text.ts";

export interface InstanceNormLayerOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Share of each new batch in the running statistics. Default 0.1. */
  momentum?: number;
  /** Whether weight and bias are there and learnt. Default false. */
  affine?: boolean;
  /** Whether evaluation uses statistics of the training; else it uses those of its input. Default false. */
  trackRunningStats?: boolean;
}

/** What instance normalisations of all shapes share. */
abstract class AnyInstanceNorm extends RunningNorm {
  constructor(numFeatures: number, options: InstanceNormLayerOptions = {}) {
    super({ affine: false, trackRunningStats: false }, numFeatures, options);
  }

  protected normalize(x: Tensor, rank: number): Tensor {
    const single = x.ndim === rank + 1;
    this.check(x, [rank + 1, rank + 2], single ? 0 : 1);
    const { weight, bias, runningMean, runningVar, eps } = this;
    const momentum = this.momentum ?? 0;
    const useInputStats = this.training || runningMean === undefined;
    return speakingFor(this, () => {
      const options = { weight, bias, runningMean, runningVar, eps, momentum, useInputStats };
      return single ? squeeze(instanceNorm(unsqueeze(x, 0), options), 0) : instanceNorm(x, options);
    });
  }
}

/**
 * `y = (x - mean) / √(variance + eps) · weight + bias`, with mean and variance of each channel of each sample.
 *
 * - x, y: `[n, numFeatures, length]` or `[numFeatures, length]`
 * - weight (ones), bias (zeros), if affine: `[numFeatures]`
 *
 * Ulyanov et al. 2016, "Instance Normalization: The Missing Ingredient for Fast Stylization".
 *
 * @example
 * new InstanceNorm1d(3).forward(randn([2, 3, 5])).shape; // => [2, 3, 5]
 */
export class InstanceNorm1d extends AnyInstanceNorm {
  override forward(x: Tensor): Tensor {
    return this.normalize(x, 1);
  }
}

/**
 * Instance normalisation of images, as `InstanceNorm1d`. Shape `[n, numFeatures, height, width]` or without n to the same.
 *
 * @example
 * new InstanceNorm2d(3).forward(randn([2, 3, 4, 4])).shape; // => [2, 3, 4, 4]
 */
export class InstanceNorm2d extends AnyInstanceNorm {
  override forward(x: Tensor): Tensor {
    return this.normalize(x, 2);
  }
}

/**
 * Instance normalisation of volumes, as `InstanceNorm1d`. Shape `[n, numFeatures, depth, height, width]` or without n to
 * the same.
 *
 * @example
 * new InstanceNorm3d(3).forward(randn([2, 3, 2, 2, 2])).shape; // => [2, 3, 2, 2, 2]
 */
export class InstanceNorm3d extends AnyInstanceNorm {
  override forward(x: Tensor): Tensor {
    return this.normalize(x, 3);
  }
}
