import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { div, sub } from "../ops/elementwise/arithmetic.ts";
import { clampMin } from "../ops/elementwise/extremes.ts";
import { exp } from "../ops/elementwise/power.ts";
import { indexSelect } from "../ops/index/index-select.ts";
import { expand } from "../ops/view/expand.ts";
import { view } from "../ops/view/reshape.ts";
import type { Tensor } from "../tensor.ts";
import { filledBeside } from "./beside.ts";
import { indexAdd } from "./index-write.ts";
import { scatterReduce } from "./scatter.ts";

export interface SegmentOptions {
  /** How many segments there are; those that get nothing are 0. */
  numSegments: number;
}

/**
 * The sum of each segment's rows: `y[s] = Σ x[i]` over `segments[i] = s`. Shapes `[n, ...]` and int32 `[n]` to
 * `[numSegments, ...]`.
 *
 * @example
 * segmentSum(tensor([1, 2, 4]), tensor([0, 1, 0], { dtype: "int32" }), { numSegments: 2 }).tolist(); // => [5, 2]
 */
export function segmentSum(x: Tensor, segments: Tensor, { numSegments }: SegmentOptions): Tensor {
  check("segmentSum", x, segments, numSegments);
  return indexAdd(filledBeside(x, [numSegments, ...x.shape.slice(1)], 0, x.dtype), 0, segments, x);
}

/**
 * The mean of each segment's rows, 0 for an empty one. Shapes as for `segmentSum`; floats only.
 *
 * @example
 * segmentMean(tensor([1, 2, 4]), tensor([0, 1, 0], { dtype: "int32" }), { numSegments: 2 }).tolist(); // => [2.5, 2]
 */
export function segmentMean(x: Tensor, segments: Tensor, { numSegments }: SegmentOptions): Tensor {
  check("segmentMean", x, segments, numSegments);
  checkFloat("segmentMean", x);
  const counts = segmentSum(filledBeside(x, [segments.size], 1, x.dtype), segments, { numSegments });
  const column = view(clampMin(counts, 1), [numSegments, ...x.shape.slice(1).map(() => 1)]);
  return div(segmentSum(x, segments, { numSegments }), column);
}

/**
 * The largest of each segment's rows, element by element; 0 for an empty one. Shapes as for `segmentSum`.
 *
 * @example
 * segmentMax(tensor([1, 2, 4]), tensor([0, 1, 0], { dtype: "int32" }), { numSegments: 2 }).tolist(); // => [4, 2]
 */
export const segmentMax = (x: Tensor, segments: Tensor, options: SegmentOptions): Tensor =>
  extreme("segmentMax", "amax", x, segments, options);

/**
 * The smallest of each segment's rows, element by element; 0 for an empty one. Shapes as for `segmentSum`.
 *
 * @example
 * segmentMin(tensor([1, 2, 4]), tensor([0, 1, 0], { dtype: "int32" }), { numSegments: 2 }).tolist(); // => [1, 2]
 */
export const segmentMin = (x: Tensor, segments: Tensor, options: SegmentOptions): Tensor =>
  extreme("segmentMin", "amin", x, segments, options);

/**
 * Softmax among the rows of each segment: `e^x[i] / Σ e^x[j]` over `segments[j] = segments[i]`. Shape `[n, ...]` to
 * `[n, ...]`; floats only.
 *
 * @example
 * segmentSoftmax(tensor([0, 5, 0]), tensor([0, 1, 0], { dtype: "int32" }), { numSegments: 2 }).tolist(); // => [0.5, 1, 0.5]
 */
export function segmentSoftmax(x: Tensor, segments: Tensor, { numSegments }: SegmentOptions): Tensor {
  check("segmentSoftmax", x, segments, numSegments);
  checkFloat("segmentSoftmax", x);
  const largest = segmentMax(x.detach(), segments, { numSegments });
  const powers = exp(sub(x, indexSelect(largest, 0, segments)));
  return div(powers, indexSelect(segmentSum(powers, segments, { numSegments }), 0, segments));
}

function extreme(
  who: string,
  reduce: "amax" | "amin",
  x: Tensor,
  segments: Tensor,
  { numSegments }: SegmentOptions,
): Tensor {
  check(who, x, segments, numSegments);
  const index = expand(view(segments.contiguous(), [segments.size, ...x.shape.slice(1).map(() => 1)]), x.shape);
  const zeros = filledBeside(x, [numSegments, ...x.shape.slice(1)], 0, x.dtype);
  return scatterReduce(zeros, 0, index, x, { reduce, includeSelf: false });
}

function check(who: string, x: Tensor, segments: Tensor, numSegments: number): void {
  if (!Number.isInteger(numSegments) || numSegments < 0)
    throw new RangeError(`${who}: numSegments must be a whole number from 0 on: got ${numSegments}`);
  if (segments.dtype !== "int32")
    throw new TypeError(`${who}: segments must be int32, got ${segments.dtype}: convert with .to("int32")`);
  if (x.ndim === 0 || segments.ndim !== 1 || segments.size !== x.shape[0]) {
    throw new RangeError(`${who}: segments needs one number for each row of x ${operandsText({ x, segments })}`);
  }
}

function checkFloat(who: string, x: Tensor): void {
  if (!isFloat(x.dtype)) throw new TypeError(`${who}: takes floating-point tensors, got ${x.dtype}`);
}
