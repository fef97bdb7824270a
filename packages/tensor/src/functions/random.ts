import { type DType, isFloat } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { add, mul } from "../ops/elementwise/arithmetic.ts";
import { fillBernoulli, fillRandint, fillUniform } from "../random/distributions.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import { fillNormal } from "../random/normal.ts";
import { drawMultinomial, drawPermutation } from "../random/sampling.ts";
import { broadcastShapes, checkShape, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type CreationOptions, fromTypedArray } from "./creation.ts";

export interface RandomOptions extends CreationOptions {
  /** Where the numbers come from; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * Uniform numbers in [0, 1), as torch.rand. Shape `shape`, float32 or float64.
 *
 * @example
 * rand([2], { generator: new Generator(0) }).tolist(); // => [0.4962565898895264, 0.7682217955589294]
 */
export const rand = (shape: Shape, options: RandomOptions = {}): Tensor =>
  floats("rand", shape, options, (g, out) => fillUniform(g, out, 0, 1));

/**
 * Normal numbers of mean 0 and variance 1, as torch.randn. Shape `shape`, float32 or float64.
 *
 * @example
 * randn([2], { generator: new Generator(0) }).tolist(); // => [1.5409960746765137, -0.293428897857666]
 */
export const randn = (shape: Shape, options: RandomOptions = {}): Tensor =>
  floats("randn", shape, options, (g, out) => fillNormal(g, out, 0, 1));

/**
 * Uniform numbers in the shape, dtype and device of `x`.
 *
 * @example
 * randLike(zeros([2, 3])).shape; // => [2, 3]
 */
export const randLike = (x: Tensor, options: RandomOptions = {}): Tensor =>
  rand(x.shape, { dtype: x.dtype, device: x.device, ...options });

/**
 * Normal numbers in the shape, dtype and device of `x`.
 *
 * @example
 * randnLike(zeros([2, 3])).shape; // => [2, 3]
 */
export const randnLike = (x: Tensor, options: RandomOptions = {}): Tensor =>
  randn(x.shape, { dtype: x.dtype, device: x.device, ...options });

/**
 * Uniform integers from `low` to before `high`, as torch.randint. Shape `shape`, int32 unless `dtype` says otherwise.
 *
 * @example
 * randint(0, 10, [5], { generator: new Generator(0) }).tolist(); // => [4, 9, 3, 0, 3]
 */
export function randint(
  low: number,
  high: number,
  shape: Shape,
  { generator = defaultGenerator(), dtype = "int32", device }: RandomOptions = {},
): Tensor {
  checkShape("randint", shape);
  const drawn = fillRandint(generator, new Int32Array(sizeOf(shape)), low, high);
  return fromTypedArray(converted(drawn, dtype), shape, dtype, device);
}

/**
 * The integers 0 to n - 1 in random order, as torch.randperm. Shape `[n]`, int32 unless `dtype` says otherwise.
 *
 * @example
 * randperm(5, { generator: new Generator(0) }).shape; // => [5]
 */
export function randperm(
  n: number,
  { generator = defaultGenerator(), dtype = "int32", device }: RandomOptions = {},
): Tensor {
  return fromTypedArray(converted(drawPermutation(generator, n), dtype), [n], dtype, device);
}

/**
 * 1 with the probability that each element of `p` says, else 0, as torch.bernoulli. Shape `[...]` to the same.
 *
 * @example
 * bernoulli(tensor([0, 1])).tolist(); // => [0, 1]
 */
export function bernoulli(
  p: Tensor,
  { generator = defaultGenerator() }: { generator?: Generator | undefined } = {},
): Tensor {
  const probabilities = p.detach().toArray();
  if (!(probabilities instanceof Float32Array || probabilities instanceof Float64Array)) {
    throw new TypeError(`bernoulli: p must be float32 or float64, got ${p.dtype}`);
  }
  return fromTypedArray(fillBernoulli(generator, probabilities.slice(), probabilities), p.shape, p.dtype, p.device);
}

export interface NormalOptions extends RandomOptions {
  /** Needed where neither `mean` nor `std` is a tensor. */
  shape?: Shape;
}

/**
 * Normal numbers of the given mean and standard deviation, each a number or a tensor, as torch.normal.
 *
 * @example
 * normal(2, 0, { shape: [2] }).tolist(); // => [2, 2]
 */
export function normal(mean: Tensor | number, std: Tensor | number, { shape, ...options }: NormalOptions = {}): Tensor {
  if (typeof mean === "number" && typeof std === "number") {
    if (shape === undefined) throw new TypeError("normal: needs a shape where mean and std are numbers");
    return floats("normal", shape, options, (g, out) => fillNormal(g, out, mean, std));
  }
  const given = [mean, std].filter((each) => typeof each !== "number");
  const [like] = given as [Tensor];
  if (
    typeof std === "number"
      ? !(std >= 0)
      : std
          .detach()
          .toArray()
          .some((each) => !(each >= 0))
  ) {
    throw new RangeError(
      `normal: std must not be negative${typeof std === "number" ? `, got ${std}` : ` ${operandsText({ std })}`}`,
    );
  }
  const standard = randn(
    broadcastShapes(
      "normal",
      given.map((each) => each.shape),
      ["mean", "std"],
    ),
    { dtype: like.dtype, device: like.device, ...options },
  );
  return add(mul(standard, std), mean);
}

export interface MultinomialOptions {
  /** May an index be drawn twice from one row? Default false. */
  replacement?: boolean;
  generator?: Generator | undefined;
}

/**
 * Indices drawn with the given weights, which need not add up to 1, as torch.multinomial. Shape `[n]` to `[samples]`, or
 * `[rows, n]` to `[rows, samples]`; int32.
 *
 * @example
 * multinomial(tensor([0, 1, 0]), 1).tolist(); // => [1]
 */
export function multinomial(
  weights: Tensor,
  samples: number,
  { replacement = false, generator = defaultGenerator() }: MultinomialOptions = {},
): Tensor {
  const values = weights.detach().toArray();
  if (!(values instanceof Float32Array || values instanceof Float64Array)) {
    throw new TypeError(`multinomial: weights must be float32 or float64, got ${weights.dtype}`);
  }
  if (weights.ndim !== 1 && weights.ndim !== 2)
    throw new RangeError(`multinomial: weights must have 1 or 2 dimensions (weights ${shapeText(weights.shape)})`);
  const drawn = drawMultinomial(generator, values, weights.shape.at(-1) as number, { samples, replacement });
  return fromTypedArray(drawn, [...weights.shape.slice(0, -1), samples], "int32", weights.device);
}

type Fill = (generator: Generator, out: Float32Array | Float64Array) => Float32Array | Float64Array;

function floats(
  who: string,
  shape: Shape,
  { generator = defaultGenerator(), dtype = "float32", device }: RandomOptions,
  fill: Fill,
): Tensor {
  checkShape(who, shape);
  if (!isFloat(dtype)) throw new TypeError(`${who}: dtype must be float32 or float64, got ${dtype}`);
  const out = dtype === "float32" ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
  return fromTypedArray(fill(generator, out), shape, dtype, device);
}

function converted(values: Int32Array, dtype: DType): Int32Array | Float32Array | Float64Array | Uint8Array {
  switch (dtype) {
    case "float32":
      return Float32Array.from(values);
    case "float64":
      return Float64Array.from(values);
    case "int32":
      return values;
    default:
      return Uint8Array.from(values);
  }
}
