import { type DType, expand, permute, slice, type Tensor, tensor } from "@dl/tensor";
import * as fc from "fast-check";

/** A dimension of a view: its length, and how it was cut out of the dimension of its base. */
interface Dim {
  readonly length: number;
  /** All elements are the same one. */
  readonly repeats: boolean;
  readonly start: number;
  readonly step: number;
  readonly rest: number;
}

/** A tensor to be made: a view with any strides and offset. */
export interface ViewSpec {
  readonly dtype: DType;
  readonly dims: readonly Dim[];
  /** Where each dimension lies in the base. */
  readonly order: readonly number[];
  /** Picks the elements. */
  readonly seed: number;
}

const small = [0, 1, -1, 2, 0.5, -0.5, 3, -2, 0.25, -3, 1.5, -0.25, 0.75, 2.5, -1.25, 4];
const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

export const dtypes: readonly DType[] = ["float32", "float64", "int32", "uint8", "bool"];

/** Mostly float32, for which there are accelerated kernels. */
export const anyDType = fc.oneof(
  { weight: 6, arbitrary: fc.constant<DType>("float32") },
  { weight: 2, arbitrary: fc.constantFrom(...dtypes) },
);

/** Lengths from 0 on, short ones more often, some beyond the width of a vector. */
const anyLength = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 2, arbitrary: fc.integer({ min: 6, max: 40 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** Up to four dimensions and about a thousand elements. */
export const anyShape = fc.array(anyLength, { maxLength: 4 }).map((lengths) => {
  let size = 1;
  return lengths.map((length) => {
    const fitting = size * length > 1000 ? 1 : length;
    size *= Math.max(fitting, 1);
    return fitting;
  });
});

/** Any way for a tensor of this shape to lie in memory. */
export const viewOf = (shape: readonly number[], dtype: fc.Arbitrary<DType> = anyDType): fc.Arbitrary<ViewSpec> =>
  fc
    .tuple(
      dtype,
      fc.nat(),
      fc.boolean(),
      fc.shuffledSubarray(
        shape.map((_, dim) => dim),
        { minLength: shape.length },
      ),
      fc.tuple(...shape.map(anyCut)),
    )
    .map(([kind, seed, plain, order, cuts]) => ({
      dtype: kind,
      seed,
      order: plain ? shape.map((_, dim) => dim) : order,
      dims: shape.map((length, dim) => ({ ...(plain ? whole : (cuts[dim] as typeof whole)), length })),
    }));

const whole = { repeats: false, start: 0, step: 1, rest: 0 };
const anyCut = (): fc.Arbitrary<typeof whole> =>
  fc.record({
    repeats: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    start: fc.integer({ min: 0, max: 2 }),
    step: fc.integer({ min: 1, max: 3 }),
    rest: fc.integer({ min: 0, max: 2 }),
  });

/** A shape that broadcasts to `shape`: some leading dimensions left out, some lengths 1. */
export const broadcastingTo = (shape: readonly number[]): fc.Arbitrary<readonly number[]> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: shape.length }) },
      ),
      fc.tuple(...shape.map(() => fc.nat(3))),
    )
    .map(([lead, ones]) => shape.map((length, dim) => (ones[dim] === 0 ? 1 : length)).slice(lead));

/** The tensor, cut, turned and repeated by view functions. */
export function viewed({ dtype, dims, order, seed }: ViewSpec): Tensor {
  const base = order.map((dim) => baseLength(dims[dim] as Dim));
  let x = tensor(numbersOf(base, dtype, seed), { shape: base, dtype });
  order.forEach((dim, at) => {
    const { length, repeats, start, step } = dims[dim] as Dim;
    if (!repeats) x = slice(x, { dim: at, start, end: length === 0 ? start : start + (length - 1) * step + 1, step });
  });
  x = permute(
    x,
    dims.map((_, dim) => order.indexOf(dim)),
  );
  return expand(
    x,
    dims.map(({ length }) => length),
  );
}

/** The same elements in row-major order, found by counting, without a view. `shape` repeats them as broadcasting does. */
export function packed(spec: ViewSpec, shape: readonly number[] = spec.dims.map(({ length }) => length)): Tensor {
  const { dtype, dims, order, seed } = spec;
  const base = order.map((dim) => baseLength(dims[dim] as Dim));
  const from = numbersOf(base, dtype, seed);
  const lead = shape.length - dims.length;
  const size = shape.reduce((a, b) => a * b, 1);
  const out = Float64Array.from({ length: size }, (_, flat) => {
    const index = unravel(flat, shape).slice(lead);
    const place = order.reduce((at, dim, k) => {
      const { length, repeats, start, step } = dims[dim] as Dim;
      const i = length === 1 ? 0 : (index[dim] as number);
      return at * (base[k] as number) + (repeats ? 0 : start + i * step);
    }, 0);
    return from[place] as number;
  });
  return tensor(out, { shape, dtype });
}

const baseLength = ({ length, repeats, start, step, rest }: Dim): number =>
  repeats ? 1 : start + Math.max(length, 1) * step + rest;

/** A few numbers, many of them at kinks; one tensor in eight has NaN and infinities. */
function numbersOf(shape: readonly number[], dtype: DType, seed: number): Float64Array {
  const size = shape.reduce((a, b) => a * b, 1);
  const isFloat = dtype === "float32" || dtype === "float64";
  const choice = isFloat && seed % 8 === 0 ? [...small, ...special] : small;
  let state = seed >>> 0;
  return Float64Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = choice[(state >>> 16) % choice.length] as number;
    if (isFloat) return value;
    const whole = Math.trunc(2 * value);
    return dtype === "bool" ? Number(whole > 0) : dtype === "uint8" ? Math.abs(whole) : whole;
  });
}

function unravel(flat: number, shape: readonly number[]): number[] {
  const index = new Array<number>(shape.length);
  for (let dim = shape.length - 1, left = flat; dim >= 0; dim--) {
    index[dim] = left % (shape[dim] as number);
    left = Math.floor(left / (shape[dim] as number));
  }
  return index;
}
