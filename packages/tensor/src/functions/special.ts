import { add, mul } from "../ops/elementwise/arithmetic.ts";
import { asTensors } from "../ops/elementwise/define.ts";
import { frexpExponent, frexpMantissa, orthogonalPolynomial } from "../ops/elementwise/normal.ts";
import type { PolynomialFamily } from "../special/polynomials.ts";
import type { Tensor } from "../tensor.ts";

/**
 * `x = mantissa · 2^exponent` with `½ ≤ |mantissa| < 1`, or 0. Shape `[...]` to the same twice; the exponents are int32.
 *
 * @example
 * frexp(tensor([8])).exponent.tolist(); // => [4]
 */
export const frexp = (x: Tensor): { mantissa: Tensor; exponent: Tensor } => ({
  mantissa: frexpMantissa(x),
  exponent: frexpExponent(x),
});

type Operand = Tensor | number;

const at =
  (family: PolynomialFamily) =>
  (x: Operand, n: Operand): Tensor =>
    orthogonalPolynomial(x, n, { family });

/** At `2x - 1`, so that [0, 1] takes the place of [-1, 1]. */
const shifted =
  (family: PolynomialFamily) =>
  (x: Operand, n: Operand): Tensor => {
    const [first, degree] = asTensors(family, [x, n]) as [Tensor, Tensor];
    return orthogonalPolynomial(add(mul(first, 2), -1), degree, { family });
  };

/**
 * The Chebyshev polynomial of the first kind, of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * chebyshevPolynomialT(tensor([2]), 3).tolist(); // => [26]
 */
export const chebyshevPolynomialT = at("chebyshevT");

/**
 * The Chebyshev polynomial of the second kind, of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * chebyshevPolynomialU(tensor([2]), 3).tolist(); // => [56]
 */
export const chebyshevPolynomialU = at("chebyshevU");

/**
 * The Chebyshev polynomial of the third kind, of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * chebyshevPolynomialV(tensor([2]), 3).tolist(); // => [41]
 */
export const chebyshevPolynomialV = at("chebyshevV");

/**
 * The Chebyshev polynomial of the fourth kind, of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * chebyshevPolynomialW(tensor([2]), 3).tolist(); // => [71]
 */
export const chebyshevPolynomialW = at("chebyshevW");

/**
 * The physicists' Hermite polynomial of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * hermitePolynomialH(tensor([2]), 3).tolist(); // => [40]
 */
export const hermitePolynomialH = at("hermiteH");

/**
 * The probabilists' Hermite polynomial of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * hermitePolynomialHe(tensor([2]), 3).tolist(); // => [2]
 */
export const hermitePolynomialHe = at("hermiteHe");

/**
 * The Laguerre polynomial of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * laguerrePolynomialL(tensor([2]), 2).tolist(); // => [-1]
 */
export const laguerrePolynomialL = at("laguerreL");

/**
 * The Legendre polynomial of degree `n`. Shapes of `x` and `n` broadcast. Without gradient, as in PyTorch.
 *
 * @example
 * legendrePolynomialP(tensor([2]), 3).tolist(); // => [17]
 */
export const legendrePolynomialP = at("legendreP");

/**
 * `chebyshevPolynomialT` at `2x - 1`. Shapes of `x` and `n` broadcast.
 *
 * @example
 * shiftedChebyshevPolynomialT(tensor([2]), 2).tolist(); // => [17]
 */
export const shiftedChebyshevPolynomialT = shifted("chebyshevT");

/**
 * `chebyshevPolynomialU` at `2x - 1`. Shapes of `x` and `n` broadcast.
 *
 * @example
 * shiftedChebyshevPolynomialU(tensor([2]), 2).tolist(); // => [35]
 */
export const shiftedChebyshevPolynomialU = shifted("chebyshevU");

/**
 * `chebyshevPolynomialV` at `2x - 1`. Shapes of `x` and `n` broadcast.
 *
 * @example
 * shiftedChebyshevPolynomialV(tensor([2]), 2).tolist(); // => [29]
 */
export const shiftedChebyshevPolynomialV = shifted("chebyshevV");

/**
 * `chebyshevPolynomialW` at `2x - 1`. Shapes of `x` and `n` broadcast.
 *
 * @example
 * shiftedChebyshevPolynomialW(tensor([2]), 2).tolist(); // => [41]
 */
export const shiftedChebyshevPolynomialW = shifted("chebyshevW");
