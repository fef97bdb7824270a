import { type InterpolateMode, interpolate, type Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

export interface UpsampleSize {
  /** Sizes of the result: one for all spatial dimensions or one for each. This or `scaleFactor`. */
  size?: number | readonly number[] | undefined;
  /** Multiplies the sizes, rounded down: one for all spatial dimensions or one for each. */
  scaleFactor?: number | readonly number[] | undefined;
}

export interface UpsampleOptions extends UpsampleSize {
  /** Default "nearest". */
  mode?: InterpolateMode;
  /** The centres of the first and last elements stay where they are, and not their edges. For linear and cubic modes. */
  alignCorners?: boolean | undefined;
  /** Takes the distance of samples from the rounded sizes and not from `scaleFactor`. Default false. */
  recomputeScaleFactor?: boolean | undefined;
}

/**
 * Images of another size; see `interpolate`. Shape `[n, c, ...sizes]` to `[n, c, ...size]`.
 *
 * @example
 * new Upsample({ scaleFactor: 2, mode: "bilinear" }).forward(zeros([1, 3, 4, 5])).shape; // => [1, 3, 8, 10]
 */
export class Upsample extends Module {
  readonly size: number | readonly number[] | undefined;
  readonly scaleFactor: number | readonly number[] | undefined;
  readonly mode: InterpolateMode;
  readonly alignCorners: boolean | undefined;
  readonly recomputeScaleFactor: boolean;

  constructor({ size, scaleFactor, mode = "nearest", alignCorners, recomputeScaleFactor = false }: UpsampleOptions) {
    super();
    this.size = size;
    this.scaleFactor = scaleFactor;
    this.mode = mode;
    this.alignCorners = alignCorners;
    this.recomputeScaleFactor = recomputeScaleFactor;
  }

  override forward(x: Tensor): Tensor {
    const { size, scaleFactor, mode, alignCorners, recomputeScaleFactor } = this;
    return speakingFor(this, () => interpolate(x, { size, scaleFactor, mode, alignCorners, recomputeScaleFactor }));
  }

  override toString(): string {
    return layerText(this.constructor.name, [], {
      size: [this.size, undefined],
      scaleFactor: [this.scaleFactor, undefined],
      mode: [this.mode, "nearest"],
      alignCorners: [this.alignCorners, undefined],
    });
  }
}

/**
 * Images of another size, each pixel a copy. Shape `[n, c, h, w]` to `[n, c, outH, outW]`.
 *
 * @example
 * new UpsamplingNearest2d({ scaleFactor: 2 }).forward(tensor([[[[1, 2]]]])).tolist(); // => [[[[1, 1, 2, 2], [1, 1, 2, 2]]]]
 */
export class UpsamplingNearest2d extends Upsample {
  constructor({ size, scaleFactor }: UpsampleSize) {
    super({ size, scaleFactor });
  }
}

/**
 * Images of another size, interpolated between pixels whose corners stay where they are. Shape `[n, c, h, w]` to
 * `[n, c, outH, outW]`.
 *
 * @example
 * new UpsamplingBilinear2d({ size: [1, 3] }).forward(tensor([[[[1, 2]]]])).tolist(); // => [[[[1, 1.5, 2]]]]
 */
export class UpsamplingBilinear2d extends Upsample {
  constructor({ size, scaleFactor }: UpsampleSize) {
    super({ size, scaleFactor, mode: "bilinear", alignCorners: true });
  }

  override toString(): string {
    return layerText(this.constructor.name, [], {
      size: [this.size, undefined],
      scaleFactor: [this.scaleFactor, undefined],
    });
  }
}
