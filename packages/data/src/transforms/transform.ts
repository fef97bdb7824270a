import { defaultGenerator, type Generator, isFloat, shapeText, stack, type Tensor, unbind } from "@dl/tensor";

/**
 * Changes an image `[c, h, w]`, or a batch `[n, c, h, w]` image by image. What is random comes from `generator`, default the
 * default generator, so the same seed gives the same images.
 */
export type Transform = (x: Tensor, generator?: Generator) => Tensor;

/**
 * One transform after the other.
 *
 * @example
 * const twice = compose([(x) => mul(x, 2), (x) => add(x, 1)]);
 * twice(tensor([[[1, 2]]])).tolist(); // => [[[3, 5]]]
 */
export function compose(transforms: readonly Transform[]): Transform {
  return (x, generator) => transforms.reduce((image, transform) => transform(image, generator), x);
}

/**
 * Does `transform` with probability `p`, for every image anew.
 *
 * @example
 * randomApply((x) => neg(x), { p: 1 })(tensor([[[1, 2]]])).tolist(); // => [[[-1, -2]]]
 */
export function randomApply(transform: Transform, { p = 0.5 }: { p?: number } = {}): Transform {
  return withProbability("randomApply", p, transform);
}

export function withProbability(who: string, p: number, transform: Transform): Transform {
  checkProbability(who, p);
  return eachImage(who, (x, generator) => (generator.uniform24() < p ? transform(x, generator) : x));
}

/** A transform of single images as one that takes batches too. */
export function eachImage(who: string, change: (x: Tensor, generator: Generator) => Tensor): Transform {
  return (x, generator = defaultGenerator()) => {
    checkImage(who, x);
    return x.ndim === 3 ? change(x, generator) : stack(unbind(x).map((image) => change(image, generator)));
  };
}

export function checkImage(who: string, x: Tensor): void {
  if (x.ndim !== 3 && x.ndim !== 4)
    throw new RangeError(`${who}: images are [c, h, w] or [n, c, h, w], got ${shapeText(x.shape)}`);
}

export function checkFloatImage(who: string, x: Tensor): void {
  checkImage(who, x);
  if (!isFloat(x.dtype)) throw new TypeError(`${who}: x must be a floating-point tensor, got ${x.dtype}`);
}

export function checkProbability(who: string, p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${who}: p must be from 0 to 1, got ${p}`);
}
