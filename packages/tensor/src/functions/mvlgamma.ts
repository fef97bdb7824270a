import { add, sub } from "../ops/elementwise/arithmetic.ts";
import { lgamma } from "../ops/elementwise/special.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The logarithm of the multivariate gamma function of dimension p:
 * `p (p - 1) / 4 log π + Σ lgamma(x - j / 2)` over j = 0 … p - 1. Shape `[...]` to `[...]`; every x must be above
 * `(p - 1) / 2`.
 *
 * https://pytorch.org/docs/stable/generated/torch.mvlgamma.html
 *
 * @example
 * mvlgamma(tensor([2]), 1).tolist(); // => [0]
 */
export function mvlgamma(x: Tensor, p: number): Tensor {
  if (!Number.isInteger(p) || p < 1) throw new RangeError(`mvlgamma: p must be a positive integer, got ${p}`);
  let sum = add(lgamma(x), (p * (p - 1) * Math.log(Math.PI)) / 4);
  for (let j = 1; j < p; j++) sum = add(sum, lgamma(sub(x, j / 2)));
  return sum;
}
