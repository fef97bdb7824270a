import { type LpPoolOptions, lpPool1d, lpPool2d, type PerDim, type Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

export interface LPPoolLayerOptions {
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Windows may hang over the end if they start inside. Default false. */
  ceilMode?: boolean;
}

/** What power-average pooling of all dimensions shares. */
abstract class AnyLPPool extends Module {
  readonly normType: number;
  readonly kernelSize: PerDim;
  readonly stride: PerDim;
  readonly ceilMode: boolean;

  constructor(
    normType: number,
    kernelSize: PerDim,
    { stride = kernelSize, ceilMode = false }: LPPoolLayerOptions = {},
  ) {
    super();
    this.normType = normType;
    this.kernelSize = kernelSize;
    this.stride = stride;
    this.ceilMode = ceilMode;
  }

  protected abstract pool(x: Tensor, window: LpPoolOptions): Tensor;

  override forward(x: Tensor): Tensor {
    const { kernelSize, stride, ceilMode } = this;
    return speakingFor(this, () => this.pool(x, { kernelSize, stride, ceilMode }));
  }

  override toString(): string {
    const told = { stride: [this.stride, this.kernelSize], ceilMode: [this.ceilMode, false] } as const;
    return layerText(this.constructor.name, [this.normType, this.kernelSize], told);
  }
}

/**
 * `(Σ xᵖ)^(1/p)` of each window, p = normType. Shape `[n, c, length]` or `[c, length]` to `[…, windows]`.
 *
 * @example
 * new LPPool1d(2, 2).forward(tensor([[3, 4]])).tolist(); // => [[5]]
 */
export class LPPool1d extends AnyLPPool {
  protected override pool(x: Tensor, window: LpPoolOptions): Tensor {
    return lpPool1d(x, this.normType, window);
  }
}

/**
 * `(Σ xᵖ)^(1/p)` of each window, p = normType. Shape `[n, c, height, width]` or without n to `[…, outHeight, outWidth]`.
 *
 * @example
 * new LPPool2d(2, 2).forward(tensor([[[3, 0], [0, 4]]])).tolist(); // => [[[5]]]
 */
export class LPPool2d extends AnyLPPool {
  protected override pool(x: Tensor, window: LpPoolOptions): Tensor {
    return lpPool2d(x, this.normType, window);
  }
}
