import { type BlockOptions, col2im, im2col, type PerDim, type Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

export type BlockLayerOptions = Omit<BlockOptions, "kernelSize">;

const told = ({ dilation, padding, stride }: BlockLayerOptions) =>
  ({ dilation: [dilation, 1], padding: [padding, 0], stride: [stride, 1] }) as const;

/**
 * The sliding blocks of images as columns. Shape `[n, c, h, w]` or `[c, h, w]` to `[…, c kh kw, blocks]`.
 *
 * @example
 * new Unfold(2, { stride: 2 }).forward(zeros([1, 3, 4, 6])).shape; // => [1, 12, 6]
 */
export class Unfold extends Module {
  readonly kernelSize: PerDim;
  readonly options: Required<BlockLayerOptions>;

  constructor(kernelSize: PerDim, { dilation = 1, padding = 0, stride = 1 }: BlockLayerOptions = {}) {
    super();
    this.kernelSize = kernelSize;
    this.options = { dilation, padding, stride };
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => im2col(x, { ...this.options, kernelSize: this.kernelSize }));
  }

  override toString(): string {
    return layerText("Unfold", [this.kernelSize], told(this.options));
  }
}

/**
 * Columns put back where `Unfold` found them, and added up where they overlap. Shape `[n, c kh kw, blocks]` or
 * `[c kh kw, blocks]` to `[…, c, h, w]`.
 *
 * @example
 * new Fold([4, 6], 2, { stride: 2 }).forward(zeros([1, 12, 6])).shape; // => [1, 3, 4, 6]
 */
export class Fold extends Module {
  readonly outputSize: PerDim;
  readonly kernelSize: PerDim;
  readonly options: Required<BlockLayerOptions>;

  constructor(
    outputSize: PerDim,
    kernelSize: PerDim,
    { dilation = 1, padding = 0, stride = 1 }: BlockLayerOptions = {},
  ) {
    super();
    this.outputSize = outputSize;
    this.kernelSize = kernelSize;
    this.options = { dilation, padding, stride };
  }

  override forward(x: Tensor): Tensor {
    const { outputSize, kernelSize, options } = this;
    return speakingFor(this, () => col2im(x, { ...options, outputSize, kernelSize }));
  }

  override toString(): string {
    return layerText("Fold", [this.outputSize, this.kernelSize], told(this.options));
  }
}
