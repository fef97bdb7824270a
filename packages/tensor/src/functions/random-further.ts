import { isFloat, newArray } from "../dtype.ts";
import {
  drawIntegers,
  drawPoisson,
  fillCauchy,
  fillGeometric,
  fillLogNormal,
} from "../random/further-distributions.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import type { Tensor } from "../tensor.ts";
import { madeBeside } from "./beside.ts";
import { draw, drawAny } from "./random-in-place.ts";

interface Drawn {
  /** Where the numbers come from; default the default generator. */
  generator?: Generator | undefined;
}

export interface CauchyOptions extends Drawn {
  /** Default 0. */
  median?: number;
  /** Half the width at half the height; default 1. */
  sigma?: number;
}

/**
 * Overwrites `x` with numbers of density `sigma / π / ((x - median)² + sigma²)`, as torch.Tensor.cauchy_. Returns `x`;
 * floats only.
 *
 * @example
 * cauchy_(zeros([1]), { generator: new Generator(7) }).tolist(); // => [-0.83055579662323]
 */
export const cauchy_ = (
  x: Tensor,
  { median = 0, sigma = 1, generator = defaultGenerator() }: CauchyOptions = {},
): Tensor => draw("cauchy_", x, (out) => fillCauchy(generator, out, median, sigma));

export interface LogNormalOptions extends Drawn {
  /** Mean of the logarithm; default 1. */
  mean?: number;
  /** Standard deviation of the logarithm; default 2. */
  std?: number;
}

/**
 * Overwrites `x` with `e^z` for normal z, as torch.Tensor.log_normal_. Returns `x`; floats only. A `std` that is not
 * positive is a RangeError.
 *
 * @example
 * logNormal_(zeros([1]), { generator: new Generator(7) }).tolist(); // => [2.0267019271850586]
 */
export const logNormal_ = (
  x: Tensor,
  { mean = 1, std = 2, generator = defaultGenerator() }: LogNormalOptions = {},
): Tensor => draw("logNormal_", x, (out) => fillLogNormal(generator, out, mean, std));

export interface GeometricOptions extends Drawn {
  /** The probability of a success, inside (0, 1). */
  p: number;
}

/**
 * Overwrites `x` with the number of trials up to the first success, as torch.Tensor.geometric_. Returns `x`, of any dtype.
 *
 * @example
 * geometric_(zeros([4]), { p: 0.3, generator: new Generator(7) }).tolist(); // => [4, 4, 1, 2]
 */
export const geometric_ = (x: Tensor, { p, generator = defaultGenerator() }: GeometricOptions): Tensor =>
  drawAny("geometric_", x, () => fillGeometric(generator, newArray(x.dtype, x.size), p));

export interface RandomIntegerOptions extends Drawn {
  /** Default 0. */
  from?: number;
  /** Not drawn itself. By default all integers that the dtype holds without gaps are drawn. */
  to?: number | undefined;
}

/**
 * Overwrites `x` with integers from `from` to before `to`, as torch.Tensor.random_. Returns `x`, of any dtype. Integers
 * that the dtype does not hold are a RangeError.
 *
 * @example
 * random_(zeros([4]), { to: 10, generator: new Generator(7) }).tolist(); // => [5, 2, 1, 6]
 */
export const random_ = (
  x: Tensor,
  { from = 0, to, generator = defaultGenerator() }: RandomIntegerOptions = {},
): Tensor => drawAny("random_", x, () => drawIntegers(generator, x.dtype, x.size, from, to));

export interface PoissonOptions extends Drawn {}

/**
 * Whole numbers of the Poisson distributions of mean `rate`, one for each element, as torch.poisson. Shape `[...]` to
 * `[...]`, floats only, without gradient. A rate that is negative or no number is a RangeError.
 *
 * @example
 * poisson(tensor([0.5, 3, 50]), { generator: new Generator(7) }).shape; // => [3]
 */
export function poisson(rate: Tensor, { generator = defaultGenerator() }: PoissonOptions = {}): Tensor {
  if (!isFloat(rate.dtype)) throw new TypeError(`poisson: needs a floating-point tensor, got ${rate.dtype}`);
  const rates = rate.detach().toArray();
  const wrong = rates.find((each) => !(each >= 0 && each < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) throw new RangeError(`poisson: rates must be finite and not negative, got ${wrong}`);
  const drawn = rates.map((each) => drawPoisson(generator, each));
  return madeBeside(rate, drawn, rate.shape, rate.dtype);
}
