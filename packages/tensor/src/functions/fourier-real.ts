import { shapeText } from "../errors.ts";
import { checkPairs, fourier } from "../ops/fourier/fourier.ts";
import { cat } from "../ops/shape/cat.ts";
import { flip } from "../ops/shape/flip.ts";
import { narrow } from "../ops/view/slice.ts";
import type { Tensor } from "../tensor.ts";
import { complex, conj, real } from "./complex.ts";
import { transformed } from "./fourier.ts";
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
 * `fft` of real numbers, without the second half of the result, which mirrors the first. Shape `[..., n]` to
 * `[..., n/2 + 1, 2]`.
 *
 * @example
 * rfft(tensor([1, 0, 0, 0])).shape; // => [3, 2]
 */
export const rfft = (x: Tensor, options: FourierOptions = {}): Tensor =>
  halved("rfft", x, axisOf("rfft", x.shape, options), options.norm, false);

/**
 * The inverse of `rfft`: real numbers from the first half of their transform. `n` says how many (default `2 (m - 1)`), as
 * both 2m - 2 and 2m - 1 give m. Shape `[..., m, 2]` to `[..., n]`.
 *
 * @example
 * irfft(tensor([[1, 0], [1, 0]])).tolist(); // => [1, 0]
 */
export function irfft(x: Tensor, options: FourierOptions = {}): Tensor {
  checkPairs("irfft", x);
  return unfolded("irfft", x, axisOf("irfft", x.shape.slice(0, -1), options), options.norm, true);
}

/**
 * The transform of a signal that mirrors itself, given by its first half: a real spectrum. Shape `[..., m, 2]` to `[..., n]`;
 * `n` defaults to `2 (m - 1)`.
 *
 * @example
 * hfft(tensor([[1, 0], [1, 0]])).tolist(); // => [2, 0]
 */
export function hfft(x: Tensor, options: FourierOptions = {}): Tensor {
  checkPairs("hfft", x);
  return unfolded("hfft", conj(x), axisOf("hfft", x.shape.slice(0, -1), options), options.norm, false);
}

/**
 * The inverse of `hfft`. Shape `[..., n]` to `[..., n/2 + 1, 2]`.
 *
 * @example
 * ihfft(tensor([2, 0])).tolist(); // => [[1, 0], [1, 0]]
 */
export const ihfft = (x: Tensor, options: FourierOptions = {}): Tensor =>
  conj(halved("ihfft", x, axisOf("ihfft", x.shape, options), options.norm, true));

/**
 * `rfft` along several dimensions (all by default): the last of them is halved. Shape `[..., n]` to `[..., n/2 + 1, 2]`.
 *
 * @example
 * rfftn(tensor([[1, 0], [0, 0]])).shape; // => [2, 2, 2]
 */
export const rfftn = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyHalved("rfftn", x, options, undefined, false);

/**
 * `rfftn` of the last two dimensions. Shape `[..., m, n]` to `[..., m, n/2 + 1, 2]`.
 *
 * @example
 * rfft2(tensor([[1, 0, 0], [0, 0, 0]])).shape; // => [2, 2, 2]
 */
export const rfft2 = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyHalved("rfft2", x, options, [-2, -1], false);

/**
 * The inverse of `rfftn`. Shape `[..., m, 2]` to `[..., n]`; n defaults to `2 (m - 1)`.
 *
 * @example
 * irfftn(tensor([[1, 0], [1, 0]])).tolist(); // => [1, 0]
 */
export const irfftn = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyUnfolded("irfftn", x, options, undefined, true);

/**
 * The inverse of `rfft2`. Shape `[..., m, k, 2]` to `[..., m, n]`; n defaults to `2 (k - 1)`.
 *
 * @example
 * irfft2(rfft2(tensor([[1, 2], [3, 4]]))).tolist(); // => [[1, 2], [3, 4]]
 */
export const irfft2 = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyUnfolded("irfft2", x, options, [-2, -1], true);

/**
 * `hfft` along the last of several dimensions (all by default), `fft` along the others. Shape `[..., m, 2]` to `[..., n]`.
 *
 * @example
 * hfftn(tensor([[1, 0], [1, 0]])).tolist(); // => [2, 0]
 */
export const hfftn = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyUnfolded("hfftn", x, options, undefined, false);

/**
 * `hfftn` of the last two dimensions. Shape `[..., m, k, 2]` to `[..., m, n]`.
 *
 * @example
 * hfft2(complex(tensor([[1, 1]]))).tolist(); // => [[2, 0]]
 */
export const hfft2 = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyUnfolded("hfft2", x, options, [-2, -1], false);

/**
 * The inverse of `hfftn`. Shape `[..., n]` to `[..., n/2 + 1, 2]`.
 *
 * @example
 * ihfftn(tensor([2, 0])).tolist(); // => [[1, 0], [1, 0]]
 */
export const ihfftn = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyHalved("ihfftn", x, options, undefined, true);

/**
 * The inverse of `hfft2`. Shape `[..., m, n]` to `[..., m, n/2 + 1, 2]`.
 *
 * @example
 * ihfft2(tensor([[2, 0]])).tolist(); // => [[[1, 0], [1, 0]]]
 */
export const ihfft2 = (x: Tensor, options: FourierDimsOptions = {}): Tensor =>
  manyHalved("ihfft2", x, options, [-2, -1], true);

/** The first half of the transform of real numbers, scaled as a forward or an inverse one. */
function halved(who: string, x: Tensor, axis: Axis, norm: FourierNorm | undefined, inverse: boolean): Tensor {
  const values = fitted(who, x, axis);
  const length = values.shape[axis.dim] as number;
  const scale = scaleOf(who, length, norm, inverse);
  return narrow(
    fourier(complex(values), { dim: axis.dim, inverse: false, scale }),
    axis.dim,
    0,
    Math.floor(length / 2) + 1,
  );
}

/** The real inverse transform of what has only its first half. */
function unfolded(
  who: string,
  x: Tensor,
  { dim, length: wanted }: Axis,
  norm: FourierNorm | undefined,
  inverse: boolean,
): Tensor {
  const length = wanted ?? 2 * ((x.shape[dim] as number) - 1);
  if (length < 1)
    throw new RangeError(
      `${who}: dim ${dim} of size ${x.shape[dim]} needs n, the length of the result (x ${shapeText(x.shape)})`,
    );
  const half = fitted(who, x, { dim, length: Math.floor(length / 2) + 1 });
  const mirrored = conj(flip(narrow(half, dim, 1, length - (half.shape[dim] as number)), [dim]));
  const scale = scaleOf(who, length, norm, inverse);
  return real(fourier(cat([half, mirrored], { dim }), { dim, inverse: true, scale }));
}

function manyHalved(
  who: string,
  x: Tensor,
  options: FourierDimsOptions,
  standard: readonly number[] | undefined,
  inverse: boolean,
): Tensor {
  const axes = axesOf(who, x.shape, options, standard);
  const first = halved(who, x, axes.at(-1) as Axis, options.norm, inverse);
  const start = inverse ? conj(first) : first;
  return axes.slice(0, -1).reduce((each, axis) => transformed(who, each, axis, inverse, options.norm), start);
}

function manyUnfolded(
  who: string,
  x: Tensor,
  options: FourierDimsOptions,
  standard: readonly number[] | undefined,
  inverse: boolean,
): Tensor {
  checkPairs(who, x);
  const axes = axesOf(who, x.shape.slice(0, -1), options, standard);
  const others = axes.slice(0, -1).reduce((each, axis) => transformed(who, each, axis, inverse, options.norm), x);
  return unfolded(who, inverse ? others : conj(others), axes.at(-1) as Axis, options.norm, inverse);
}
