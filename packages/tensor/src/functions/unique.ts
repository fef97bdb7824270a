import { newArray } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { orderOf } from "../ops/sort/order.ts";
import { permute } from "../ops/view/permute.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";
import { elementsOnHost } from "./host.ts";

export interface Unique {
  /** `[k]`, or the slices of `x` that differ. */
  values: Tensor;
  /** Which of the values each element (or slice) is: shape of `x`, or `[n]` for slices. int32. */
  inverse: Tensor;
  /** How often each occurs: `[k]`. int32. */
  counts: Tensor;
}

export interface UniqueOptions {
  /** Compare slices along this dimension instead of elements. */
  dim?: number | undefined;
}

/**
 * The values that occur in `x`, ascending, each once; with `dim` its slices in lexicographic order. Every NaN counts as
 * a value of its own.
 *
 * @example
 * unique(tensor([3, 1, 3])).values.tolist(); // => [1, 3]
 */
export const unique = (x: Tensor, options: UniqueOptions = {}): Unique => distinct("unique", x, options, true);

/**
 * `x` without elements (or slices) that equal the one before. Shape `[...]` to `[k]`.
 *
 * @example
 * uniqueConsecutive(tensor([1, 1, 2, 1])).values.tolist(); // => [1, 2, 1]
 */
export const uniqueConsecutive = (x: Tensor, options: UniqueOptions = {}): Unique =>
  distinct("uniqueConsecutive", x, options, false);

function distinct(who: string, x: Tensor, { dim }: UniqueOptions, sorted: boolean): Unique {
  const axis = dim === undefined ? undefined : normalizeDim(who, dim, x.ndim);
  const others = [...x.shape.keys()].filter((at) => at !== axis);
  const slices = axis === undefined || x.ndim === 0 ? x : permute(x, [axis, ...others]);
  const data = elementsOnHost(who, slices.detach());
  const count = axis === undefined || x.ndim === 0 ? x.size : (x.shape[axis] as number);
  if (x.size === 0 && count > 0)
    throw new RangeError(`${who}: slices along dim ${dim} have no elements to compare (x ${shapeText(x.shape)})`);
  const width = count === 0 ? 0 : data.length / count;
  const order = sorted ? orderOfSlices(data, count, width) : Int32Array.from({ length: count }, (_, i) => i);

  const inverse = new Int32Array(count);
  const firsts: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < count; i++) {
    const slice = order[i] as number;
    if (i === 0 || compare(data, order[i - 1] as number, slice, width) !== 0) {
      firsts.push(slice);
      counts.push(0);
    }
    inverse[slice] = firsts.length - 1;
    counts[counts.length - 1] = (counts.at(-1) as number) + 1;
  }

  const values = newArray(x.dtype, firsts.length * width);
  for (const [i, slice] of firsts.entries()) values.set(data.subarray(slice * width, (slice + 1) * width), i * width);
  const { device } = x;
  const found = fromTypedArray(
    values,
    axis === undefined || x.ndim === 0
      ? [firsts.length]
      : [firsts.length, ...others.map((at) => x.shape[at] as number)],
    x.dtype,
    device,
  );
  return {
    values:
      axis === undefined || x.ndim === 0
        ? found
        : permute(
            found,
            x.shape.map((_, at) => (at === axis ? 0 : others.indexOf(at) + 1)),
          ),
    inverse: fromTypedArray(inverse, axis === undefined ? x.shape : [count], "int32", device),
    counts: fromTypedArray(Int32Array.from(counts), [firsts.length], "int32", device),
  };
}

function orderOfSlices(data: ArrayLike<number>, count: number, width: number): Int32Array {
  if (width === 1) return orderOf(Float64Array.from(data), false);
  return Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => compare(data, a, b, width));
}

function compare(data: ArrayLike<number>, a: number, b: number, width: number): number {
  for (let i = 0; i < width; i++) {
    const [left, right] = [data[a * width + i] as number, data[b * width + i] as number];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
