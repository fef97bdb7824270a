import { where } from "../ops/elementwise/blend.ts";
import { lt } from "../ops/elementwise/comparison.ts";
import { determinant, determinantSign, logAbsDeterminant } from "../ops/linalg/determinant.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The determinant of each matrix, 1 for `[0, 0]`. Shape `[..., n, n]` to `[...]`; floats only. Its gradient, the
 * cofactors, is exact for singular matrices too.
 *
 * @example
 * det(tensor([[1, 2], [3, 4]])).item(); // => -2
 */
export const det = (x: Tensor): Tensor => determinant(x);

/**
 * The sign of the determinant (1, -1, 0) and the logarithm of its magnitude, which does not overflow. Shape `[..., n, n]`
 * to `[...]` each; floats only. The sign has no gradient.
 *
 * @example
 * slogdet(tensor([[0, 1], [1, 0]])).sign.item(); // => -1
 */
export const slogdet = (x: Tensor): { sign: Tensor; logabsdet: Tensor } => ({
  sign: determinantSign(x),
  logabsdet: logAbsDeterminant(x),
});

/**
 * The logarithm of the determinant: -∞ for 0, NaN below. Shape `[..., n, n]` to `[...]`; floats only.
 *
 * @example
 * logdet(tensor([[1, 0], [0, 1]])).item(); // => 0
 */
export function logdet(x: Tensor): Tensor {
  const { sign, logabsdet } = slogdet(x);
  return where(lt(sign, 0), Number.NaN, logabsdet);
}
