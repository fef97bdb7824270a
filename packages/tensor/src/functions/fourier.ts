import { checkPairs, fourier } from "../ops/fourier/fourier.ts";
import type { Tensor } from "../tensor.ts";
import {
  type Axis,
  axesOf,
  axisOf,
  type FourierDimsOptions,
  type FourierNorm,
  type FourierOptions,
  fitted,
  scaleOf,
} from "./fourier-dims.ts";

/**
 * The discrete Fourier transform `X_k = Σ x_t e^(-2πi k t / n)` along one dimension. Complex numbers are pairs (real,
 * imaginary) in the last dimension; `complex(x)` makes them of real ones. Shape `[..., n, 2]` to the same. Any length takes
 * O(n log n).
 *
 * @example
 * fft(complex(tensor([1, 0, 0]))).tolist(); // => [[1, 0], [1, 0], [1, 0]]
 */
export const fft = (x: Tensor, options: FourierOptions = {}): Tensor => alongOne("fft", x, options, false);

/**
 * The inverse of `fft`: `x_t = 1/n Σ X_k e^(2πi k t / n)`. Shape `[..., n, 2]` to the same.
 *
 * @example
 * ifft(tensor([[2, 0], [0, 0]])).tolist(); // => [[1, 0], [1, 0]]
 */
export const ifft = (x: Tensor, options: FourierOptions = {}): Tensor => alongOne("ifft", x, options, true);

/**
 * `fft` along two dimensions, the last two by default. Shape `[..., m, n, 2]` to the same.
 *
 * @example
 * fft2(complex(tensor([[1, 0], [0, 0]]))).shape; // => [2, 2, 2]
 */
export const fft2 = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  alongMany("fft2", x, options, false, [-2, -1]);

/**
 * The inverse of `fft2`. Shape `[..., m, n, 2]` to the same.
 *
 * @example
 * ifft2(complex(tensor([[4, 0], [0, 0]]))).tolist(); // => [[[1, 0], [1, 0]], [[1, 0], [1, 0]]]
 */
export const ifft2 = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  alongMany("ifft2", x, options, true, [-2, -1]);

/**
 * `fft` along several dimensions, all by default. Shape `[..., 2]` to the same.
 *
 * @example
 * fftn(complex(tensor([1, 0]))).tolist(); // => [[1, 0], [1, 0]]
 */
export const fftn = (x: Tensor, options: FourierDimsOptions = {}): Tensor => alongMany("fftn", x, options, false);

/**
 * The inverse of `fftn`. Shape `[..., 2]` to the same.
 *
 * @example
 * ifftn(complex(tensor([2, 0]))).tolist(); // => [[1, 0], [1, 0]]
 */
export const ifftn = (x: Tensor, options: FourierDimsOptions = {}): Tensor => alongMany("ifftn", x, options, true);

function alongOne(who: string, x: Tensor, options: FourierOptions, inverse: boolean): Tensor {
  checkPairs(who, x);
  return transformed(who, x, axisOf(who, x.shape.slice(0, -1), options), inverse, options.norm);
}

function alongMany(
  who: string,
  x: Tensor,
  options: FourierDimsOptions,
  inverse: boolean,
  standard?: readonly number[],
): Tensor {
  checkPairs(who, x);
  const axes = axesOf(who, x.shape.slice(0, -1), options, standard);
  return axes.reduce((each, axis) => transformed(who, each, axis, inverse, options.norm), x);
}

/** Pairs transformed along one dimension. */
export function transformed(
  who: string,
  x: Tensor,
  axis: Axis,
  inverse: boolean,
  norm: FourierNorm | undefined,
): Tensor {
  const values = fitted(who, x, axis);
  const length = values.shape[axis.dim] as number;
  return fourier(values, { dim: axis.dim, inverse, scale: scaleOf(who, length, norm, inverse) });
}
