import { logSoftmax, operandsText, softmax, softmin, type Tensor } from "@dl/tensor";
import { layerText, speakingFor } from "../text.ts";
import { SameShape } from "../widths.ts";

/** Along which dimension numbers add up to 1. */
export interface SoftmaxLayerOptions {
  dim: number;
}

/** What layers share whose numbers add up to 1 along one dimension. */
abstract class AlongDim extends SameShape {
  readonly dim: number;

  constructor({ dim }: SoftmaxLayerOptions) {
    super();
    this.dim = dim;
  }

  protected abstract compute(x: Tensor, options: SoftmaxLayerOptions): Tensor;

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => this.compute(x, { dim: this.dim }));
  }

  override toString(): string {
    return layerText(this.constructor.name, [], { dim: [this.dim, undefined] });
  }
}

/**
 * `eˣ / Σ eˣ` along `dim`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Softmax({ dim: 0 }).forward(tensor([0, 0])).tolist(); // => [0.5, 0.5]
 */
export class Softmax extends AlongDim {
  protected override compute(x: Tensor, options: SoftmaxLayerOptions): Tensor {
    return softmax(x, options);
  }
}

/**
 * `x - log Σ eˣ` along `dim`. Shape `[...]` to `[...]`.
 *
 * @example
 * new LogSoftmax({ dim: 0 }).forward(tensor([0])).tolist(); // => [0]
 */
export class LogSoftmax extends AlongDim {
  protected override compute(x: Tensor, options: SoftmaxLayerOptions): Tensor {
    return logSoftmax(x, options);
  }
}

/**
 * `e⁻ˣ / Σ e⁻ˣ` along `dim`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Softmin({ dim: 0 }).forward(tensor([1, 1])).tolist(); // => [0.5, 0.5]
 */
export class Softmin extends AlongDim {
  protected override compute(x: Tensor, options: SoftmaxLayerOptions): Tensor {
    return softmin(x, options);
  }
}

/**
 * Softmax over the channels of each pixel. Shape `[n, c, height, width]` or `[c, height, width]` to the same.
 *
 * @example
 * new Softmax2d().forward(zeros([2, 1, 1])).tolist(); // => [[[0.5]], [[0.5]]]
 */
export class Softmax2d extends SameShape {
  override forward(x: Tensor): Tensor {
    if (x.ndim !== 3 && x.ndim !== 4)
      throw new RangeError(`Softmax2d(): x must have 3 or 4 dimensions, got ${x.ndim} ${operandsText({ x })}`);
    return softmax(x, { dim: -3 });
  }
}
