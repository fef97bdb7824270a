import {
  type ConvTransposeOptions,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  type Generator,
  operandsText,
  type PerDim,
  type Tensor,
  zeros,
} from "@dl/tensor";
import { checkChannels, hasPlaces } from "./channels.ts";
import { kaimingUniform_ } from "./init/index.ts";
import { biasParameter } from "./linear.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { perDim, short } from "./per-dim.ts";
import { layerText, speakingFor } from "./text.ts";

export interface ConvTransposeLayerOptions {
  /** Distance of neighbouring inputs in the result. Default 1. */
  stride?: PerDim;
  /** Elements cut off on both sides of the result. Default 0. */
  padding?: PerDim;
  /** Elements added behind the result, fewer than stride or dilation. Default 0. */
  outputPadding?: PerDim;
  /** Input and output channels fall into this many independent groups. Default 1. */
  groups?: number;
  /** Whether `b` is there and learnt. Default true. */
  bias?: boolean;
  /** Distance of the kernel's elements. Default 1. */
  dilation?: PerDim;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

/** What transposed convolutions of all dimensions share. */
abstract class AnyConvTranspose extends Module {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly outputPadding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(
    rank: number,
    inChannels: number,
    outChannels: number,
    kernelSize: PerDim,
    options: ConvTransposeLayerOptions = {},
  ) {
    super();
    const { stride = 1, padding = 0, outputPadding = 0, dilation = 1, groups = 1, bias = true, generator } = options;
    const who = this.constructor.name;
    checkChannels(who, { inChannels, outChannels, groups });
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelSize = perDim(who, "kernelSize", kernelSize, rank, 1);
    this.stride = perDim(who, "stride", stride, rank, 1);
    this.padding = perDim(who, "padding", padding, rank, 0);
    this.outputPadding = perDim(who, "outputPadding", outputPadding, rank, 0);
    this.dilation = perDim(who, "dilation", dilation, rank, 1);
    this.groups = groups;
    const weight = new Parameter(zeros([inChannels, outChannels / groups, ...this.kernelSize]));
    this.weight = kaimingUniform_(weight, { a: Math.sqrt(5), generator });
    this.bias = bias ? biasParameter(outChannels, weight.size / Math.max(inChannels, 1), generator) : undefined;
  }

  protected abstract convolve(x: Tensor, options: ConvTransposeOptions): Tensor;

  override forward(x: Tensor): Tensor {
    const rank = this.kernelSize.length;
    if (!hasPlaces(x, this.inChannels, rank)) {
      throw new RangeError(
        `${this}: x must have ${this.inChannels} channels and ${rank + 1} or ${rank + 2} dimensions ${operandsText({ x })}`,
      );
    }
    const { stride, padding, outputPadding, dilation, groups } = this;
    return speakingFor(this, () => this.convolve(x, { stride, padding, outputPadding, dilation, groups }));
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.inChannels, this.outChannels, short(this.kernelSize)], {
      stride: [short(this.stride), 1],
      padding: [short(this.padding), 0],
      outputPadding: [short(this.outputPadding), 0],
      dilation: [short(this.dilation), 1],
      groups: [this.groups, 1],
      bias: [this.bias !== undefined, true],
    });
  }
}

/**
 * What a `Conv1d` does to gradients: lines get longer. Shape `[n, inChannels, length]` or without n to `[n, outChannels,
 * (length - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1]`.
 *
 * @example
 * new ConvTranspose1d(2, 4, 3, { stride: 2 }).forward(zeros([1, 2, 5])).shape; // => [1, 4, 11]
 */
export class ConvTranspose1d extends AnyConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: PerDim, options?: ConvTransposeLayerOptions) {
    super(1, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(x: Tensor, options: ConvTransposeOptions): Tensor {
    return convTranspose1d(x, this.weight, this.bias, options);
  }
}

/**
 * What a `Conv2d` does to gradients: images get larger.
 *
 * - x: `[n, inChannels, height, width]` or without n
 * - y: `[n, outChannels, ...]`, each size `(size - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1`
 * - weight: `[inChannels, outChannels / groups, kh, kw]`, bias: `[outChannels]`, both from U(-b, b),
 *   b = 1/√(outChannels / groups · kh · kw)
 *
 * @example
 * new ConvTranspose2d(2, 4, 2, { stride: 2 }).forward(zeros([1, 2, 5, 5])).shape; // => [1, 4, 10, 10]
 */
export class ConvTranspose2d extends AnyConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: PerDim, options?: ConvTransposeLayerOptions) {
    super(2, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(x: Tensor, options: ConvTransposeOptions): Tensor {
    return convTranspose2d(x, this.weight, this.bias, options);
  }
}

/**
 * What a `Conv3d` does to gradients: volumes get larger; see `ConvTranspose2d`.
 *
 * @example
 * new ConvTranspose3d(1, 2, 2, { stride: 2 }).forward(zeros([1, 1, 2, 2, 2])).shape; // => [1, 2, 4, 4, 4]
 */
export class ConvTranspose3d extends AnyConvTranspose {
  constructor(inChannels: number, outChannels: number, kernelSize: PerDim, options?: ConvTransposeLayerOptions) {
    super(3, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(x: Tensor, options: ConvTransposeOptions): Tensor {
    return convTranspose3d(x, this.weight, this.bias, options);
  }
}
