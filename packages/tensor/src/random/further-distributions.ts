import { type DType, isFloat, newArray, type TypedArray } from "../dtype.ts";
import { lgamma } from "../special/gamma.ts";
import type { Generator } from "./generator.ts";

/**
 * Fills `out` with numbers of the Cauchy distribution around `median`, as `torch.Tensor.cauchy_`.
 *
 * @example
 * fillCauchy(new Generator(7), new Float32Array(1), 0, 1); // => [-0.83055579662323]
 */
export function fillCauchy<T extends TypedArray>(g: Generator, out: T, median: number, sigma: number): T {
  for (let i = 0; i < out.length; i++) out[i] = median + sigma * Math.tan(Math.PI * (g.uniform53() - 0.5));
  return out;
}

/**
 * Fills `out` with `e^z` where z is normal of `mean` and `std`, as `torch.Tensor.log_normal_`.
 *
 * Errors: a `std` that is not positive.
 */
export function fillLogNormal<T extends TypedArray>(g: Generator, out: T, mean: number, std: number): T {
  if (!(std > 0)) throw new RangeError(`logNormal: std must be positive, got ${std}`);
  for (let i = 0; i < out.length; i++) out[i] = Math.exp(g.normal() * std + mean);
  return out;
}

/**
 * Fills `out` with the number of trials up to the first success of probability `p`, as `torch.Tensor.geometric_`.
 *
 * Errors: `p` outside (0, 1).
 */
export function fillGeometric<T extends TypedArray>(g: Generator, out: T, p: number): T {
  if (!(p > 0 && p < 1)) throw new RangeError(`geometric: p must lie in (0, 1), got ${p}`);
  for (let i = 0; i < out.length; i++) out[i] = Math.ceil(Math.log(g.uniform53()) / Math.log(1 - p));
  return out;
}

/** The largest integer up to which a dtype holds all: float32 has 24 bits for them. */
const largestWhole: Readonly<Record<DType, number>> = {
  float32: 2 ** 24,
  float64: 2 ** 53,
  int32: 2 ** 31 - 1,
  uint8: 255,
  bool: 1,
};

/**
 * Fills an array of `size` elements of `dtype` with integers from `from` to before `to`, as `torch.Tensor.random_`. Without
 * `to` they are all that the dtype holds without gaps.
 *
 * Errors: `from` not below `to`; either not an integer; integers that the dtype does not hold.
 */
export function drawIntegers(
  g: Generator,
  dtype: DType,
  size: number,
  from: number,
  to: number | undefined,
): TypedArray {
  const last = to === undefined ? largestWhole[dtype] : to - 1;
  if (!Number.isInteger(from) || !Number.isInteger(last) || from > last) {
    throw new RangeError(`random: from and to must be integers, from below to: ${from} and ${to ?? last + 1}`);
  }
  const unsigned = dtype === "uint8" || dtype === "bool";
  const lowest = unsigned ? 0 : -largestWhole[dtype] - (dtype === "int32" ? 1 : 0);
  if (from < lowest || last > largestWhole[dtype]) {
    throw new RangeError(`random: ${dtype} does not hold all integers from ${from} to ${last}`);
  }
  const out = newArray(dtype, size);
  const count = BigInt(last) - BigInt(from) + 1n;
  const wide = isFloat(dtype) && count >= 2n ** 32n;
  for (let i = 0; i < size; i++) out[i] = from + (wide ? Number(random64(g) % count) : g.random() % Number(count));
  return out;
}

const random64 = (g: Generator): bigint => (BigInt(g.random()) << 32n) | BigInt(g.random());

/**
 * A whole number of the Poisson distribution of mean `rate`, as `torch.poisson`: from 10 on by Hörmann's transformed
 * rejection, below by multiplying uniform numbers.
 *
 * W. Hörmann, The transformed rejection method for generating Poisson random variables (1993), algorithm PTRS.
 */
export function drawPoisson(g: Generator, rate: number): number {
  if (rate === 0) return 0;
  if (rate < 10) {
    const limit = Math.exp(-rate);
    let count = 0;
    for (let product = g.uniform53(); product > limit; product *= g.uniform53()) count++;
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const quick = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = g.uniform53() - 0.5;
    const v = g.uniform53();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + rate + 0.43);
    if (us >= 0.07 && v <= quick) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const bound = -rate + count * Math.log(rate) - lgamma(count + 1);
    if (Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b) <= bound) return count;
  }
}
