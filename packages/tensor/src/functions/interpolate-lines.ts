import type { Line } from "../ops/vision/resample.ts";

/** How new elements come from old ones. */
export type InterpolateMode = "nearest" | "nearest-exact" | "linear" | "bilinear" | "bicubic" | "trilinear" | "area";

interface LineOptions {
  readonly mode: Exclude<InterpolateMode, "area">;
  /** By how much the dimension grows; undefined for the ratio of the sizes. */
  readonly scale: number | undefined;
  readonly alignCorners: boolean;
  readonly antialias: boolean;
  /** Whether PyTorch takes the places of nearest elements in double precision. */
  readonly double: boolean;
}

/** How `outputs` elements of one dimension come from `size`. */
export function lineOf(size: number, outputs: number, options: LineOptions): Line {
  const { mode, scale, alignCorners, antialias, double } = options;
  const ratio = scale === undefined ? size / outputs : 1 / scale;
  if (mode === "nearest" || mode === "nearest-exact") {
    return lineFrom(size, outputs, nearest(size, double ? ratio : Math.fround(ratio), mode === "nearest-exact"));
  }
  const corners = outputs > 1 ? (size - 1) / (outputs - 1) : 0;
  const step = alignCorners ? corners : ratio;
  if (antialias) return lineFrom(size, outputs, filtered(size, step, mode === "bicubic"));
  const placeOf = (o: number): number => (alignCorners ? o * step : (o + 0.5) * step - 0.5);
  if (mode === "bicubic") return lineFrom(size, outputs, cubic(size, placeOf));
  // PyTorch copies where sizes are the same, whatever the scale
  return lineFrom(size, outputs, linear(size, size === outputs ? (o) => o : placeOf));
}

/** The elements that an output is made of, and their weights. */
type Taps = readonly (readonly [index: number, weight: number])[];

/** PyTorch rounds places to float32 before it cuts them off. */
const nearest =
  (size: number, step: number, exact: boolean) =>
  (o: number): Taps => {
    const place = exact ? Math.max(step * (o + 0.5) - 0.5, 0) + 0.5 : step * o;
    return [[Math.min(Math.floor(Math.fround(place)), size - 1), 1]];
  };

const linear =
  (size: number, placeOf: (o: number) => number) =>
  (o: number): Taps => {
    const place = Math.max(placeOf(o), 0);
    const first = Math.min(Math.floor(place), size - 1);
    const rest = Math.min(Math.max(place - first, 0), 1);
    return [
      [first, 1 - rest],
      [Math.min(first + 1, size - 1), rest],
    ];
  };

const cubic =
  (size: number, placeOf: (o: number) => number) =>
  (o: number): Taps => {
    const place = placeOf(o);
    const first = Math.min(Math.floor(place), size - 1);
    const rest = Math.min(Math.max(place - first, 0), 1);
    return [-1, 0, 1, 2].map((k) => [Math.min(Math.max(first + k, 0), size - 1), cubicWeight(rest - k, -0.75)]);
  };

/** Keys' cubic convolution kernel. */
function cubicWeight(distance: number, a: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

/** A filter as wide as an output is in the input, normalised. Its cubic kernel has a = -0.5. */
const filtered =
  (size: number, step: number, isCubic: boolean) =>
  (o: number): Taps => {
    const stretch = Math.max(step, 1);
    const support = (isCubic ? 2 : 1) * stretch;
    const centre = step * (o + 0.5);
    const first = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), size);
    const weights = Array.from({ length: end - first }, (_, k) => {
      const distance = (k + first - centre + 0.5) / stretch;
      return isCubic ? cubicWeight(distance, -0.5) : Math.max(1 - Math.abs(distance), 0);
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight, k) => [first + k, total === 0 ? weight : weight / total]);
  };

/** All outputs' taps, filled up to one length with taps of weight 0 at an element that counts anyway. */
function lineFrom(size: number, outputs: number, tapsOf: (o: number) => Taps): Line {
  const all = Array.from({ length: outputs }, (_, o) => tapsOf(o));
  const taps = all.reduce((most, each) => Math.max(most, each.length), 1);
  const indices = new Int32Array(outputs * taps);
  const weights = new Float64Array(outputs * taps);
  all.forEach((each, o) => {
    for (let t = 0; t < taps; t++) {
      const [index, weight] = each[t] ?? [each[0]?.[0] ?? 0, 0];
      indices[o * taps + t] = index;
      weights[o * taps + t] = weight;
    }
  });
  return { size, outputs, taps, indices, weights };
}
