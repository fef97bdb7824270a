import { isFloat, newArray } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import type { Tensor } from "../tensor.ts";
import { type CreationOptions, fromTypedArray } from "./creation.ts";
import { atleast1d, stack } from "./join.ts";
import { onesLike } from "./like.ts";

/**
 * `steps` numbers at even distances from `start` to `end`, both included. Shape `[steps]`.
 *
 * @example
 * linspace(0, 1, 5).tolist(); // => [0, 0.25, 0.5, 0.75, 1]
 */
export const linspace = (start: number, end: number, steps: number, options: CreationOptions = {}): Tensor =>
  evenly("linspace", start, end, steps, options, (value) => value);

export interface LogspaceOptions extends CreationOptions {
  /** Default 10. */
  base?: number;
}

/**
 * `base` to the power of `steps` numbers at even distances from `start` to `end`. Shape `[steps]`.
 *
 * @example
 * logspace(0, 2, 3).tolist(); // => [1, 10, 100]
 */
export const logspace = (
  start: number,
  end: number,
  steps: number,
  { base = 10, ...options }: LogspaceOptions = {},
): Tensor => evenly("logspace", start, end, steps, options, (value) => base ** value);

/** Counted from the nearer end, as PyTorch does, so that both ends are exact. */
function evenly(
  who: string,
  start: number,
  end: number,
  steps: number,
  { dtype = "float32", device }: CreationOptions,
  map: (value: number) => number,
): Tensor {
  if (!Number.isInteger(steps) || steps < 0)
    throw new RangeError(`${who}: steps must be a whole number from 0 on: got ${steps}`);
  if (!Number.isFinite(start) || !Number.isFinite(end))
    throw new RangeError(`${who}: start and end must be finite: got ${start} and ${end}`);
  const values = newArray(dtype, steps);
  const step =
    steps > 1 ? (isFloat(dtype) ? (end - start) / (steps - 1) : Math.fround((end - start) / (steps - 1))) : 0;
  for (let i = 0; i < steps; i++) values[i] = map(i < steps / 2 ? start + i * step : end - (steps - 1 - i) * step);
  return fromTypedArray(values, [steps], dtype, device);
}

/**
 * Ones on the diagonal, zeros elsewhere. Shape `[rows, columns]`, square where `columns` is left out.
 *
 * @example
 * eye(2).tolist(); // => [[1, 0], [0, 1]]
 */
export function eye(rows: number, columns: number = rows, { dtype = "float32", device }: CreationOptions = {}): Tensor {
  checkSizes("eye", rows, columns);
  const values = newArray(dtype, rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) values[i * (columns + 1)] = 1;
  return fromTypedArray(values, [rows, columns], dtype, device);
}

export interface TriangleIndicesOptions extends CreationOptions {
  /** Which diagonal the triangle ends at: 0 the main one, 1 the one above it. */
  offset?: number;
}

/**
 * Rows and columns of the elements on and below the diagonal, in row-major order. Shape `[2, count]`, int32.
 *
 * @example
 * trilIndices(2, 2).tolist(); // => [[0, 1, 1], [0, 0, 1]]
 */
export const trilIndices = (rows: number, columns: number, options: TriangleIndicesOptions = {}): Tensor =>
  triangleIndices("trilIndices", rows, columns, options, (above) => above <= 0);

/**
 * Rows and columns of the elements on and above the diagonal, in row-major order. Shape `[2, count]`, int32.
 *
 * @example
 * triuIndices(2, 2).tolist(); // => [[0, 0, 1], [0, 1, 1]]
 */
export const triuIndices = (rows: number, columns: number, options: TriangleIndicesOptions = {}): Tensor =>
  triangleIndices("triuIndices", rows, columns, options, (above) => above >= 0);

function triangleIndices(
  who: string,
  rows: number,
  columns: number,
  { offset = 0, dtype = "int32", device }: TriangleIndicesOptions,
  keeps: (above: number) => boolean,
): Tensor {
  checkSizes(who, rows, columns);
  const found: [number, number][] = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) if (keeps(j - i - offset)) found.push([i, j]);
  const values = newArray(dtype, 2 * found.length);
  found.forEach(([i, j], at) => {
    values[at] = i;
    values[found.length + at] = j;
  });
  return fromTypedArray(values, [2, found.length], dtype, device);
}

function checkSizes(who: string, rows: number, columns: number): void {
  const fits = (size: number): boolean => Number.isInteger(size) && size >= 0;
  if (!fits(rows) || !fits(columns))
    throw new RangeError(`${who}: sizes must be whole numbers from 0 on: got ${rows} and ${columns}`);
}

export interface VanderOptions {
  /** How many powers; default as many as `x` has elements. */
  n?: number | undefined;
  /** From the power 0 up instead of down to it. */
  increasing?: boolean;
}

/**
 * The powers of each element, the highest first: the Vandermonde matrix. Shape `[..., m]` to `[..., m, n]`.
 *
 * @example
 * vander(tensor([2, 3]), { n: 3 }).tolist(); // => [[4, 2, 1], [9, 3, 1]]
 */
export function vander(x: Tensor, { n = x.shape.at(-1) ?? 1, increasing = false }: VanderOptions = {}): Tensor {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`vander: n must be a whole number from 0 on: got ${n} (x ${shapeText(x.shape)})`);
  const base = atleast1d(x);
  if (n === 0) return fromTypedArray(newArray(x.dtype, 0), [...base.shape, 0], x.dtype, x.device);
  const powers = [onesLike(base)];
  while (powers.length < n) powers.push(mul(powers.at(-1) as Tensor, base));
  return stack(increasing ? powers : powers.reverse(), { dim: -1 });
}
