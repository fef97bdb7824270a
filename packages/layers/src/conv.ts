import {
  type ConvOptions,
  conv1d,
  conv2d,
  conv3d,
  type Generator,
  operandsText,
  type PerDim,
  pad,
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

/** What stands around the input. */
export type PaddingMode = "zeros" | "reflect" | "replicate" | "circular";

export interface ConvLayerOptions {
  /** Default 1. */
  stride?: PerDim;
  /** On both sides of each dimension; "same" keeps the sizes (stride 1 only), "valid" is 0. Default 0. */
  padding?: PerDim | "same" | "valid";
  /** Default "zeros". */
  paddingMode?: PaddingMode;
  /** Distance of the kernel's elements. Default 1. */
  dilation?: PerDim;
  /** Input and output channels fall into this many independent groups. Default 1. */
  groups?: number;
  /** Whether `b` is there and learnt. Default true. */
  bias?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

const paddingModes: readonly string[] = ["zeros", "reflect", "replicate", "circular"] satisfies readonly PaddingMode[];

/** What convolutions of all dimensions share. */
abstract class AnyConv extends Module {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[] | "same" | "valid";
  readonly paddingMode: PaddingMode;
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(
    rank: number,
    inChannels: number,
    outChannels: number,
    kernelSize: PerDim,
    options: ConvLayerOptions = {},
  ) {
    super();
    const {
      stride = 1,
      padding = 0,
      paddingMode = "zeros",
      dilation = 1,
      groups = 1,
      bias = true,
      generator,
    } = options;
    const who = this.constructor.name;
    checkChannels(who, { inChannels, outChannels, groups });
    if (!paddingModes.includes(paddingMode))
      throw new RangeError(`${who}: paddingMode must be ${paddingModes.join(", ")}: got ${paddingMode}`);
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.kernelSize = perDim(who, "kernelSize", kernelSize, rank, 1);
    this.stride = perDim(who, "stride", stride, rank, 1);
    this.padding = typeof padding === "string" ? padding : perDim(who, "padding", padding, rank, 0);
    this.paddingMode = paddingMode;
    this.dilation = perDim(who, "dilation", dilation, rank, 1);
    this.groups = groups;
    if (typeof padding === "string") this.checkPadding(who, padding);
    const weight = new Parameter(zeros([outChannels, inChannels / groups, ...this.kernelSize]));
    this.weight = kaimingUniform_(weight, { a: Math.sqrt(5), generator });
    this.bias = bias ? biasParameter(outChannels, weight.size / Math.max(outChannels, 1), generator) : undefined;
  }

  protected abstract convolve(x: Tensor, options: ConvOptions): Tensor;

  override forward(x: Tensor): Tensor {
    const rank = this.kernelSize.length;
    if (!hasPlaces(x, this.inChannels, rank)) {
      throw new RangeError(
        `${this}: x must be [batch, ${this.inChannels}, ${places[rank]}] or without batch ${operandsText({ x })}`,
      );
    }
    const { stride, padding, dilation, groups } = this;
    return speakingFor(this, () => {
      if (this.paddingMode === "zeros") return this.convolve(x, { stride, padding, dilation, groups });
      return this.convolve(pad(x, this.borders(), { mode: this.paddingMode }), { stride, dilation, groups });
    });
  }

  /** Padding before and after each dimension, the last one first. */
  private borders(): number[] {
    const { padding } = this;
    return this.kernelSize
      .map((size, dim): [number, number] => {
        if (padding === "valid") return [0, 0];
        if (padding !== "same") return [padding[dim] as number, padding[dim] as number];
        const total = (this.dilation[dim] as number) * (size - 1);
        return [Math.floor(total / 2), total - Math.floor(total / 2)];
      })
      .reverse()
      .flat();
  }

  private checkPadding(who: string, padding: string): void {
    if (padding !== "same" && padding !== "valid")
      throw new RangeError(`${who}: padding must be numbers, "same" or "valid", got "${padding}"`);
    if (padding === "same" && this.stride.some((step) => step !== 1)) {
      throw new RangeError(`${who}: padding "same" needs stride 1, got [${this.stride.join(", ")}]`);
    }
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.inChannels, this.outChannels, short(this.kernelSize)], {
      stride: [short(this.stride), 1],
      padding: [typeof this.padding === "string" ? this.padding : short(this.padding), 0],
      dilation: [short(this.dilation), 1],
      groups: [this.groups, 1],
      bias: [this.bias !== undefined, true],
      paddingMode: [this.paddingMode, "zeros"],
    });
  }
}

const places: Readonly<Record<number, string>> = { 1: "length", 2: "height, width", 3: "depth, height, width" };

/**
 * Convolution over one dimension; see `Conv2d`.
 *
 * - x: `[n, inChannels, length]` or `[inChannels, length]`
 * - y: `[n, outChannels, ⌊(length + 2 padding - dilation (k - 1) - 1) / stride⌋ + 1]`
 *
 * @example
 * new Conv1d(2, 4, 3, { padding: 1 }).forward(zeros([8, 2, 10])).shape; // => [8, 4, 10]
 */
export class Conv1d extends AnyConv {
  constructor(inChannels: number, outChannels: number, kernelSize: PerDim, options?: ConvLayerOptions) {
    super(1, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(x: Tensor, options: ConvOptions): Tensor {
    return conv1d(x, this.weight, this.bias, options);
  }
}

/**
 * Convolution (cross-correlation) of images: `y[o] = b[o] + Σ_c weight[o, c] ⋆ x[c]`
 *
 * - x: `[n, inChannels, height, width]` or `[inChannels, height, width]`
 * - y: `[n, outChannels, outHeight, outWidth]`, each `⌊(size + 2 padding - dilation (k - 1) - 1) / stride⌋ + 1`
 * - weight: `[outChannels, inChannels / groups, kh, kw]`, bias: `[outChannels]`, both from U(-k, k),
 *   k = 1/√(inChannels / groups · kh · kw)
 *
 * @example
 * new Conv2d(1, 16, 3, { padding: 1 }).forward(zeros([8, 1, 28, 28])).shape; // => [8, 16, 28, 28]
 */
export class Conv2d extends AnyConv {
  constructor(inChannels: number, outChannels: number, kernelSize: PerDim, options?: ConvLayerOptions) {
    super(2, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(x: Tensor, options: ConvOptions): Tensor {
    return conv2d(x, this.weight, this.bias, options);
  }
}

/**
 * Convolution of volumes; see `Conv2d`. Shape `[n, inChannels, depth, height, width]` or without n to
 * `[n, outChannels, ...]`.
 *
 * @example
 * new Conv3d(1, 2, 3).forward(zeros([1, 1, 5, 5, 5])).shape; // => [1, 2, 3, 3, 3]
 */
export class Conv3d extends AnyConv {
  constructor(inChannels: number, outChannels: number, kernelSize: PerDim, options?: ConvLayerOptions) {
    super(3, inChannels, outChannels, kernelSize, options);
  }

  protected override convolve(x: Tensor, options: ConvOptions): Tensor {
    return conv3d(x, this.weight, this.bias, options);
  }
}
