import { layerNorm, ones, type Shape, type Tensor, zeros } from "@dl/tensor";
import { Parameter } from "./parameter.ts";
import { layerText, speakingFor } from "./text.ts";
import { SameShape } from "./widths.ts";

export interface LayerNormLayerOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Whether weight and bias are there and learnt. Default true. */
  elementwiseAffine?: boolean;
}

/**
 * `y = (x - mean) / √(variance + eps) · weight + bias`, with mean and variance over the last dimensions.
 *
 * - x, y: `[..., ...normalizedShape]`
 * - weight (ones), bias (zeros): `normalizedShape`
 *
 * Ba, Kiros and Hinton 2016, "Layer Normalization".
 *
 * @example
 * new LayerNorm(4).forward(randn([2, 4])).shape; // => [2, 4]
 */
export class LayerNorm extends SameShape {
  readonly normalizedShape: Shape;
  readonly eps: number;
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;

  constructor(normalizedShape: number | Shape, { eps = 1e-5, elementwiseAffine = true }: LayerNormLayerOptions = {}) {
    super();
    this.normalizedShape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
    this.eps = eps;
    this.weight = elementwiseAffine ? new Parameter(ones(this.normalizedShape)) : undefined;
    this.bias = elementwiseAffine ? new Parameter(zeros(this.normalizedShape)) : undefined;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () =>
      layerNorm(x, this.normalizedShape, { weight: this.weight, bias: this.bias, eps: this.eps }),
    );
  }

  override toString(): string {
    return layerText("LayerNorm", [this.normalizedShape], {
      eps: [this.eps, 1e-5],
      elementwiseAffine: [this.weight !== undefined, true],
    });
  }
}
