import { type PadOptions, pad, type Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

/** One number for every side, or two for each dimension, before and after, the last dimension first. */
export type Padding = number | readonly number[];

/** What padding of all kinds and dimensions shares. */
abstract class AnyPad extends Module {
  readonly padding: readonly number[];

  constructor(rank: number, padding: Padding) {
    super();
    this.padding = typeof padding === "number" ? new Array<number>(2 * rank).fill(padding) : padding;
    if (this.padding.length !== 2 * rank || !this.padding.every(Number.isInteger)) {
      throw new RangeError(
        `${this.constructor.name}: padding must be a whole number or ${2 * rank} of them: got [${this.padding.join(", ")}]`,
      );
    }
  }

  protected abstract options(): PadOptions;

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => pad(x, this.padding, this.options()));
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.padding]);
  }
}

abstract class AnyConstantPad extends AnyPad {
  readonly value: number;

  constructor(rank: number, padding: Padding, value: number) {
    super(rank, padding);
    this.value = value;
  }

  protected override options(): PadOptions {
    return { value: this.value };
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.padding, this.value]);
  }
}

abstract class AnyZeroPad extends AnyPad {
  protected override options(): PadOptions {
    return { value: 0 };
  }
}

abstract class AnyReflectionPad extends AnyPad {
  protected override options(): PadOptions {
    return { mode: "reflect" };
  }
}

abstract class AnyReplicationPad extends AnyPad {
  protected override options(): PadOptions {
    return { mode: "replicate" };
  }
}

abstract class AnyCircularPad extends AnyPad {
  protected override options(): PadOptions {
    return { mode: "circular" };
  }
}

/**
 * `value` around one dimension. Shape `[..., length]` to `[..., left + length + right]`.
 *
 * @example
 * new ConstantPad1d([1, 2], 3.5).forward(ones([1, 2])).tolist(); // => [[3.5, 1, 1, 3.5, 3.5]]
 */
export class ConstantPad1d extends AnyConstantPad {
  constructor(padding: Padding, value: number) {
    super(1, padding, value);
  }
}

/**
 * `value` around two dimensions. Shape `[..., h, w]` to `[..., top + h + bottom, left + w + right]`.
 *
 * @example
 * new ConstantPad2d(1, 7).forward(zeros([1, 2, 3])).shape; // => [1, 4, 5]
 */
export class ConstantPad2d extends AnyConstantPad {
  constructor(padding: Padding, value: number) {
    super(2, padding, value);
  }
}

/**
 * `value` around three dimensions. Shape `[..., d, h, w]` with `[left, right, top, bottom, front, back]` around it.
 *
 * @example
 * new ConstantPad3d(1, 7).forward(zeros([1, 2, 3, 4])).shape; // => [1, 4, 5, 6]
 */
export class ConstantPad3d extends AnyConstantPad {
  constructor(padding: Padding, value: number) {
    super(3, padding, value);
  }
}

/**
 * Zeros around one dimension. Shape `[..., length]` to `[..., left + length + right]`.
 *
 * @example
 * new ZeroPad1d([1, 0]).forward(ones([1, 2])).tolist(); // => [[0, 1, 1]]
 */
export class ZeroPad1d extends AnyZeroPad {
  constructor(padding: Padding) {
    super(1, padding);
  }
}

/**
 * Zeros around two dimensions. Shape `[..., h, w]` to `[..., top + h + bottom, left + w + right]`.
 *
 * @example
 * new ZeroPad2d([1, 2, 0, 1]).forward(ones([1, 2, 3])).shape; // => [1, 3, 6]
 */
export class ZeroPad2d extends AnyZeroPad {
  constructor(padding: Padding) {
    super(2, padding);
  }
}

/**
 * Zeros around three dimensions. Shape `[..., d, h, w]` with `[left, right, top, bottom, front, back]` around it.
 *
 * @example
 * new ZeroPad3d(1).forward(ones([1, 2, 3, 4])).shape; // => [1, 4, 5, 6]
 */
export class ZeroPad3d extends AnyZeroPad {
  constructor(padding: Padding) {
    super(3, padding);
  }
}

/**
 * The mirror image, without the border itself, around one dimension. Shape `[..., length]` to `[..., left + length + right]`.
 *
 * @example
 * new ReflectionPad1d(2).forward(tensor([[1, 2, 3]])).tolist(); // => [[3, 2, 1, 2, 3, 2, 1]]
 */
export class ReflectionPad1d extends AnyReflectionPad {
  constructor(padding: Padding) {
    super(1, padding);
  }
}

/**
 * The mirror image, without the border itself, around two dimensions. Shape `[..., h, w]` to `[..., top + h + bottom, left + w + right]`.
 *
 * @example
 * new ReflectionPad2d(1).forward(zeros([1, 2, 3])).shape; // => [1, 4, 5]
 */
export class ReflectionPad2d extends AnyReflectionPad {
  constructor(padding: Padding) {
    super(2, padding);
  }
}

/**
 * The mirror image, without the border itself, around three dimensions. Shape `[..., d, h, w]` with `[left, right, top, bottom, front, back]` around it.
 *
 * @example
 * new ReflectionPad3d(1).forward(zeros([1, 2, 3, 4])).shape; // => [1, 4, 5, 6]
 */
export class ReflectionPad3d extends AnyReflectionPad {
  constructor(padding: Padding) {
    super(3, padding);
  }
}

/**
 * The border, repeated, around one dimension. Shape `[..., length]` to `[..., left + length + right]`.
 *
 * @example
 * new ReplicationPad1d(2).forward(tensor([[1, 2, 3]])).tolist(); // => [[1, 1, 1, 2, 3, 3, 3]]
 */
export class ReplicationPad1d extends AnyReplicationPad {
  constructor(padding: Padding) {
    super(1, padding);
  }
}

/**
 * The border, repeated, around two dimensions. Shape `[..., h, w]` to `[..., top + h + bottom, left + w + right]`.
 *
 * @example
 * new ReplicationPad2d(1).forward(zeros([1, 2, 3])).shape; // => [1, 4, 5]
 */
export class ReplicationPad2d extends AnyReplicationPad {
  constructor(padding: Padding) {
    super(2, padding);
  }
}

/**
 * The border, repeated, around three dimensions. Shape `[..., d, h, w]` with `[left, right, top, bottom, front, back]` around it.
 *
 * @example
 * new ReplicationPad3d(1).forward(zeros([1, 2, 3, 4])).shape; // => [1, 4, 5, 6]
 */
export class ReplicationPad3d extends AnyReplicationPad {
  constructor(padding: Padding) {
    super(3, padding);
  }
}

/**
 * The other end around one dimension. Shape `[..., length]` to `[..., left + length + right]`.
 *
 * @example
 * new CircularPad1d(2).forward(tensor([[1, 2, 3]])).tolist(); // => [[2, 3, 1, 2, 3, 1, 2]]
 */
export class CircularPad1d extends AnyCircularPad {
  constructor(padding: Padding) {
    super(1, padding);
  }
}

/**
 * The other end around two dimensions. Shape `[..., h, w]` to `[..., top + h + bottom, left + w + right]`.
 *
 * @example
 * new CircularPad2d(1).forward(zeros([1, 2, 3])).shape; // => [1, 4, 5]
 */
export class CircularPad2d extends AnyCircularPad {
  constructor(padding: Padding) {
    super(2, padding);
  }
}

/**
 * The other end around three dimensions. Shape `[..., d, h, w]` with `[left, right, top, bottom, front, back]` around it.
 *
 * @example
 * new CircularPad3d(1).forward(zeros([1, 2, 3, 4])).shape; // => [1, 4, 5, 6]
 */
export class CircularPad3d extends AnyCircularPad {
  constructor(padding: Padding) {
    super(3, padding);
  }
}
