import {
  adaptiveAvgPool1d,
  adaptiveAvgPool2d,
  adaptiveAvgPool3d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  adaptiveMaxPool3d,
  type OutputSize,
  type Tensor,
} from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

/** What adaptive pooling of all kinds shares. */
abstract class AnyAdaptivePool extends Module {
  readonly outputSize: OutputSize;

  constructor(outputSize: OutputSize) {
    super();
    this.outputSize = outputSize;
  }

  protected abstract pool(x: Tensor): Tensor;

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => this.pool(x));
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.outputSize]);
  }
}

/**
 * Means of `outputSize` windows that share each line evenly. Shape `[n, c, length]` or `[c, length]` to `[…, outputSize]`.
 *
 * @example
 * new AdaptiveAvgPool1d(1).forward(ones([2, 3, 7])).shape; // => [2, 3, 1]
 */
export class AdaptiveAvgPool1d extends AnyAdaptivePool {
  protected override pool(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.outputSize);
  }
}

/**
 * Means of windows that share each image evenly. Shape `[n, c, height, width]` or without n to `[…, ...outputSize]`;
 * null keeps a size.
 *
 * @example
 * new AdaptiveAvgPool2d([1, null]).forward(ones([2, 3, 7, 5])).shape; // => [2, 3, 1, 5]
 */
export class AdaptiveAvgPool2d extends AnyAdaptivePool {
  protected override pool(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize);
  }
}

/**
 * Means of windows that share each volume evenly, as `AdaptiveAvgPool2d`.
 *
 * @example
 * new AdaptiveAvgPool3d(1).forward(ones([2, 3, 4, 4, 4])).shape; // => [2, 3, 1, 1, 1]
 */
export class AdaptiveAvgPool3d extends AnyAdaptivePool {
  protected override pool(x: Tensor): Tensor {
    return adaptiveAvgPool3d(x, this.outputSize);
  }
}

/**
 * Maxima of `outputSize` windows that share each line evenly, as `AdaptiveAvgPool1d`.
 *
 * @example
 * new AdaptiveMaxPool1d(1).forward(ones([2, 3, 7])).shape; // => [2, 3, 1]
 */
export class AdaptiveMaxPool1d extends AnyAdaptivePool {
  protected override pool(x: Tensor): Tensor {
    return adaptiveMaxPool1d(x, this.outputSize);
  }
}

/**
 * Maxima of windows that share each image evenly, as `AdaptiveAvgPool2d`.
 *
 * @example
 * new AdaptiveMaxPool2d(1).forward(ones([2, 3, 7, 5])).shape; // => [2, 3, 1, 1]
 */
export class AdaptiveMaxPool2d extends AnyAdaptivePool {
  protected override pool(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.outputSize);
  }
}

/**
 * Maxima of windows that share each volume evenly, as `AdaptiveAvgPool2d`.
 *
 * @example
 * new AdaptiveMaxPool3d(1).forward(ones([2, 3, 4, 4, 4])).shape; // => [2, 3, 1, 1, 1]
 */
export class AdaptiveMaxPool3d extends AnyAdaptivePool {
  protected override pool(x: Tensor): Tensor {
    return adaptiveMaxPool3d(x, this.outputSize);
  }
}
