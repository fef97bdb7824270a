import { abs, add, square, type Tensor } from "@dl/tensor";

/**
 * `λ Σ |w|`: a penalty to add to the loss, whose gradient `λ sign(w)` drives weights to 0 and makes them sparse.
 *
 * - params: of any shapes; result: `[]`
 *
 * @example
 * l1([tensor([1, -2]), tensor([3])], 0.5).item(); // => 3
 */
export function l1(params: Iterable<Tensor>, lambda: number): Tensor {
  return total("l1", params, lambda, (w) => abs(w).sum()).mul(lambda);
}

/**
 * `λ/2 Σ w²`: a penalty to add to the loss, whose gradient `λ w` is that of an optimizer's `weightDecay`.
 *
 * - params: of any shapes; result: `[]`
 *
 * @example
 * l2([tensor([1, -2]), tensor([3])], 0.5).item(); // => 3.5
 */
export function l2(params: Iterable<Tensor>, lambda: number): Tensor {
  return total("l2", params, lambda, (w) => square(w).sum()).mul(lambda / 2);
}

/**
 * `λ₁ Σ |w| + λ₂/2 Σ w²`: both penalties at once.
 * Source: Zou and Hastie, 2005
 *
 * @example
 * elasticNet([tensor([1, -2])], { l1: 0.5, l2: 0.5 }).item(); // => 2.75
 */
export function elasticNet(params: Iterable<Tensor>, lambda: { readonly l1: number; readonly l2: number }): Tensor {
  const all = Array.from(params);
  return add(l1(all, lambda.l1), l2(all, lambda.l2));
}

function total(who: string, params: Iterable<Tensor>, lambda: number, penalty: (w: Tensor) => Tensor): Tensor {
  if (!(lambda >= 0)) throw new RangeError(`${who}: lambda must be a number from 0 on, got ${lambda}`);
  const penalties = Array.from(params, penalty);
  if (penalties.length === 0) throw new RangeError(`${who}: needs at least one parameter, got none`);
  return penalties.reduce((sum, each) => add(sum, each));
}
