import { newArray } from "../dtype.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type CreationOptions, fromTypedArray } from "./creation.ts";
import { checkLength } from "./fourier-dims.ts";
import { roll } from "./rearrange.ts";

export interface ShiftOptions {
  /** Default all dimensions; name them for pairs, whose last dimension must stay. */
  dim?: number | readonly number[] | undefined;
}

/**
 * The frequency 0 brought from the start to the middle, along `dim`. Shape `[...]` to the same.
 *
 * @example
 * fftshift(tensor([0, 1, 2, -2, -1])).tolist(); // => [-2, -1, 0, 1, 2]
 */
export const fftshift = (x: Tensor, options: ShiftOptions = {}): Tensor =>
  shifted("fftshift", x, options, (n) => Math.floor(n / 2));

/**
 * The inverse of `fftshift`. Shape `[...]` to the same.
 *
 * @example
 * ifftshift(tensor([-2, -1, 0, 1, 2])).tolist(); // => [0, 1, 2, -2, -1]
 */
export const ifftshift = (x: Tensor, options: ShiftOptions = {}): Tensor =>
  shifted("ifftshift", x, options, (n) => -Math.floor(n / 2));

function shifted(who: string, x: Tensor, { dim }: ShiftOptions, by: (length: number) => number): Tensor {
  const dims = normalizeDims(who, dim, x.ndim);
  if (dims.length === 0) return x;
  return roll(
    x,
    dims.map((at) => by(x.shape[at] as number)),
    { dims },
  );
}

export interface FrequencyOptions extends CreationOptions {
  /** Time between two samples. Default 1. */
  d?: number | undefined;
}

/**
 * The frequency that each element of an `fft` of length `n` stands for, in cycles per unit of `d`. Shape `[n]`.
 *
 * @example
 * fftfreq(4).tolist(); // => [0, 0.25, -0.5, -0.25]
 */
export const fftfreq = (n: number, options: FrequencyOptions = {}): Tensor =>
  frequencies("fftfreq", n, n, options, (k) => (k < n / 2 ? k : k - n));

/**
 * The frequency that each element of an `rfft` of length `n` stands for. Shape `[n/2 + 1]`.
 *
 * @example
 * rfftfreq(4).tolist(); // => [0, 0.25, 0.5]
 */
export const rfftfreq = (n: number, options: FrequencyOptions = {}): Tensor =>
  frequencies("rfftfreq", n, Math.floor(n / 2) + 1, options, (k) => k);

function frequencies(
  who: string,
  n: number,
  count: number,
  { d = 1, dtype = "float32", device }: FrequencyOptions,
  cycles: (k: number) => number,
): Tensor {
  checkLength(who, n);
  const values = newArray(dtype, count);
  for (let k = 0; k < count; k++) values[k] = cycles(k) / (n * d);
  return fromTypedArray(values, [count], dtype, device);
}
