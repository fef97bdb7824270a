import { hardshrink, hardtanh, softshrink, type Tensor, threshold } from "@dl/tensor";
import { layerText } from "../text.ts";
import { SameShape } from "../widths.ts";

/**
 * `x` kept between `minVal` (-1) and `maxVal` (1). Shape `[...]` to `[...]`.
 *
 * @example
 * new Hardtanh({ maxVal: 2 }).forward(tensor([-3, 3])).tolist(); // => [-1, 2]
 */
export class Hardtanh extends SameShape {
  readonly minVal: number;
  readonly maxVal: number;

  constructor({ minVal = -1, maxVal = 1 }: { minVal?: number; maxVal?: number } = {}) {
    super();
    if (!(minVal < maxVal)) throw new RangeError(`Hardtanh: minVal must be below maxVal: ${minVal} and ${maxVal}`);
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  override forward(x: Tensor): Tensor {
    return hardtanh(x, { minVal: this.minVal, maxVal: this.maxVal });
  }

  override toString(): string {
    return layerText("Hardtanh", [], { minVal: [this.minVal, -1], maxVal: [this.maxVal, 1] });
  }
}

/**
 * 0 where `|x| ≤ lambd` (0.5), else `x`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Hardshrink().forward(tensor([-1, 0.2, 1])).tolist(); // => [-1, 0, 1]
 */
export class Hardshrink extends SameShape {
  readonly lambd: number;

  constructor({ lambd = 0.5 }: { lambd?: number } = {}) {
    super();
    this.lambd = lambd;
  }

  override forward(x: Tensor): Tensor {
    return hardshrink(x, { lambd: this.lambd });
  }

  override toString(): string {
    return layerText("Hardshrink", [], { lambd: [this.lambd, 0.5] });
  }
}

/**
 * `x` moved towards 0 by `lambd` (0.5), but not past it. Shape `[...]` to `[...]`.
 *
 * @example
 * new Softshrink().forward(tensor([-1, 0.2, 2])).tolist(); // => [-0.5, 0, 1.5]
 */
export class Softshrink extends SameShape {
  readonly lambd: number;

  constructor({ lambd = 0.5 }: { lambd?: number } = {}) {
    super();
    if (!(lambd >= 0)) throw new RangeError(`Softshrink: lambd must not be negative, got ${lambd}`);
    this.lambd = lambd;
  }

  override forward(x: Tensor): Tensor {
    return softshrink(x, { lambd: this.lambd });
  }

  override toString(): string {
    return layerText("Softshrink", [], { lambd: [this.lambd, 0.5] });
  }
}

/**
 * `x` above `threshold`, else `value`. Shape `[...]` to `[...]`.
 *
 * @example
 * new Threshold({ threshold: 0.5, value: 9 }).forward(tensor([-1, 2])).tolist(); // => [9, 2]
 */
export class Threshold extends SameShape {
  readonly threshold: number;
  readonly value: number;

  constructor({ threshold, value }: { threshold: number; value: number }) {
    super();
    this.threshold = threshold;
    this.value = value;
  }

  override forward(x: Tensor): Tensor {
    return threshold(x, { threshold: this.threshold, value: this.value });
  }

  override toString(): string {
    return layerText("Threshold", [], { threshold: [this.threshold, undefined], value: [this.value, undefined] });
  }
}
