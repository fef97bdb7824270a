import { type Generator, linear, operandsText, type Tensor, zeros } from "@dl/tensor";
import { kaimingUniform_, uniform_ } from "./init/index.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";

export interface LinearOptions {
  /** Whether `b` is there and learnt. Default true. */
  bias?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * `y = x Wᵀ + b`
 *
 * - x: `[..., inFeatures]`
 * - y: `[..., outFeatures]`
 * - weight: `[outFeatures, inFeatures]`, bias: `[outFeatures]`, both from U(-k, k), k = 1/√inFeatures
 *
 * `In` and `Out` are for {@link Sequential} to compare; a `Linear` may take the place of one of other sizes.
 *
 * @example
 * new Linear(20, 30).forward(zeros([128, 20])).shape; // => [128, 30]
 */
export class Linear<In extends number = number, Out extends number = number> extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(inFeatures: In, outFeatures: Out, { bias = true, generator }: LinearOptions = {}) {
    super();
    checkSizes("Linear", { inFeatures, outFeatures });
    this.inFeatures = inFeatures;
    this.outFeatures = outFeatures;
    this.weight = kaimingUniform_(new Parameter(zeros([outFeatures, inFeatures])), { a: Math.sqrt(5), generator });
    this.bias = bias ? biasParameter(outFeatures, inFeatures, generator) : undefined;
  }

  override forward(x: Tensor): Tensor {
    const last = x.shape[x.ndim - 1];
    if (last !== this.inFeatures) {
      throw new RangeError(
        `${this}: needs ${this.inFeatures} numbers in the last dimension, got ${last ?? "none"} ${operandsText({ x })}`,
      );
    }
    return speakingFor(this, () => linear(x, this.weight, this.bias));
  }

  override toString(): string {
    return layerText("Linear", [this.inFeatures, this.outFeatures], { bias: [this.bias !== undefined, true] });
  }
}

/** `size` numbers from U(-k, k), k = 1/√fanIn; zeros where nothing comes in. */
export function biasParameter(size: number, fanIn: number, generator: Generator | undefined): Parameter {
  const bias = new Parameter(zeros([size]));
  if (fanIn === 0) return bias;
  const bound = 1 / Math.sqrt(fanIn);
  return uniform_(bias, { a: -bound, b: bound, generator });
}
