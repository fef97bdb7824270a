import { erf, erfc, expMinusSquare, scaledErfc } from "../formula/scalar.ts";
import { hurwitzZeta } from "./gamma.ts";

/** The inverse of the error function: Winitzki's estimate, then Halley's method. */
export function erfinv(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < 1)) return magnitude === 1 ? x * Number.POSITIVE_INFINITY : Number.NaN;
  if (magnitude < 1e-9) return (x * Math.sqrt(Math.PI)) / 2;
  const log = Math.log1p(-x * x);
  const middle = 2 / (Math.PI * 0.147) + log / 2;
  let y = Math.sqrt(Math.sqrt(middle * middle - log / 0.147) - middle);
  for (let step = 0; step < 3; step++) {
    const error = magnitude < 0.5 ? erf(y) - magnitude : 1 - magnitude - erfc(y);
    const correction = (error * Math.sqrt(Math.PI)) / (2 * expMinusSquare(y));
    y -= correction / (1 + y * correction);
  }
  return x < 0 ? -y : y;
}

/** `e^(x²) erfc(x)`, which neither under- nor overflows for positive x. */
export const erfcx = (x: number): number => (x >= 1 ? scaledErfc(Math.min(x, 1e300)) : Math.exp(x * x) * erfc(x));

/** The logarithm of the normal distribution function. */
export function logNdtr(x: number): number {
  if (x < -1) return Math.log(erfcx(-x * Math.SQRT1_2) / 2) - (x * x) / 2;
  return Math.log1p(-erfc(x * Math.SQRT1_2) / 2);
}

/** The inverse of the normal distribution function: by `erfinv`, in the tails by Newton's method on `logNdtr`. */
export function ndtri(p: number): number {
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (!(p > 0 && p < 1)) return Number.NaN;
  if (p > 0.5) return -ndtri(1 - p);
  if (p > 0.05) return Math.SQRT2 * erfinv(2 * p - 1);
  const target = Math.log(p);
  let x = -Math.sqrt(-2 * target - Math.log(-4 * Math.PI * target));
  for (let step = 0; step < 8; step++) {
    const value = logNdtr(x);
    x -= (value - target) / (Math.exp(-(x * x) / 2 - value) / Math.sqrt(2 * Math.PI));
  }
  return x;
}

/** Hurwitz's `Σ 1 / (q + k)^s`: infinite for `s = 1` and at the poles, NaN for `s < 1` and for broken powers of negative q. */
export function zeta(s: number, q: number): number {
  if (s === 1) return Number.POSITIVE_INFINITY;
  if (!(s > 1) || Number.isNaN(q)) return Number.NaN;
  if (s === Number.POSITIVE_INFINITY && q > 0) return q > 1 ? 0 : q === 1 ? 1 : s;
  if (q <= 0) {
    if (Number.isInteger(q) || q === Number.NEGATIVE_INFINITY || s === Number.POSITIVE_INFINITY)
      return Number.POSITIVE_INFINITY;
    if (!Number.isInteger(s)) return Number.NaN;
  }
  return hurwitzZeta(s, q);
}

/** `x = m · 2^e` with `½ ≤ |m| < 1`; e is 0 for 0, infinities and NaN. */
export function binaryExponent(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return 0;
  let exponent = Math.floor(Math.log2(Math.abs(x))) + 1;
  while (Math.abs(mantissaOf(x, exponent)) >= 1) exponent++;
  while (Math.abs(mantissaOf(x, exponent)) < 0.5) exponent--;
  return exponent;
}

/** `x / 2^exponent`, in two steps as a single power may not be a number. */
const mantissaOf = (x: number, exponent: number): number => {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** -half * 2 ** (half - exponent);
};

export const mantissa = (x: number): number => mantissaOf(x, binaryExponent(x));
