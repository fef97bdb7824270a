import { keep, ones, operandsText, type Tensor, zeros } from "@dl/tensor";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText } from "./text.ts";
import { SameShape } from "./widths.ts";

export interface RunningNormOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Share of each new batch in the running statistics. Default 0.1. */
  momentum?: number | null;
  /** Whether weight and bias are there and learnt. */
  affine?: boolean;
  /** Whether evaluation uses statistics of the training; else it uses those of its input. */
  trackRunningStats?: boolean;
}

/** What is usual for a kind of normalisation. */
interface Usual {
  readonly affine: boolean;
  readonly trackRunningStats: boolean;
}

/** What normalisations with running statistics share: their parameters and buffers, and how they print. */
export abstract class RunningNorm extends SameShape {
  readonly numFeatures: number;
  readonly eps: number;
  readonly momentum: number | null;
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;
  readonly runningMean: Tensor | undefined;
  readonly runningVar: Tensor | undefined;
  readonly numBatchesTracked: Tensor | undefined;
  readonly #usual: Usual;

  constructor(usual: Usual, numFeatures: number, options: RunningNormOptions) {
    super();
    const { eps = 1e-5, momentum = 0.1, affine = usual.affine, trackRunningStats = usual.trackRunningStats } = options;
    checkSizes(this.constructor.name, { numFeatures });
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? new Parameter(ones([numFeatures])) : undefined;
    this.bias = affine ? new Parameter(zeros([numFeatures])) : undefined;
    this.runningMean = trackRunningStats ? keep(zeros([numFeatures])) : undefined;
    this.runningVar = trackRunningStats ? keep(ones([numFeatures])) : undefined;
    this.numBatchesTracked = trackRunningStats ? keep(zeros([], { dtype: "int32" })) : undefined;
    this.#usual = usual;
  }

  /** Throws unless x has one of the `ranks` and the right size in the dimension of the channels. */
  protected check(x: Tensor, ranks: readonly number[], channels: number): void {
    if (!ranks.includes(x.ndim))
      throw new RangeError(
        `${this}: x must have ${ranks.join(" or ")} dimensions, got ${x.ndim} ${operandsText({ x })}`,
      );
    if (x.shape[channels] === this.numFeatures) return;
    throw new RangeError(
      `${this}: needs ${this.numFeatures} channels in dimension ${channels}, got ${x.shape[channels]} ${operandsText({ x })}`,
    );
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.numFeatures], {
      eps: [this.eps, 1e-5],
      momentum: [this.momentum, 0.1],
      affine: [this.weight !== undefined, this.#usual.affine],
      trackRunningStats: [this.runningMean !== undefined, this.#usual.trackRunningStats],
    });
  }
}
