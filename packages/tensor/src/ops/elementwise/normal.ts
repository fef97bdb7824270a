import { callable } from "../../op.ts";
import * as scalar from "../../special/normal.ts";
import { type PolynomialFamily, polynomial } from "../../special/polynomials.ts";
import type { Tensor } from "../../tensor.ts";
import { pointwise, pointwiseBinary } from "./pointwise.ts";

/**
 * `e^(x²) erfc(x)`, without under- or overflow for positive x. Shape `[...]` to `[...]`.
 *
 * @example
 * erfcx(tensor([0, 100])); // => [1, 0.0056416]
 */
export const erfcx = pointwise("erfcx", scalar.erfcx);

/**
 * The logarithm of `ndtr`, right far down in the tail. Shape `[...]` to `[...]`.
 *
 * @example
 * logNdtr(tensor([0, -100])); // => [-0.6931472, -5005.524]
 */
export const logNdtr = pointwise("logNdtr", scalar.logNdtr);

/**
 * The inverse of `ndtr`: ±∞ at 1 and 0, NaN outside. Shape `[...]` to `[...]`.
 *
 * @example
 * ndtri(tensor([0.5, 0.975])); // => [0, 1.9599640]
 */
export const ndtri = pointwise("ndtri", scalar.ndtri);

const zetaOp = pointwiseBinary<Readonly<Record<never, never>>>("zeta", ["x", "y"], (s, q) => scalar.zeta(s, q));

/**
 * Hurwitz's zeta function `Σ 1 / (y + k)^x` over k from 0 on. Shapes broadcast. As in PyTorch only `y` has a gradient.
 *
 * @example
 * zeta(tensor([2]), tensor([1])); // => [1.6449341]
 */
export const zeta = callable((x: Tensor | number, y: Tensor | number): Tensor => zetaOp(x, y, {}), zetaOp.op);

/** `x = m · 2^e`: the m, from ½ to 1 in magnitude. */
export const frexpMantissa = pointwise("frexpMantissa", scalar.mantissa);

/** `x = m · 2^e`: the e, as int32. */
export const frexpExponent = pointwise("frexpExponent", scalar.binaryExponent, "int32");

/** A polynomial of degree `n` at `x`, which broadcast. */
export const orthogonalPolynomial = pointwiseBinary<{ readonly family: PolynomialFamily }>(
  "orthogonalPolynomial",
  ["x", "n"],
  (x, n, { family }) => polynomial(family, x, n),
);
