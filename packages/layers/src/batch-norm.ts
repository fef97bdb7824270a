import { add_, batchNorm, keep, ones, operandsText, type Tensor, zeros } from "@dl/tensor";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";

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
abstract class AnyBatchNorm extends Module {
  readonly numFeatures: number;
  readonly eps: number;
  readonly momentum: number | null;
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;
  readonly runningMean: Tensor | undefined;
  readonly runningVar: Tensor | undefined;
  readonly numBatchesTracked: Tensor | undefined;

  constructor(numFeatures: number, { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true }: BatchNormLayerOptions = {}) {
    super();
    checkSizes(this.constructor.name, { numFeatures });
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? new Parameter(ones([numFeatures])) : undefined;
    this.bias = affine ? new Parameter(zeros([numFeatures])) : undefined;
    this.runningMean = trackRunningStats ? keep(zeros([numFeatures])) : undefined;
    this.runningVar = trackRunningStats ? keep(ones([numFeatures])) : undefined;
    this.numBatchesTracked = trackRunningStats ? keep(zeros([], { dtype: "int32" })) : undefined;
  }

  /** Numbers of dimensions that x may have. */
  protected abstract readonly ranks: readonly number[];

  override forward(x: Tensor): Tensor {
    if (!this.ranks.includes(x.ndim)) {
      throw new RangeError(`${this}: x must have ${this.ranks.join(" or ")} dimensions, got ${x.ndim} ${operandsText({ x })}`);
    }
    if (x.shape[1] !== this.numFeatures) {
      throw new RangeError(`${this}: needs ${this.numFeatures} channels in dimension 1, got ${x.shape[1]} ${operandsText({ x })}`);
    }
    const { weight, bias, runningMean, runningVar, eps } = this;
    const training = this.training || runningMean === undefined;
    return speakingFor(this, () => batchNorm(x, runningMean, runningVar, { weight, bias, eps, training, momentum: this.share() }));
  }

  /** Counts a training batch and says how much of it goes into the running statistics. */
  private share(): number {
    if (!this.training || this.numBatchesTracked === undefined) return 0;
    add_(this.numBatchesTracked, 1);
    return this.momentum ?? 1 / this.numBatchesTracked.item();
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.numFeatures], {
      eps: [this.eps, 1e-5],
      momentum: [this.momentum, 0.1],
      affine: [this.weight !== undefined, true],
      trackRunningStats: [this.runningMean !== undefined, true],
    });
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
  protected override get ranks(): readonly number[] {
    return [2, 3];
  }
}

/**
 * Batch normalisation of images, as `BatchNorm1d`. Shape `[n, numFeatures, height, width]` to the same.
 *
 * @example
 * new BatchNorm2d(3).forward(randn([2, 3, 4, 4])).shape; // => [2, 3, 4, 4]
 */
export class BatchNorm2d extends AnyBatchNorm {
  protected override get ranks(): readonly number[] {
    return [4];
  }
}

/**
 * Batch normalisation of volumes, as `BatchNorm1d`. Shape `[n, numFeatures, depth, height, width]` to the same.
 *
 * @example
 * new BatchNorm3d(3).forward(randn([2, 3, 2, 2, 2])).shape; // => [2, 3, 2, 2, 2]
 */
export class BatchNorm3d extends AnyBatchNorm {
  protected override get ranks(): readonly number[] {
    return [5];
  }
}
