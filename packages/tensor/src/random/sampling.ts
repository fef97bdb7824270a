import { fillExponential } from "./distributions.ts";
import type { Generator } from "./generator.ts";

/** From here on PyTorch shuffles in another way, whose array alone would take 800 MB. */
const LONGEST_PERMUTATION = 214748363;

/**
 * The integers 0 … n - 1 in random order, as `torch.randperm(n)`.
 *
 * Errors: an `n` that is not an integer of [0, 214748363].
 *
 * @example
 * drawPermutation(new Generator(0), 10); // => [4, 1, 7, 5, 3, 9, 0, 8, 6, 2]
 */
export function drawPermutation(g: Generator, n: number): Int32Array {
  if (!Number.isInteger(n) || n < 0 || n > LONGEST_PERMUTATION) {
    throw new RangeError(`randperm: n must be an integer from 0 to ${LONGEST_PERMUTATION}, got ${n}`);
  }
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < n - 1; i++) {
    const j = i + (g.random() % (n - i));
    const picked = order[j] as number;
    order[j] = order[i] as number;
    order[i] = picked;
  }
  return order;
}

export interface MultinomialOptions {
  /** How many indices to draw from each row. */
  readonly samples: number;
  /** May an index be drawn twice from one row? Default false. */
  readonly replacement?: boolean;
}

/**
 * Indices drawn from rows of weights, as `torch.multinomial`.
 *
 * - weights: `[rows, categories]`, row-major, not negative; a row need not add up to 1
 * - result: `[rows, samples]`, row-major
 *
 * Without replacement an index of weight 0 comes only after all others, in ascending order.
 *
 * Errors: a weight that is negative or not finite, a row without a positive weight, `samples` below 1 or, without
 * replacement, above `categories`.
 *
 * @example
 * drawMultinomial(new Generator(0), new Float32Array([0, 1, 0]), 3, { samples: 1 }); // => [1]
 */
export function drawMultinomial(
  g: Generator,
  weights: Float32Array | Float64Array,
  categories: number,
  { samples, replacement = false }: MultinomialOptions,
): Int32Array {
  checkWeights(weights, categories, samples, replacement);
  const rows = weights.length / categories;
  const result = new Int32Array(rows * samples);
  const scores = replacement ? undefined : race(g, weights);
  for (let row = 0; row < rows; row++) {
    const start = row * categories;
    const into = result.subarray(row * samples, (row + 1) * samples);
    if (scores === undefined) drawFromRow(g, weights.subarray(start, start + categories), into);
    else into.set(best(scores.subarray(start, start + categories), samples));
  }
  return result;
}

function drawFromRow(g: Generator, weights: Float32Array | Float64Array, into: Int32Array): void {
  const cumulative = weights.slice();
  let last = 0;
  for (let i = 0; i < cumulative.length; i++) {
    cumulative[i] = last + (cumulative[i] as number);
    last = cumulative[i] as number;
  }
  for (let i = 0; i < cumulative.length; i++) cumulative[i] = (cumulative[i] as number) / last;
  cumulative[cumulative.length - 1] = 1;
  for (let i = 0; i < into.length; i++) {
    const u = g.uniform53();
    let low = 0;
    let high = cumulative.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulative[middle] as number) < u) low = middle + 1;
      else high = middle;
    }
    into[i] = low;
  }
}

/** `w / Exp(1)` for every weight: the order of these is an order of draws without replacement. */
function race(g: Generator, weights: Float32Array | Float64Array): Float32Array | Float64Array {
  const scores = fillExponential(g, weights.slice(), 1);
  for (let i = 0; i < scores.length; i++) scores[i] = (weights[i] as number) / (scores[i] as number);
  return scores;
}

function best(scores: Float32Array | Float64Array, count: number): number[] {
  const order = Array.from(scores, (_, i) => i);
  order.sort((a, b) => (scores[b] as number) - (scores[a] as number));
  return order.slice(0, count);
}

function checkWeights(
  weights: Float32Array | Float64Array,
  categories: number,
  samples: number,
  replacement: boolean,
): void {
  if (!Number.isInteger(categories) || categories < 1 || weights.length % categories !== 0) {
    throw new RangeError(`multinomial: ${weights.length} weights are not rows of ${categories} categories`);
  }
  if (!Number.isInteger(samples) || samples < 1) {
    throw new RangeError(`multinomial: samples must be an integer from 1 on, got ${samples}`);
  }
  if (!replacement && samples > categories) {
    throw new RangeError(
      `multinomial: without replacement samples cannot exceed categories: ${samples} and ${categories}`,
    );
  }
  for (let start = 0; start < weights.length; start += categories) {
    let sum = 0;
    for (let i = start; i < start + categories; i++) {
      const weight = weights[i] as number;
      if (!(weight >= 0 && weight < Infinity)) {
        throw new RangeError(`multinomial: weights must be finite and not negative, got ${weight} at ${i}`);
      }
      sum += weight;
    }
    if (!(sum > 0)) throw new RangeError(`multinomial: row ${start / categories} has no positive weight`);
  }
}
