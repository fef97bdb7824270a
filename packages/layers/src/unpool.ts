import { maxUnpool1d, maxUnpool2d, maxUnpool3d, type PerDim, type Shape, type Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

export interface MaxUnpoolLayerOptions {
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Default 0. */
  padding?: PerDim;
}

interface UnpoolWindow {
  readonly kernelSize: PerDim;
  readonly stride: PerDim;
  readonly padding: PerDim;
}

export interface UnpoolOptions {
  /** Sizes of the result; default the smallest that the windows came from. */
  outputSize?: Shape | undefined;
}

type UnpoolInputs = [x: Tensor, indices: Tensor, options?: UnpoolOptions];

/** What max unpooling of all dimensions shares. */
abstract class AnyMaxUnpool extends Module<UnpoolInputs> {
  readonly window: UnpoolWindow;

  constructor(kernelSize: PerDim, { stride = kernelSize, padding = 0 }: MaxUnpoolLayerOptions = {}) {
    super();
    this.window = { kernelSize, stride, padding };
  }

  protected abstract unpool(x: Tensor, indices: Tensor, options: UnpoolWindow & UnpoolOptions): Tensor;

  override forward(x: Tensor, indices: Tensor, { outputSize }: UnpoolOptions = {}): Tensor {
    return speakingFor(this, () => this.unpool(x, indices, { ...this.window, outputSize }));
  }

  override toString(): string {
    const { kernelSize, stride, padding } = this.window;
    return layerText(this.constructor.name, [kernelSize], { stride: [stride, kernelSize], padding: [padding, 0] });
  }
}

/**
 * Zeros with each number where `maxPool1d` found it. Shape `[n, c, windows]` or `[c, windows]`, and the indices of that
 * pooling, to `[…, length]`.
 *
 * @example
 * const { values, indices } = maxPool1d(tensor([[1, 5, 2, 3]]), { kernelSize: 2, returnIndices: true });
 * new MaxUnpool1d(2).forward(values, indices).tolist(); // => [[0, 5, 0, 3]]
 */
export class MaxUnpool1d extends AnyMaxUnpool {
  protected override unpool(x: Tensor, indices: Tensor, options: UnpoolWindow & UnpoolOptions): Tensor {
    return maxUnpool1d(x, indices, options);
  }
}

/**
 * Zeros with each number where `maxPool2d` found it. Shape `[n, c, height, width]` or `[c, height, width]`, and the indices
 * of that pooling, to `[…, outHeight, outWidth]`, each `(size - 1) stride - 2 padding + kernel` unless `outputSize` says
 * else.
 *
 * @example
 * const { values, indices } = maxPool2d(tensor([[[1, 2], [3, 4]]]), { kernelSize: 2, returnIndices: true });
 * new MaxUnpool2d(2).forward(values, indices).tolist(); // => [[[0, 0], [0, 4]]]
 */
export class MaxUnpool2d extends AnyMaxUnpool {
  protected override unpool(x: Tensor, indices: Tensor, options: UnpoolWindow & UnpoolOptions): Tensor {
    return maxUnpool2d(x, indices, options);
  }
}

/**
 * Zeros with each number where `maxPool3d` found it. Shape `[n, c, depth, height, width]` or without n, and the indices of
 * that pooling, to the same with more places.
 *
 * @example
 * const { values, indices } = maxPool3d(ones([1, 2, 2, 2]), { kernelSize: 2, returnIndices: true });
 * new MaxUnpool3d(2).forward(values, indices).shape; // => [1, 2, 2, 2]
 */
export class MaxUnpool3d extends AnyMaxUnpool {
  protected override unpool(x: Tensor, indices: Tensor, options: UnpoolWindow & UnpoolOptions): Tensor {
    return maxUnpool3d(x, indices, options);
  }
}
