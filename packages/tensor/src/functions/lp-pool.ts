import { mul } from "../ops/elementwise/arithmetic.ts";
import { pow } from "../ops/elementwise/power.ts";
import { relu } from "../ops/elementwise/rectifiers.ts";
import { abs, sign } from "../ops/elementwise/rounding.ts";
import type { Tensor } from "../tensor.ts";
import { type AvgPoolOptions, avgPool1d, avgPool2d, avgPool3d } from "./pool.ts";
import { type PerDim, perDim } from "./spatial.ts";

export interface LpPoolOptions {
  /** Sizes of the windows. */
  kernelSize: PerDim;
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Windows may hang over the end if they start inside. Default false. */
  ceilMode?: boolean;
}

/**
 * `(Σ x^p)^(1/p)` of each window. Shape `[n, c, length]` or `[c, length]` to `[…, windows]`.
 *
 * @example
 * lpPool1d(tensor([[3, 4]]), 2, { kernelSize: 2 }).tolist(); // => [[5]]
 */
export const lpPool1d = (x: Tensor, p: number, options: LpPoolOptions): Tensor =>
  lpPool("lpPool1d", 1, avgPool1d, x, p, options);

/**
 * `(Σ x^p)^(1/p)` of each window. Shape `[n, c, height, width]` or `[c, height, width]` to `[…, outHeight, outWidth]`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.lp_pool2d.html
 *
 * @example
 * lpPool2d(tensor([[[3, 0], [0, 4]]]), 2, { kernelSize: 2 }).tolist(); // => [[[5]]]
 */
export const lpPool2d = (x: Tensor, p: number, options: LpPoolOptions): Tensor =>
  lpPool("lpPool2d", 2, avgPool2d, x, p, options);

/**
 * `(Σ x^p)^(1/p)` of each window of three spatial dimensions, as `lpPool2d` of two.
 *
 * @example
 * lpPool3d(ones([1, 2, 2, 2]), 1, { kernelSize: 2 }).tolist(); // => [[[[8]]]]
 */
export const lpPool3d = (x: Tensor, p: number, options: LpPoolOptions): Tensor =>
  lpPool("lpPool3d", 3, avgPool3d, x, p, options);

type Average = (x: Tensor, options: AvgPoolOptions) => Tensor;

/** Windows that hang over the end count as full ones, as in PyTorch. */
function lpPool(who: string, rank: number, average: Average, x: Tensor, p: number, options: LpPoolOptions): Tensor {
  const size = perDim(who, "kernelSize", options.kernelSize, rank, 1).reduce((total, length) => total * length, 1);
  const means = average(pow(x, p), options);
  const signed = mul(sign(means), relu(abs(means)));
  return pow(mul(signed, size), 1 / p);
}
