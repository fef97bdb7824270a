import { bilinear, type Tensor, zeros } from "@dl/tensor";
import { uniform_ } from "./init/index.ts";
import { biasParameter, type LinearOptions } from "./linear.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";

export type BilinearOptions = LinearOptions;

/**
 * `y[k] = x1ᵀ W[k] x2 + b[k]`
 *
 * - x1: `[..., in1Features]`, x2: `[..., in2Features]`
 * - y: `[..., outFeatures]`
 * - weight: `[outFeatures, in1Features, in2Features]`, bias: `[outFeatures]`, both from U(-k, k), k = 1/√in1Features
 *
 * @example
 * new Bilinear(2, 3, 4).forward(zeros([5, 2]), zeros([5, 3])).shape; // => [5, 4]
 */
export class Bilinear extends Module<[x1: Tensor, x2: Tensor]> {
  readonly in1Features: number;
  readonly in2Features: number;
  readonly outFeatures: number;
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(
    in1Features: number,
    in2Features: number,
    outFeatures: number,
    { bias = true, generator }: BilinearOptions = {},
  ) {
    super();
    checkSizes("Bilinear", { in1Features }, 1);
    checkSizes("Bilinear", { in2Features, outFeatures });
    this.in1Features = in1Features;
    this.in2Features = in2Features;
    this.outFeatures = outFeatures;
    const bound = 1 / Math.sqrt(in1Features);
    this.weight = uniform_(new Parameter(zeros([outFeatures, in1Features, in2Features])), {
      a: -bound,
      b: bound,
      generator,
    });
    this.bias = bias ? biasParameter(outFeatures, in1Features, generator) : undefined;
  }

  override forward(x1: Tensor, x2: Tensor): Tensor {
    return speakingFor(this, () => bilinear(x1, x2, this.weight, this.bias));
  }

  override toString(): string {
    return layerText("Bilinear", [this.in1Features, this.in2Features, this.outFeatures], {
      bias: [this.bias !== undefined, true],
    });
  }
}
