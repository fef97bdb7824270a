import { isFloat, type Tensor } from "@dl/tensor";
import { Mean } from "./mean.ts";
import type { Metric } from "./metric.ts";
import { readScores, type ScoreOptions } from "./scores.ts";

export interface LikelihoodOptions extends ScoreOptions {
  /** The dimension of the vocabulary in logits. Default -1. */
  dim?: number;
}

/**
 * `e` to the power of the mean cross entropy: among how many equally likely tokens the model might as well have chosen.
 *
 * - logits: `[…, vocabulary]`, targets: `[…]`
 *
 * @example
 * perplexity(zeros([2, 5, 10]), zeros([2, 5], { dtype: "int32" })); // => 10
 */
export function perplexity(logits: Tensor, targets: Tensor, options: LikelihoodOptions = {}): number {
  return new Perplexity(options, "perplexity").update(logits, targets).compute();
}

/** {@link perplexity} over a stream of batches. */
export class Perplexity implements Metric<[logits: Tensor, targets: Tensor], number> {
  readonly #who: string;
  readonly #options: LikelihoodOptions;
  readonly #surprise = new Mean();

  constructor(options: LikelihoodOptions = {}, who = "Perplexity") {
    this.#who = who;
    this.#options = options;
  }

  update(logits: Tensor, targets: Tensor): this {
    const { nats, tokens } = surpriseOf(this.#who, logits, targets, this.#options);
    this.#surprise.add(nats, tokens);
    return this;
  }

  compute(): number {
    return Math.exp(this.#surprise.value(this.#who));
  }

  reset(): void {
    this.#surprise.reset();
  }
}

export interface BitsPerCharacterOptions extends LikelihoodOptions {
  /** How many characters the targets of a batch spell. Default one a token. */
  characters?: number;
}

/**
 * The information that the model lacks, in bits for each character: the sum of the cross entropies in bits, divided by the
 * number of characters. Where a token is a character, it is the base-2 logarithm of {@link perplexity}.
 *
 * - logits: `[…, vocabulary]`, targets: `[…]`
 *
 * @example
 * bitsPerCharacter(zeros([1, 6, 8]), zeros([1, 6], { dtype: "int32" })); // => 3
 * bitsPerCharacter(zeros([1, 6, 8]), zeros([1, 6], { dtype: "int32" }), { characters: 18 }); // => 1
 */
export function bitsPerCharacter(
  logits: Tensor,
  targets: Tensor,
  { characters, ...options }: BitsPerCharacterOptions = {},
): number {
  return new BitsPerCharacter(options, "bitsPerCharacter").update(logits, targets, characters).compute();
}

/** {@link bitsPerCharacter} over a stream of batches. */
export class BitsPerCharacter implements Metric<[logits: Tensor, targets: Tensor, characters?: number], number> {
  readonly #who: string;
  readonly #options: LikelihoodOptions;
  readonly #surprise = new Mean();

  constructor(options: LikelihoodOptions = {}, who = "BitsPerCharacter") {
    this.#who = who;
    this.#options = options;
  }

  /** Takes in a batch whose targets spell `characters` characters, by default one a token. */
  update(logits: Tensor, targets: Tensor, characters?: number): this {
    if (characters !== undefined && !(Number.isInteger(characters) && characters > 0)) {
      throw new RangeError(`${this.#who}: characters must be a whole number from 1 on, got ${characters}`);
    }
    const { nats, tokens } = surpriseOf(this.#who, logits, targets, this.#options);
    this.#surprise.add(nats, tokens === 0 ? 0 : (characters ?? tokens));
    return this;
  }

  compute(): number {
    return this.#surprise.value(this.#who) / Math.LN2;
  }

  reset(): void {
    this.#surprise.reset();
  }
}

/** The sum of cross entropies, in nats, of a batch, and the number of tokens that count. */
function surpriseOf(
  who: string,
  logits: Tensor,
  targets: Tensor,
  { dim = -1, ...rest }: LikelihoodOptions,
): { readonly nats: number; readonly tokens: number } {
  if (!isFloat(logits.dtype)) throw new TypeError(`${who}: logits must be floating-point, got ${logits.dtype}`);
  const { scores, actual, classes } = readScores(who, logits, targets, { ...rest, dim });
  let nats = 0;
  for (let i = 0; i < actual.length; i++) {
    const row = scores.subarray(i * classes, (i + 1) * classes);
    nats += logSumExp(row) - (row[actual[i] as number] as number);
  }
  return { nats, tokens: actual.length };
}

function logSumExp(row: Float64Array): number {
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  return largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
