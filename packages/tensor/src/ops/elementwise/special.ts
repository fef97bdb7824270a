import { callable } from "../../op.ts";
import * as gamma from "../../special/gamma.ts";
import * as normal from "../../special/normal.ts";
import type { Tensor } from "../../tensor.ts";
import { unary } from "./define.ts";
import { betweenBounds } from "./extremes.ts";
import { pointwise, pointwiseFamily } from "./pointwise.ts";

/**
 * The error function `2/√π ∫₀ˣ e^(-t²) dt`. Shape `[...]` to `[...]`.
 *
 * @example
 * erf(tensor([0, 1])); // => [0, 0.8427008]
 */
export const erf = unary("erf", "erf(x)");

/**
 * `1 - erf(x)`, exact also where that is small. Shape `[...]` to `[...]`.
 *
 * @example
 * erfc(tensor([0, 1])); // => [1, 0.1572992]
 */
export const erfc = unary("erfc", "erfc(x)");

/**
 * The inverse of the error function: ±∞ at ±1, NaN beyond. Shape `[...]` to `[...]`.
 *
 * @example
 * erfinv(tensor([0, 0.5])); // => [0, 0.4769363]
 */
export const erfinv = pointwise("erfinv", normal.erfinv);

/**
 * `log |Γ(x)|`. Shape `[...]` to `[...]`.
 *
 * @example
 * lgamma(tensor([1, 5])); // => [0, 3.1780539]
 */
export const lgamma = pointwise("lgamma", gamma.lgamma);

/**
 * The derivative of `lgamma`. Shape `[...]` to `[...]`.
 *
 * @example
 * digamma(tensor([1])); // => [-0.5772157]
 */
export const digamma = pointwise("digamma", gamma.digamma);

const polygammaOf = pointwiseFamily<{ readonly n: number }>("polygamma", (x, { n }) => gamma.polygamma(n, x));

/**
 * The `n`-th derivative of `digamma`. Shape `[...]` to `[...]`.
 *
 * @example
 * polygamma(1, tensor([1])); // => [1.6449341]
 */
export const polygamma = callable((n: number, x: Tensor): Tensor => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`polygamma: n must be a whole number from 0 on, got ${n}`);
  return n === 0 ? digamma(x) : polygammaOf(x, { n });
}, polygammaOf.op);

export interface LogitOptions {
  /** Keeps `x` between `eps` and `1 - eps` first. */
  eps?: number;
}

const logOdds = unary("logit", "log(x / (1 - x))");

/**
 * `log(x / (1 - x))`, the inverse of `sigmoid`: ±∞ at 0 and 1, NaN outside. Shape `[...]` to `[...]`.
 *
 * @example
 * logit(tensor([0.5, 0.75])); // => [0, 1.0986123]
 */
export const logit = callable(
  (x: Tensor, { eps }: LogitOptions = {}): Tensor => logOdds(eps === undefined ? x : betweenBounds(x, eps, 1 - eps)),
  logOdds.op,
);

/**
 * The standard normal distribution function, `½ erfc(-x / √2)`. Shape `[...]` to `[...]`.
 *
 * @example
 * ndtr(tensor([0, 1])); // => [0.5, 0.8413447]
 */
export const ndtr = unary("ndtr", `0.5 * erfc(-${Math.SQRT1_2} * x)`);

/**
 * `-x log(x)`: 0 at 0, -∞ below. Shape `[...]` to `[...]`.
 *
 * @example
 * entr(tensor([0, 0.5])); // => [0, 0.3465736]
 */
export const entr = unary("entr", "isnan(x) ? x : x > 0 ? -x * log(x) : x == 0 ? 0 : -inf");
