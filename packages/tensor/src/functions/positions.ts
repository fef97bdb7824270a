import { operandsText } from "../errors.ts";
import { add, mul, sub } from "../ops/elementwise/arithmetic.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { select } from "../ops/view/slice.ts";
import type { Tensor } from "../tensor.ts";
import { type CreationOptions, fromTypedArray } from "./creation.ts";
import { stack } from "./join.ts";

export interface SinusoidalOptions extends CreationOptions {
  /** The longest wavelength over 2π. Default 10000. */
  base?: number;
}

/**
 * `sin(t / base^(2i / dim))` at even places 2i and the cosine at odd places 2i + 1, for every position t. Shape
 * `[length, dim]`.
 *
 * Vaswani et al. 2017, "Attention Is All You Need".
 *
 * @example
 * sinusoidalPositions(1, 4).tolist(); // => [[0, 1, 0, 1]]
 */
export function sinusoidalPositions(
  length: number,
  dim: number,
  { base = 10000, dtype = "float32", device }: SinusoidalOptions = {},
): Tensor {
  if (!Number.isInteger(length) || length < 0 || !Number.isInteger(dim) || dim < 0)
    throw new RangeError(`sinusoidalPositions: sizes must be whole numbers from 0 on, got ${length} and ${dim}`);
  const values = Float64Array.from({ length: length * dim }, (_, at) => {
    const angle = angleOf(Math.floor(at / dim), at % dim, dim, base);
    return (at % dim) % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
  return fromTypedArray(values, [length, dim], dtype, device);
}

export interface RotaryOptions {
  /** The longest wavelength over 2π. Default 10000. */
  base?: number;
  /** The position of the first element, as when earlier ones are in a cache. Default 0. */
  offset?: number;
}

/**
 * Turns each pair of features (2i, 2i + 1) by the angle `t / base^(2i / dim)`, t the position: products of a turned
 * query and a turned key depend on the difference of their positions only. Shape `[..., length, dim]` to the same.
 *
 * Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding".
 *
 * @example
 * rotaryPositions(tensor([[1, 0]])).tolist(); // => [[1, 0]]
 */
export function rotaryPositions(x: Tensor, { base = 10000, offset = 0 }: RotaryOptions = {}): Tensor {
  const [length, dim] = x.shape.slice(-2);
  if (length === undefined || dim === undefined || dim % 2 !== 0)
    throw new RangeError(`rotaryPositions: x must be [..., length, dim] with an even dim ${operandsText({ x })}`);
  const half = dim / 2;
  const table = (of: (angle: number) => number): Tensor => {
    const values = Float64Array.from({ length: length * half }, (_, at) =>
      of(angleOf(offset + Math.floor(at / half), 2 * (at % half), dim, base)),
    );
    return fromTypedArray(values, [length, half], x.dtype, x.device);
  };
  const [cos, sin] = [table(Math.cos), table(Math.sin)];
  const pairs = reshape(x, [...x.shape.slice(0, -1), half, 2]);
  const [first, second] = [select(pairs, -1, 0), select(pairs, -1, 1)];
  const turned = [sub(mul(first, cos), mul(second, sin)), add(mul(first, sin), mul(second, cos))];
  return view(stack(turned, { dim: -1 }), x.shape);
}

const angleOf = (position: number, place: number, dim: number, base: number): number =>
  position / base ** ((place - (place % 2)) / dim);
