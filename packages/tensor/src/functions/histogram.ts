import { isFloat, newArray } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { checkInt32 } from "../ops/reduce/define.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";
import { elementsOnHost } from "./host.ts";

export interface BincountOptions {
  /** What each element counts; default 1. Shape of `x`. */
  weights?: Tensor | undefined;
  /** The least number of bins. Default 0. */
  minlength?: number | undefined;
}

/**
 * How often each number from 0 to the largest occurs. Shape `[n]` to `[max(x) + 1]`; int32; with weights
 * float32 where they are, else float64.
 *
 * - x: integers from 0 on
 *
 * @example
 * bincount(tensor([0, 2, 2], { dtype: "int32" })).tolist(); // => [1, 0, 2]
 */
export function bincount(x: Tensor, { weights, minlength = 0 }: BincountOptions = {}): Tensor {
  if (isFloat(x.dtype) || x.dtype === "bool") throw new TypeError(`bincount: x must be integers, got ${x.dtype}`);
  if (x.ndim !== 1) throw new RangeError(`bincount: x must have 1 dimension, got ${x.ndim} (x ${shapeText(x.shape)})`);
  if (!Number.isInteger(minlength) || minlength < 0)
    throw new RangeError(`bincount: minlength must be a whole number from 0 on, got ${minlength}`);
  if (weights !== undefined && (weights.ndim !== 1 || weights.size !== x.size)) {
    throw new RangeError(
      `bincount: x and weights differ in size: ${x.size} and ${weights.size} ${operandsText({ x, weights })}`,
    );
  }
  const places = elementsOnHost("bincount", x);
  const negative = places.find((place) => place < 0);
  if (negative !== undefined) throw new RangeError(`bincount: x must not be negative, got ${negative}`);
  const amounts = weights?.detach().toArray();
  let length = minlength;
  for (const place of places) length = Math.max(length, place + 1);
  const totals = new Float64Array(length);
  places.forEach((place, i) => {
    totals[place] = (totals[place] as number) + (amounts?.[i] ?? 1);
  });
  const dtype = weights === undefined ? "int32" : weights.dtype === "float32" ? "float32" : "float64";
  const result = newArray(dtype, length);
  result.set(dtype === "int32" ? totals.map((total) => checkInt32("bincount", total)) : totals);
  return fromTypedArray(result, [length], dtype, x.device);
}

export interface HistcOptions {
  /** Default 100. */
  bins?: number;
  /** Lower end of the first bin. */
  min?: number;
  /** Upper end of the last bin. Where it equals `min`, the smallest and largest element are taken. */
  max?: number;
}

/**
 * How many elements fall into each of `bins` equal intervals from `min` to `max`, both included; others are left out.
 * Shape `[...]` to `[bins]`, dtype of `x`; floats only.
 *
 * @example
 * histc(tensor([0, 1, 1, 4]), { bins: 2, min: 0, max: 4 }).tolist(); // => [3, 1]
 */
export function histc(x: Tensor, { bins = 100, min = 0, max = 0 }: HistcOptions = {}): Tensor {
  if (!isFloat(x.dtype))
    throw new TypeError(`histc: needs a floating-point tensor, got ${x.dtype}: convert with .to("float32")`);
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`histc: bins must be a whole number from 1 on, got ${bins}`);
  if (min > max) throw new RangeError(`histc: min must not be above max: ${min} and ${max}`);
  const values = elementsOnHost("histc", x.detach());
  const [low, high] = rangeOf("histc", values, min, max, 1);
  const counts = newArray(x.dtype, bins);
  for (const value of values) {
    if (!(value >= low && value <= high)) continue;
    const bin = Math.min(Math.floor(((value - low) * bins) / (high - low)), bins - 1);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return fromTypedArray(counts, [bins], x.dtype, x.device);
}

export interface HistogramOptions {
  /** Ends of the first and last of equal bins; default those of the elements. */
  range?: readonly [number, number] | undefined;
  /** What each element counts. Shape of `x`. */
  weight?: Tensor | undefined;
  /** Divide so that the integral is 1. */
  density?: boolean | undefined;
}

/**
 * How many elements fall between neighbouring edges: `bins` equal ones, or those given ascending as a tensor `[bins + 1]`.
 * Each bin includes its left edge, the last one both. Shape `[...]` to `[bins]` and `[bins + 1]`; floats only.
 *
 * @example
 * histogram(tensor([1, 2, 1]), 4, { range: [0, 3] }).hist.tolist(); // => [0, 2, 1, 0]
 */
export function histogram(
  x: Tensor,
  bins: number | Tensor,
  { range = [0, 0], weight, density = false }: HistogramOptions = {},
): { hist: Tensor; binEdges: Tensor } {
  if (!isFloat(x.dtype))
    throw new TypeError(`histogram: needs a floating-point tensor, got ${x.dtype}: convert with .to("float32")`);
  if (typeof bins === "number" && (!Number.isInteger(bins) || bins < 1))
    throw new RangeError(`histogram: bins must be a whole number from 1 on, got ${bins}`);
  if (weight !== undefined && weight.size !== x.size)
    throw new RangeError(`histogram: x and weight differ in size ${operandsText({ x, weight })}`);
  if (range[0] > range[1]) throw new RangeError(`histogram: the range must ascend: got ${range[0]} and ${range[1]}`);
  const values = elementsOnHost("histogram", x.detach());
  const edges = typeof bins === "number" ? evenEdges(values, bins, range) : bins.detach().toArray();
  const amounts = weight?.detach().toArray();
  const totals = new Float64Array(edges.length - 1);
  values.forEach((value, i) => {
    if (!(value >= (edges[0] as number) && value <= (edges.at(-1) as number))) return;
    const bin = Math.min(lastAtMost(edges, value), totals.length - 1);
    totals[bin] = (totals[bin] as number) + (amounts?.[i] ?? 1);
  });
  const all = totals.reduce((sum, total) => sum + total, 0);
  const hist = newArray(x.dtype, totals.length);
  totals.forEach((total, i) => {
    hist[i] = density ? total / all / ((edges[i + 1] as number) - (edges[i] as number)) : total;
  });
  const stored = newArray(x.dtype, edges.length);
  stored.set(edges);
  return {
    hist: fromTypedArray(hist, [hist.length], x.dtype, x.device),
    binEdges: fromTypedArray(stored, [stored.length], x.dtype, x.device),
  };
}

function evenEdges(values: ArrayLike<number>, bins: number, [first, last]: readonly [number, number]): Float64Array {
  const [low, high] = rangeOf("histogram", values, first, last, 0.5);
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? high : low + ((high - low) * i) / bins));
}

/** The given range, or the one of the elements, widened by `margin` where it is empty. */
function rangeOf(who: string, values: ArrayLike<number>, min: number, max: number, margin: number): [number, number] {
  let [low, high] = [min, max];
  if (low === high && values.length > 0) {
    [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < values.length; i++) {
      low = Math.min(low, values[i] as number);
      high = Math.max(high, values[i] as number);
    }
  }
  if (!Number.isFinite(low) || !Number.isFinite(high))
    throw new RangeError(`${who}: the range must be finite: got ${low} and ${high}`);
  return low === high ? [low - margin, high + margin] : [low, high];
}

function lastAtMost(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) <= value) low = middle;
    else high = middle;
  }
  return low;
}
