import type { Generator } from "./generator.ts";

type Floats = Float32Array | Float64Array;

/**
 * Fills `out` with uniform numbers in [low, high), as `torch.Tensor.uniform_`:
 * 24 random bits an element in float32, 53 in float64.
 *
 * Errors: `low` above `high`, or either not finite.
 *
 * @example
 * fillUniform(new Generator(0), new Float32Array(2), 0, 1); // => [0.4962565898895264, 0.7682217955589294]
 */
export function fillUniform<T extends Floats>(g: Generator, out: T, low: number, high: number): T {
  if (!(low <= high)) throw new RangeError(`uniform: low must not be above high: ${low} and ${high}`);
  if (!Number.isFinite(high - low)) throw new RangeError(`uniform: high - low must be finite: ${low} and ${high}`);
  if (out instanceof Float32Array) {
    const from = Math.fround(low);
    const range = Math.fround(Math.fround(high) - from);
    for (let i = 0; i < out.length; i++) out[i] = g.uniform24() * range + from;
  } else {
    const range = high - low;
    for (let i = 0; i < out.length; i++) out[i] = multiplyAdd(g.uniform53(), range, low);
  }
  return out;
}

/**
 * Fills `out` with uniform integers in [low, high), as `torch.randint` with dtype int32.
 *
 * Errors: `low` not below `high`, or either not an integer of [-2³¹, 2³¹].
 *
 * @example
 * fillRandint(new Generator(0), new Int32Array(5), 0, 10); // => [4, 9, 3, 0, 3]
 */
export function fillRandint(g: Generator, out: Int32Array, low: number, high: number): Int32Array {
  if (!Number.isInteger(low) || !Number.isInteger(high)) {
    throw new RangeError(`randint: low and high must be integers: ${low} and ${high}`);
  }
  if (low >= high) throw new RangeError(`randint: low must be below high: ${low} and ${high}`);
  if (low < -(2 ** 31) || high > 2 ** 31) {
    throw new RangeError(`randint: low and high must lie in [-2147483648, 2147483648]: ${low} and ${high}`);
  }
  const range = high - low;
  for (let i = 0; i < out.length; i++) out[i] = (g.random() % range) + low;
  return out;
}

/**
 * Fills `out` with ones, with probability `p`, and zeros.
 *
 * A number `p` draws 53 random bits an element (`torch.Tensor.bernoulli_(p)`, dropout); an array `p` has one
 * probability an element and draws 24 bits for float32, 53 for float64 (`torch.bernoulli(p)`). This is the stream
 * of a PyTorch without MKL; with MKL on an Intel processor, PyTorch draws a number `p` from another generator.
 *
 * Errors: a probability outside [0, 1]; an array `p` of another length than `out`.
 *
 * @example
 * fillBernoulli(new Generator(0), new Uint8Array(4), 0.5); // => [0, 0, 1, 0]
 */
export function fillBernoulli<T extends Floats | Int32Array | Uint8Array>(g: Generator, out: T, p: number | Floats): T {
  if (typeof p === "number") {
    checkProbability(p);
    for (let i = 0; i < out.length; i++) out[i] = g.uniform53() < p ? 1 : 0;
    return out;
  }
  if (p.length !== out.length) {
    throw new RangeError(`bernoulli: as many probabilities as elements are needed: ${p.length} and ${out.length}`);
  }
  p.forEach(checkProbability);
  const single = p instanceof Float32Array;
  for (let i = 0; i < out.length; i++) out[i] = (single ? g.uniform24() : g.uniform53()) < (p[i] as number) ? 1 : 0;
  return out;
}

/**
 * Fills `out` with exponential numbers of density `rate e^(-rate x)`, as `torch.Tensor.exponential_`.
 *
 * Errors: a negative or NaN `rate`. A rate of 0 gives infinity, as in PyTorch.
 *
 * @example
 * fillExponential(new Generator(0), new Float32Array(1), 1); // => [3.508326292037964]
 */
export function fillExponential<T extends Floats>(g: Generator, out: T, rate: number): T {
  if (!(rate >= 0)) throw new RangeError(`exponential: rate must not be negative, got ${rate}`);
  for (let i = 0; i < out.length; i++) out[i] = (-1 / rate) * Math.log(1 - g.uniform53());
  return out;
}

function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`bernoulli: p must lie in [0, 1], got ${p}`);
}

/** `x * y + z` with one rounding, as the processor's fused instruction gives it. Dekker (1971). */
function multiplyAdd(x: number, y: number, z: number): number {
  const product = x * y;
  if (!(Math.abs(y) < 2 ** 900)) return product + z;
  const [xHigh, xLow] = split(x);
  const [yHigh, yLow] = split(y);
  const productError = xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
  const sum = product + z;
  const back = sum - product;
  const sumError = product - (sum - back) + (z - back);
  return sum + (sumError + productError);
}

/** The upper and lower 26 bits of a float64. */
function split(x: number): readonly [high: number, low: number] {
  const scaled = x * (2 ** 27 + 1);
  const high = scaled - (scaled - x);
  return [high, x - high];
}
