import { isFloat, newArray } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { add, mul } from "../ops/elementwise/arithmetic.ts";
import { fillBernoulli } from "../random/distributions.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";

export interface DropoutOptions {
  /** Probability of a zero. Default 0.5. */
  p?: number;
  /** Default true; false gives x back. */
  training?: boolean;
  /** Default the global one. */
  generator?: Generator | undefined;
}

/**
 * Zeros each element with probability `p` and multiplies the others by `1 / (1 - p)`. Shape `[...]` to `[...]`.
 *
 * The mask is that of a PyTorch without MKL for the same seed.
 *
 * @example
 * dropout(ones([4]), { p: 0.5, generator: new Generator(0) }).tolist(); // => [0, 0, 2, 0]
 */
export const dropout = (x: Tensor, options: DropoutOptions = {}): Tensor => drop("dropout", x, x.shape, options);

/**
 * Zeros whole channels with probability `p`, as `dropout` does elements. Shape `[n, c, length]` or `[c, length]` to the same.
 *
 * @example
 * dropout1d(ones([1, 2, 3]), { p: 0 }).tolist(); // => [[[1, 1, 1], [1, 1, 1]]]
 */
export const dropout1d = (x: Tensor, options: DropoutOptions = {}): Tensor =>
  drop("dropout1d", x, channelMask("dropout1d", x, 1), options);

/**
 * Zeros whole channels with probability `p`. Shape `[n, c, height, width]` to the same; of `[c, height, width]`, whole
 * rows `[width]`, as PyTorch 1.13 does.
 *
 * @example
 * dropout2d(ones([1, 2, 1, 2]), { p: 1 }).tolist(); // => [[[[0, 0]], [[0, 0]]]]
 */
export const dropout2d = (x: Tensor, options: DropoutOptions = {}): Tensor =>
  drop("dropout2d", x, channelMask("dropout2d", x, 2), options);

/**
 * Zeros whole channels with probability `p`. Shape `[n, c, depth, height, width]` or without n to the same.
 *
 * @example
 * dropout3d(ones([1, 1, 1, 1, 2]), { p: 1 }).tolist(); // => [[[[[0, 0]]]]]
 */
export const dropout3d = (x: Tensor, options: DropoutOptions = {}): Tensor =>
  drop("dropout3d", x, channelMask("dropout3d", x, 3), options);

/**
 * Sets elements to selu's lower limit with probability `p` and restores mean 0 and variance 1. Shape `[...]` to `[...]`.
 *
 * Klambauer et al., Self-Normalizing Neural Networks (2017).
 *
 * @example
 * alphaDropout(ones([2]), { training: false }).tolist(); // => [1, 1]
 */
export const alphaDropout = (x: Tensor, options: DropoutOptions = {}): Tensor =>
  dropAlpha("alphaDropout", x, x.shape, options);

/**
 * `alphaDropout` of whole channels. Shape `[n, c, ...]` to the same.
 *
 * @example
 * featureAlphaDropout(ones([1, 2, 3]), { training: false }).shape; // => [1, 2, 3]
 */
export const featureAlphaDropout = (x: Tensor, options: DropoutOptions = {}): Tensor =>
  dropAlpha("featureAlphaDropout", x, featureShape("featureAlphaDropout", x), options);

/** selu's scale times its alpha: minus the value far left. */
const LIMIT = 1.7580993408473766;

/** What is left of x where some elements are dropped; the mask is drawn with `generator`. */
type Dropped = (p: number, generator: Generator) => Tensor;

function dropped(
  who: string,
  x: Tensor,
  { p = 0.5, training = true, generator = defaultGenerator() }: DropoutOptions,
  some: Dropped,
): Tensor {
  check(who, x, p);
  if (!training || p === 0 || x.size === 0) return x;
  return p === 1 ? mul(x, 0) : some(p, generator);
}

const drop = (who: string, x: Tensor, mask: Shape, options: DropoutOptions): Tensor =>
  dropped(who, x, options, (p, generator) => mul(x, bernoulli(x, mask, 1 - p, 1 / (1 - p), generator)));

const dropAlpha = (who: string, x: Tensor, mask: Shape, options: DropoutOptions): Tensor =>
  dropped(who, x, options, (p, generator) => {
    const scale = 1 / Math.sqrt((LIMIT * LIMIT * p + 1) * (1 - p));
    const noise = bernoulli(x, mask, 1 - p, 1, generator);
    return add(mul(x, mul(noise, scale)), add(mul(noise, LIMIT * scale), LIMIT * scale * (p - 1)));
  });

/** `value` with probability `p`, else 0. */
function bernoulli(x: Tensor, shape: Shape, p: number, value: number, generator: Generator): Tensor {
  const mask = fillBernoulli(generator, newArray(x.dtype, sizeOf(shape)), p);
  if (value !== 1) for (let i = 0; i < mask.length; i++) mask[i] = (mask[i] as number) * value;
  return fromTypedArray(mask, shape, x.dtype, x.device);
}

/** One number for each channel. */
function channelMask(who: string, x: Tensor, spatial: number): Shape {
  if (x.ndim !== spatial + 1 && x.ndim !== spatial + 2) {
    throw new RangeError(
      `${who}: x must have ${spatial + 1} or ${spatial + 2} dimensions, got ${x.ndim} (x ${shapeText(x.shape)})`,
    );
  }
  return x.ndim === spatial + 2 || spatial === 2
    ? featureShape(who, x)
    : [x.shape[0] as number, ...x.shape.slice(1).map(() => 1)];
}

function featureShape(who: string, x: Tensor): Shape {
  if (x.ndim < 2)
    throw new RangeError(`${who}: x must have at least 2 dimensions, got ${x.ndim} (x ${shapeText(x.shape)})`);
  return x.shape.map((length, dim) => (dim < 2 ? length : 1));
}

function check(who: string, x: Tensor, p: number): void {
  if (!isFloat(x.dtype)) throw new TypeError(`${who}: needs a floating-point tensor, got ${x.dtype}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${who}: p must lie in [0, 1], got ${p}`);
}
