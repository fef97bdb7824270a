import { avgPool1d, avgPool2d, avgPool3d, maxPool1d, maxPool2d, maxPool3d, type PerDim, type Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

export interface MaxPoolLayerOptions {
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Elements on both sides that never win; at most half the kernel. Default 0. */
  padding?: PerDim;
  /** Distance of a window's elements. Default 1. */
  dilation?: PerDim;
  /** Windows may hang over the end if they start inside. Default false. */
  ceilMode?: boolean;
}

interface MaxWindow extends Required<Omit<MaxPoolLayerOptions, "stride">> {
  readonly kernelSize: PerDim;
  readonly stride: PerDim;
}

/** What max pooling of all dimensions shares. */
abstract class AnyMaxPool extends Module {
  readonly window: MaxWindow;

  constructor(
    kernelSize: PerDim,
    { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false }: MaxPoolLayerOptions = {},
  ) {
    super();
    this.window = { kernelSize, stride, padding, dilation, ceilMode };
  }

  protected abstract pool(x: Tensor, window: MaxWindow): Tensor;

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => this.pool(x, this.window));
  }

  override toString(): string {
    const { kernelSize, stride, padding, dilation, ceilMode } = this.window;
    const told = {
      stride: [stride, kernelSize],
      padding: [padding, 0],
      dilation: [dilation, 1],
      ceilMode: [ceilMode, false],
    } as const;
    return layerText(this.constructor.name, [kernelSize], told);
  }
}

/**
 * The largest number of each window. Shape `[n, c, length]` or `[c, length]` to `[…, windows]`.
 *
 * @example
 * new MaxPool1d(2).forward(zeros([1, 3, 8])).shape; // => [1, 3, 4]
 */
export class MaxPool1d extends AnyMaxPool {
  protected override pool(x: Tensor, window: MaxWindow): Tensor {
    return maxPool1d(x, window);
  }
}

/**
 * The largest number of each window. Shape `[n, c, height, width]` or `[c, height, width]` to `[…, outHeight, outWidth]`,
 * each `⌊(size + 2 padding - dilation (k - 1) - 1) / stride⌋ + 1`. `maxPool2d` also tells where they are.
 *
 * @example
 * new MaxPool2d(2).forward(zeros([1, 3, 8, 6])).shape; // => [1, 3, 4, 3]
 */
export class MaxPool2d extends AnyMaxPool {
  protected override pool(x: Tensor, window: MaxWindow): Tensor {
    return maxPool2d(x, window);
  }
}

/**
 * The largest number of each window. Shape `[n, c, depth, height, width]` or without n to the same with fewer places.
 *
 * @example
 * new MaxPool3d(2).forward(zeros([1, 3, 4, 4, 4])).shape; // => [1, 3, 2, 2, 2]
 */
export class MaxPool3d extends AnyMaxPool {
  protected override pool(x: Tensor, window: MaxWindow): Tensor {
    return maxPool3d(x, window);
  }
}

export interface AvgPool1dOptions {
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Zeros on both sides; at most half the kernel. Default 0. */
  padding?: PerDim;
  /** Windows may hang over the end if they start inside. Default false. */
  ceilMode?: boolean;
  /** Whether the zeros count. Default true. */
  countIncludePad?: boolean;
}

export interface AvgPoolLayerOptions extends AvgPool1dOptions {
  /** Divides every sum, instead of the number of elements. */
  divisorOverride?: number | undefined;
}

interface AvgWindow extends Required<Omit<AvgPool1dOptions, "stride">> {
  readonly kernelSize: PerDim;
  readonly stride: PerDim;
}

/** What average pooling of all dimensions shares. */
abstract class AnyAvgPool<Options extends AvgPool1dOptions> extends Module {
  readonly window: AvgWindow;
  readonly divisorOverride: number | undefined;

  constructor(kernelSize: PerDim, options?: Options) {
    super();
    const given: AvgPoolLayerOptions = options ?? {};
    const { stride = kernelSize, padding = 0, ceilMode = false, countIncludePad = true, divisorOverride } = given;
    this.window = { kernelSize, stride, padding, ceilMode, countIncludePad };
    this.divisorOverride = divisorOverride;
  }

  protected abstract pool(x: Tensor, window: AvgWindow): Tensor;

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => this.pool(x, this.window));
  }

  override toString(): string {
    const { kernelSize, stride, padding, ceilMode, countIncludePad } = this.window;
    const told = {
      stride: [stride, kernelSize],
      padding: [padding, 0],
      ceilMode: [ceilMode, false],
      countIncludePad: [countIncludePad, true],
    } as const;
    return layerText(this.constructor.name, [kernelSize], {
      ...told,
      divisorOverride: [this.divisorOverride, undefined],
    });
  }
}

/**
 * The mean of each window. Shape `[n, c, length]` or `[c, length]` to `[…, windows]`.
 *
 * @example
 * new AvgPool1d(2).forward(zeros([1, 3, 8])).shape; // => [1, 3, 4]
 */
export class AvgPool1d extends AnyAvgPool<AvgPool1dOptions> {
  protected override pool(x: Tensor, window: AvgWindow): Tensor {
    return avgPool1d(x, window);
  }
}

/**
 * The mean of each window. Shape `[n, c, height, width]` or `[c, height, width]` to `[…, outHeight, outWidth]`.
 *
 * @example
 * new AvgPool2d(2).forward(zeros([1, 3, 8, 6])).shape; // => [1, 3, 4, 3]
 */
export class AvgPool2d extends AnyAvgPool<AvgPoolLayerOptions> {
  protected override pool(x: Tensor, window: AvgWindow): Tensor {
    return avgPool2d(x, { ...window, divisorOverride: this.divisorOverride });
  }
}

/**
 * The mean of each window. Shape `[n, c, depth, height, width]` or without n to the same with fewer places.
 *
 * @example
 * new AvgPool3d(2).forward(zeros([1, 3, 4, 4, 4])).shape; // => [1, 3, 2, 2, 2]
 */
export class AvgPool3d extends AnyAvgPool<AvgPoolLayerOptions> {
  protected override pool(x: Tensor, window: AvgWindow): Tensor {
    return avgPool3d(x, { ...window, divisorOverride: this.divisorOverride });
  }
}
