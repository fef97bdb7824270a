import { isFloat, newArray } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";
import { type CreationOptions, fromTypedArray } from "./creation.ts";

export interface WindowOptions extends CreationOptions {
  /** Leave out the last element of a window that is longer by one, for use with a Fourier transform. Default true. */
  periodic?: boolean;
}

/**
 * `sin²(πi / n)`. Shape `[length]`; n is `length`, or `length - 1` with `periodic: false`.
 *
 * @example
 * hannWindow(4).tolist(); // => [0, 0.5, 1, 0.5]
 */
export const hannWindow = (length: number, options: WindowOptions = {}): Tensor =>
  window("hannWindow", length, options, (t) => 0.5 - 0.5 * Math.cos(2 * Math.PI * t));

export interface HammingOptions extends WindowOptions {
  /** Default 0.54. */
  alpha?: number;
  /** Default 0.46. */
  beta?: number;
}

/**
 * `alpha - beta cos(2πi / n)`. Shape `[length]`.
 *
 * @example
 * hammingWindow(2, { alpha: 0.5, beta: 0.5 }).tolist(); // => [0, 1]
 */
export const hammingWindow = (length: number, { alpha = 0.54, beta = 0.46, ...options }: HammingOptions = {}): Tensor =>
  window("hammingWindow", length, options, (t) => alpha - beta * Math.cos(2 * Math.PI * t));

/**
 * `0.42 - 0.5 cos(2πi / n) + 0.08 cos(4πi / n)`. Shape `[length]`.
 *
 * @example
 * blackmanWindow(4).shape; // => [4]
 */
export const blackmanWindow = (length: number, options: WindowOptions = {}): Tensor =>
  window(
    "blackmanWindow",
    length,
    options,
    (t) => 0.42 - 0.5 * Math.cos(2 * Math.PI * t) + 0.08 * Math.cos(4 * Math.PI * t),
  );

/**
 * A triangle from 0 up to 1 and back. Shape `[length]`.
 *
 * @example
 * bartlettWindow(4).tolist(); // => [0, 0.5, 1, 0.5]
 */
export const bartlettWindow = (length: number, options: WindowOptions = {}): Tensor =>
  window("bartlettWindow", length, options, (t) => 1 - Math.abs(2 * t - 1));

export interface KaiserOptions extends WindowOptions {
  /** How narrow the window is; default 12. */
  beta?: number;
}

/**
 * `I₀(beta √(1 - (2i/n - 1)²)) / I₀(beta)`, with the modified Bessel function. Shape `[length]`.
 *
 * @example
 * kaiserWindow(1).tolist(); // => [1]
 */
export const kaiserWindow = (length: number, { beta = 12, ...options }: KaiserOptions = {}): Tensor =>
  window(
    "kaiserWindow",
    length,
    options,
    (t) => besselI0(beta * Math.sqrt(Math.max(0, 1 - (2 * t - 1) ** 2))) / besselI0(beta),
  );

/** The power series: every term is positive, so no digits are lost. */
function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function window(
  who: string,
  length: number,
  { periodic = true, dtype = "float32", device }: WindowOptions,
  value: (t: number) => number,
): Tensor {
  if (!Number.isInteger(length) || length < 0)
    throw new RangeError(`${who}: length must be a whole number from 0 on: got ${length}`);
  if (!isFloat(dtype)) throw new TypeError(`${who}: dtype must be float32 or float64, got ${dtype}`);
  const values = newArray(dtype, length);
  const last = periodic ? length : length - 1;
  for (let i = 0; i < length; i++) values[i] = length === 1 ? 1 : value(i / last);
  return fromTypedArray(values, [length], dtype, device);
}
