import { isFloat, newArray, type TypedArray } from "../dtype.ts";
import { expand } from "../ops/view/expand.ts";
import { permute } from "../ops/view/permute.ts";
import { fillBernoulli, fillExponential, fillUniform } from "../random/distributions.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import { fillNormal } from "../random/normal.ts";
import type { Tensor } from "../tensor.ts";
import { madeBeside } from "./beside.ts";
import { overwrite } from "./overwrite.ts";

interface Drawn {
  /** Where the numbers come from; default the default generator. */
  generator?: Generator | undefined;
}

export interface UniformOptions extends Drawn {
  /** Default 0. */
  from?: number;
  /** Default 1. */
  to?: number;
}

/**
 * Overwrites `x` with uniform numbers in [from, to), as torch.Tensor.uniform_. Returns `x`.
 *
 * @example
 * uniform_(zeros([2]), { generator: new Generator(0) }).tolist(); // => [0.4962565898895264, 0.7682217955589294]
 */
export const uniform_ = (
  x: Tensor,
  { from = 0, to = 1, generator = defaultGenerator() }: UniformOptions = {},
): Tensor => draw("uniform_", x, (out) => fillUniform(generator, out, from, to));

export interface NormalInPlaceOptions extends Drawn {
  /** Default 0. */
  mean?: number;
  /** Standard deviation; default 1. */
  std?: number;
}

/**
 * Overwrites `x` with normal numbers, as torch.Tensor.normal_. Returns `x`.
 *
 * @example
 * normal_(zeros([2]), { generator: new Generator(0) }).tolist(); // => [1.5409960746765137, -0.293428897857666]
 */
export const normal_ = (
  x: Tensor,
  { mean = 0, std = 1, generator = defaultGenerator() }: NormalInPlaceOptions = {},
): Tensor =>
  draw("normal_", x, (out) =>
    x.isContiguous ? fillNormal(generator, out, mean, std) : oneByOne(generator, out, mean, std),
  );

/** PyTorch draws normal numbers in blocks only for contiguous tensors. */
function oneByOne(generator: Generator, out: Floats, mean: number, std: number): Floats {
  for (let i = 0; i < out.length; i++) fillNormal(generator, out.subarray(i, i + 1), mean, std);
  return out;
}

export interface ExponentialOptions extends Drawn {
  /** Density `rate e^(-rate x)`; default 1. */
  rate?: number;
}

/**
 * Overwrites `x` with exponential numbers, as torch.Tensor.exponential_. Returns `x`.
 *
 * @example
 * exponential_(zeros([1]), { generator: new Generator(0) }).tolist(); // => [3.508326292037964]
 */
export const exponential_ = (
  x: Tensor,
  { rate = 1, generator = defaultGenerator() }: ExponentialOptions = {},
): Tensor => draw("exponential_", x, (out) => fillExponential(generator, out, rate));

export interface BernoulliOptions extends Drawn {
  /** The probability of 1, for all elements or for each. Default 0.5. */
  p?: number | Tensor;
}

/**
 * Overwrites `x` with ones, with probability `p`, and zeros, as torch.Tensor.bernoulli_. Returns `x`, of any dtype.
 *
 * @example
 * bernoulli_(zeros([4]), { generator: new Generator(0) }).tolist(); // => [0, 0, 1, 0]
 */
export const bernoulli_ = (x: Tensor, { p = 0.5, generator = defaultGenerator() }: BernoulliOptions = {}): Tensor =>
  overwrite("bernoulli_", x, () => {
    const order = memoryOrder(x);
    const probabilities = typeof p === "number" ? p : floatsOf(permute(expand(p, x.shape), order));
    return inOrder(x, order, fillBernoulli(generator, newArray(x.dtype, x.size), probabilities));
  });

type Floats = Float32Array | Float64Array;

function floatsOf(p: Tensor): Floats {
  const values = p.detach().toArray();
  if (values instanceof Float32Array || values instanceof Float64Array) return values;
  throw new TypeError(`bernoulli_: p must be float32 or float64, got ${p.dtype}`);
}

/** Overwrites a tensor of floats with what is drawn in the order of its elements in memory. */
export function draw(who: string, x: Tensor, fill: (out: Floats) => Floats): Tensor {
  if (!isFloat(x.dtype)) throw new TypeError(`${who}: needs a floating-point tensor, got ${x.dtype}`);
  return drawAny(who, x, () => fill(x.dtype === "float32" ? new Float32Array(x.size) : new Float64Array(x.size)));
}

/** The same for any dtype. */
export const drawAny = (who: string, x: Tensor, make: () => TypedArray): Tensor =>
  overwrite(who, x, () => inOrder(x, memoryOrder(x), make()));

/** The dimensions of `x` as they lie in memory, outermost first: the order in which PyTorch draws. */
const memoryOrder = ({ strides }: Tensor): number[] =>
  strides.map((_, dim) => dim).sort((a, b) => (strides[b] as number) - (strides[a] as number));

/** A tensor like `x` of numbers that were drawn in the order of its dimensions in memory. */
function inOrder(x: Tensor, order: readonly number[], data: TypedArray): Tensor {
  const drawn = madeBeside(
    x,
    data,
    order.map((dim) => x.shape[dim] as number),
    x.dtype,
  );
  return permute(
    drawn,
    order.map((_, dim) => order.indexOf(dim)),
  );
}
