import { add_, batchNorm, type Tensor } from "@dl/tensor";
import { RunningNorm } from "./running-norm.ts";
import { speakingFor } from "./text.ts";

export interface BatchNormLayerOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Share of each new batch in the running statistics; null for the mean of all batches so far. Default 0.1. */
  momentum?: number | null;
  /** Whether weight and bias are there and learnt. Default true. */
  affine?: boolean;
  /** Whether evaluation uses statistics of the training; else it uses those of its input. Default true. */
  trackRunningStats?: boolean;
}

/** What batch normalisations of all shapes share. */
abstract class AnyBatchNorm extends RunningNorm {
  constructor(numFeatures: number, options: BatchNormLayerOptions = {}) {
    super({ affine: true, trackRunningStats: true }, numFeatures, options);
  }

  protected normalize(x: Tensor, ranks: readonly number[]): Tensor {
    this.check(x, ranks, 1);
    const { weight, bias, runningMean, runningVar, eps } = this;
    const tracked = this.training ? this.numBatchesTracked?.detach() : undefined;
    const momentum = this.momentum ?? 1 / ((tracked?.item() ?? 0) + 1);
    const training = this.training || runningMean === undefined;
    const y = speakingFor(this, () => batchNorm(x, runningMean, runningVar, { weight, bias, eps, training, momentum }));
    if (tracked !== undefined) add_(tracked, 1);
    return y;
  }
}

/**
 * `y = (x - mean) / √(variance + eps) · weight + bias`, with mean and variance of each channel over the batch; in
 * evaluation with the running statistics of the training.
 *
 * - x, y: `[n, numFeatures]` or `[n, numFeatures, length]`
 * - weight (ones), bias (zeros): `[numFeatures]`; buffers runningMean, runningVar `[numFeatures]`, numBatchesTracked
 *
 * Ioffe and Szegedy 2015, "Batch Normalization".
 *
 * @example
 * new BatchNorm1d(3).forward(randn([8, 3])).shape; // => [8, 3]
 */
export class BatchNorm1d extends AnyBatchNorm {
  override forward(x: Tensor): Tensor {
    return this.normalize(x, [2, 3]);
  }
}

/**
 * Batch normalisation of images, as `BatchNorm1d`. Shape `[n, numFeatures, height, width]` to the same.
 *
 * @example
 * new BatchNorm2d(3).forward(randn([2, 3, 4, 4])).shape; // => [2, 3, 4, 4]
 */
export class BatchNorm2d extends AnyBatchNorm {
  override forward(x: Tensor): Tensor {
    return this.normalize(x, [4]);
  }
}

/**
 * Batch normalisation of volumes, as `BatchNorm1d`. Shape `[n, numFeatures, depth, height, width]` to the same.
 *
 * @example
 * new BatchNorm3d(3).forward(randn([2, 3, 2, 2, 2])).shape; // => [2, 3, 2, 2, 2]
 */
export class BatchNorm3d extends AnyBatchNorm {
  override forward(x: Tensor): Tensor {
    return this.normalize(x, [5]);
  }
}
