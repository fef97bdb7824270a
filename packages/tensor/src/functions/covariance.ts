import { isFloat } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { div, mul, sub } from "../ops/elementwise/arithmetic.ts";
import { clampMin } from "../ops/elementwise/extremes.ts";
import { sqrt } from "../ops/elementwise/power.ts";
import { asStrided } from "../ops/view/as-strided.ts";
import { transpose } from "../ops/view/permute.ts";
import { view } from "../ops/view/reshape.ts";
import { squeeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";
import { clamp } from "./clamp.ts";
import { matmul } from "./matmul.ts";
import { sum } from "./reduce.ts";

export interface CovarianceOptions {
  /** Subtracted from the number of observations before dividing. Default 1. */
  correction?: number;
  /** How often each observation counts: integers `[n]`. */
  fweights?: Tensor | undefined;
  /** How much each observation weighs: floats `[n]`. */
  aweights?: Tensor | undefined;
}

/**
 * `(x - mean) (x - mean)ᵀ / (n - correction)`: how the variables, one a row, vary together. Shape `[v, n]` to `[v, v]`,
 * `[n]` to `[]`.
 *
 * @example
 * cov(tensor([[0, 1, 2], [2, 1, 0]])).tolist(); // => [[1, -1], [-1, 1]]
 */
export function cov(x: Tensor, { correction = 1, fweights, aweights }: CovarianceOptions = {}): Tensor {
  if (x.ndim > 2) throw new RangeError(`cov: needs at most 2 dimensions (x ${shapeText(x.shape)})`);
  if (x.dtype === "bool") throw new TypeError("cov: needs numbers, got bool");
  const rows = x.ndim === 2 ? x : view(x, [1, x.size]);
  const values = isFloat(rows.dtype) ? rows : toCopy(rows, "float32");
  const count = rows.shape[1] as number;
  checkWeights(x, fweights, count, "fweights", false);
  checkWeights(x, aweights, count, "aweights", true);
  const weights = weightsOf(fweights, aweights, values);
  const total = weights === undefined ? undefined : sum(weights);
  const weighted = (each: Tensor): Tensor => (weights === undefined ? each : mul(each, weights));
  const off = sub(values, div(sum(weighted(values), { dim: 1, keepdim: true }), total ?? count));
  const products = matmul(weighted(off), transpose(off, 0, 1));
  return squeeze(div(products, freedom(total, weights, aweights, count, correction)));
}

/**
 * `cov(x)` scaled to correlations between -1 and 1. Shape `[v, n]` to `[v, v]`, `[n]` to `[]`.
 *
 * @example
 * corrcoef(tensor([[0, 1, 2], [2, 1, 0]])).tolist(); // => [[1, -1], [-1, 1]]
 */
export function corrcoef(x: Tensor): Tensor {
  const covariance = cov(x);
  if (covariance.ndim === 0) return div(covariance, covariance);
  const size = covariance.shape[0] as number;
  const deviations = sqrt(asStrided(covariance, [size], [size + 1]));
  const scaled = div(div(covariance, view(deviations, [size, 1])), deviations);
  return clamp(scaled, { min: -1, max: 1 });
}

function weightsOf(fweights: Tensor | undefined, aweights: Tensor | undefined, like: Tensor): Tensor | undefined {
  const given = [fweights, aweights]
    .filter((each) => each !== undefined)
    .map((each) => (each.dtype === like.dtype ? each : toCopy(each, like.dtype)));
  return given.length === 2 ? mul(given[0] as Tensor, given[1] as Tensor) : given[0];
}

function freedom(
  total: Tensor | undefined,
  weights: Tensor | undefined,
  aweights: Tensor | undefined,
  count: number,
  correction: number,
): Tensor | number {
  if (total === undefined || weights === undefined) return Math.max(0, count - correction);
  const lost =
    aweights === undefined || correction === 0 ? correction : mul(div(sum(mul(weights, aweights)), total), correction);
  return clampMin(sub(total, lost), 0);
}

function checkWeights(x: Tensor, weights: Tensor | undefined, count: number, name: string, floats: boolean): void {
  if (weights === undefined) return;
  if (weights.ndim > 1 || weights.size !== count) {
    throw new RangeError(
      `cov: ${name} must hold one weight for each of ${count} observations ${operandsText({ x, [name]: weights })}`,
    );
  }
  if (isFloat(weights.dtype) !== floats || weights.dtype === "bool") {
    throw new TypeError(`cov: ${name} must be ${floats ? "floating-point" : "integers"}, got ${weights.dtype}`);
  }
  const negative = weights
    .detach()
    .toArray()
    .find((weight) => weight < 0);
  if (negative !== undefined) throw new RangeError(`cov: ${name} must not be negative, got ${negative}`);
}
