import {
  add_,
  clamp_,
  normal_ as drawNormal,
  uniform_ as drawUniform,
  erf,
  erfinv_,
  type Generator,
  mul_,
  operandsText,
  randperm,
  type Tensor,
  tensor,
} from "@dl/tensor";
import { write } from "./fill.ts";

/** Where random numbers come from. */
export interface Drawn {
  /** Default the default generator, which `manualSeed` sets. */
  generator?: Generator | undefined;
}

export interface UniformOptions extends Drawn {
  /** Lower bound; default 0. */
  a?: number;
  /** Upper bound; default 1. */
  b?: number;
}

/**
 * Overwrites `x` with numbers from U(a, b), PyTorch's for the same seed. Returns `x`.
 *
 * @example
 * uniform_(zeros([2]), { b: 2, generator: new Generator(0) }).tolist(); // => [0.9925131797790527, 1.5364435911178589]
 */
export function uniform_<T extends Tensor>(x: T, { a = 0, b = 1, generator }: UniformOptions = {}): T {
  if (!(a <= b)) throw new RangeError(`uniform_: a must not be above b: ${a} and ${b}`);
  drawUniform(x.detach(), { from: a, to: b, generator });
  return x;
}

export interface NormalOptions extends Drawn {
  /** Default 0. */
  mean?: number;
  /** Standard deviation; default 1. */
  std?: number;
}

/**
 * Overwrites `x` with numbers from N(mean, std²), PyTorch's for the same seed. Returns `x`.
 *
 * @example
 * normal_(zeros([2]), { generator: new Generator(0) }).tolist(); // => [1.5409960746765137, -0.293428897857666]
 */
export function normal_<T extends Tensor>(x: T, { mean = 0, std = 1, generator }: NormalOptions = {}): T {
  if (!(std >= 0)) throw new RangeError(`normal_: std must not be negative, got ${std}`);
  drawNormal(x.detach(), { mean, std, generator });
  return x;
}

export interface TruncNormalOptions extends NormalOptions {
  /** Nothing below; default -2. */
  a?: number;
  /** Nothing above; default 2. */
  b?: number;
}

/**
 * Overwrites `x` with numbers from N(mean, std²) that lie between `a` and `b`. Returns `x`.
 *
 * Inverts the distribution function, as https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.trunc_normal_
 *
 * @example
 * truncNormal_(zeros([1]), { a: 1, b: 1 }).tolist(); // => [1]
 */
export function truncNormal_<T extends Tensor>(
  x: T,
  { mean = 0, std = 1, a = -2, b = 2, generator }: TruncNormalOptions = {},
): T {
  if (!(a <= b)) throw new RangeError(`truncNormal_: a must not be above b: ${a} and ${b}`);
  const from = 2 * normalDistribution((a - mean) / std) - 1;
  const to = 2 * normalDistribution((b - mean) / std) - 1;
  const target = x.detach();
  drawUniform(target, { from, to, generator });
  erfinv_(target);
  mul_(target, std * Math.SQRT2);
  add_(target, mean);
  clamp_(target, { min: a, max: b });
  return x;
}

const normalDistribution = (z: number): number =>
  (1 + erf(tensor(z / Math.SQRT2, { dtype: "float64", device: "cpu" })).item()) / 2;

export interface SparseOptions extends Drawn {
  /** Standard deviation of what is not zero; default 0.01. */
  std?: number;
}

/**
 * Overwrites a matrix with numbers from N(0, std²), of which the share `sparsity` in each column becomes zero. Returns
 * `x`.
 *
 * Martens 2010, "Deep learning via Hessian-free optimization".
 *
 * @example
 * sparse_(zeros([2, 1]), 0.5).toArray().filter((value) => value === 0).length; // => 1
 */
export function sparse_<T extends Tensor>(x: T, sparsity: number, { std = 0.01, generator }: SparseOptions = {}): T {
  const [rows, columns, ...rest] = x.shape;
  if (rows === undefined || columns === undefined || rest.length > 0)
    throw new RangeError(`sparse_: needs a matrix ${operandsText({ x })}`);
  if (!(sparsity >= 0 && sparsity <= 1))
    throw new RangeError(`sparse_: sparsity must be between 0 and 1, got ${sparsity}`);
  normal_(x, { std, generator });
  const drawn = x.detach().toArray();
  const zeros = Math.ceil(sparsity * rows);
  return write(x, (values) => {
    values.set(drawn);
    for (let column = 0; column < columns; column++) {
      const order = randperm(rows, { generator }).toArray();
      for (const row of order.subarray(0, zeros)) values[row * columns + column] = 0;
    }
  });
}
