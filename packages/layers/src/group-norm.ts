import { groupNorm, ones, type Tensor, zeros } from "@dl/tensor";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";
import { SameShape } from "./widths.ts";

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
export class GroupNorm extends SameShape {
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
