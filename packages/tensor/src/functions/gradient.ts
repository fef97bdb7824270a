import { isFloat, newArray } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { add, mul } from "../ops/elementwise/arithmetic.ts";
import { cat } from "../ops/shape/cat.ts";
import { narrow } from "../ops/view/slice.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";

export interface GradientOptions {
  /**
   * How far apart neighbours are: one number for all dimensions, a number for each, or for each the places of its
   * elements (no gradient flows to them). Default 1.
   */
  spacing?: number | readonly number[] | readonly Tensor[] | undefined;
  /** One dimension or several, one result each; default all. */
  dim?: number | readonly number[] | undefined;
  /** Order of the one-sided differences at both ends. Default 1. */
  edgeOrder?: 1 | 2 | undefined;
}

/**
 * The derivative of sampled values along each dimension: central differences of second order inside, one-sided ones at
 * the ends. Shape `[...]` to `[...]` for each dimension; integers become float32.
 *
 * @example
 * gradient(tensor([1, 4, 9, 16])).map((slope) => slope.tolist()); // => [[3, 4, 6, 7]]
 */
export function gradient(x: Tensor, { spacing = 1, dim, edgeOrder = 1 }: GradientOptions = {}): Tensor[] {
  if (edgeOrder !== 1 && edgeOrder !== 2) throw new RangeError(`gradient: edgeOrder must be 1 or 2, got ${edgeOrder}`);
  const sorted = normalizeDims("gradient", dim, x.ndim);
  const dims =
    typeof dim === "object" && dim.length > 0 ? dim.map((each) => (each < 0 ? each + x.ndim : each)) : sorted;
  const spacings = typeof spacing === "number" ? dims.map(() => spacing) : spacing;
  if (spacings.length !== dims.length) {
    throw new RangeError(`gradient: needs one spacing for each dimension: got ${spacings.length} for ${dims.length}`);
  }
  const values = isFloat(x.dtype) ? x : toCopy(x, "float32");
  return dims.map((axis, i) => slopes(values, axis, spacings[i] ?? 1, edgeOrder));
}

function slopes(x: Tensor, dim: number, spacing: number | Tensor, edgeOrder: 1 | 2): Tensor {
  const length = x.shape[dim] as number;
  if (length < edgeOrder + 1) {
    throw new RangeError(
      `gradient: dim ${dim} of size ${length} needs at least edgeOrder + 1 = ${edgeOrder + 1} elements (x ${shapeText(x.shape)})`,
    );
  }
  const steps = stepsOf(spacing, dim, length);
  const last = length - 2;
  const ends =
    edgeOrder === 1
      ? [endWeights(steps[0] as number), endWeights(steps[last] as number)]
      : [
          firstWeights(steps[0] as number, steps[1] as number),
          lastWeights(steps[last - 1] as number, steps[last] as number),
        ];
  const [first, final] = ends as [number[], number[]];
  const combine = (weights: readonly number[], from: number): Tensor =>
    weights.map((weight, i) => mul(narrow(x, dim, from + i, 1), weight)).reduce((sum, term) => add(sum, term));
  const inside = length > 2 ? [interior(x, dim, steps)] : [];
  return cat([combine(first, 0), ...inside, combine(final, length - final.length)], { dim });
}

function interior(x: Tensor, dim: number, steps: Float64Array): Tensor {
  const count = steps.length - 1;
  const shape = [count, ...new Array<number>(x.ndim - 1 - dim).fill(1)];
  const weights = Array.from({ length: count }, (_, i) => insideWeights(steps[i] as number, steps[i + 1] as number));
  const terms = [0, 1, 2].map((which) => {
    const column = newArray(x.dtype, count);
    weights.forEach((each, i) => {
      column[i] = each[which] as number;
    });
    return mul(narrow(x, dim, which, count), fromTypedArray(column, shape, x.dtype, x.device));
  });
  return terms.reduce((sum, term) => add(sum, term));
}

/** Distances between neighbours. */
function stepsOf(spacing: number | Tensor, dim: number, length: number): Float64Array {
  if (typeof spacing === "number") return new Float64Array(length - 1).fill(spacing);
  if (spacing.ndim !== 1 || spacing.size !== length) {
    throw new RangeError(
      `gradient: needs the places of all ${length} elements along dim ${dim}: got ${shapeText(spacing.shape)}`,
    );
  }
  const places = spacing.detach().toArray();
  return Float64Array.from({ length: length - 1 }, (_, i) => (places[i + 1] as number) - (places[i] as number));
}

const endWeights = (step: number): number[] => [-1 / step, 1 / step];

/** Weights of three neighbours, `a` and `b` apart, for the slope at the middle one, the first one, the last one. */
const insideWeights = (a: number, b: number): number[] => [-b / (a * (a + b)), (b - a) / (a * b), a / (b * (a + b))];
const firstWeights = (a: number, b: number): number[] => [
  -(2 * a + b) / (a * (a + b)),
  (a + b) / (a * b),
  -a / (b * (a + b)),
];
const lastWeights = (a: number, b: number): number[] => [
  b / (a * (a + b)),
  -(a + b) / (a * b),
  (2 * b + a) / (b * (a + b)),
];
