import { isFloat, type Tensor } from "@dl/tensor";
import { checkSeen, type Metric } from "./metric.ts";
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
  readonly #surprise: Surprise;

  constructor(options: LikelihoodOptions = {}, who = "Perplexity") {
    this.#surprise = new Surprise(who, options);
  }

  update(logits: Tensor, targets: Tensor): this {
    this.#surprise.update(logits, targets);
    return this;
  }

  compute(): number {
    const { nats, tokens } = this.#surprise.all();
    return Math.exp(nats / tokens);
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
  readonly #surprise: Surprise;
  #characters = 0;

  constructor(options: LikelihoodOptions = {}, who = "BitsPerCharacter") {
    this.#who = who;
    this.#surprise = new Surprise(who, options);
  }

  /** Takes in a batch whose targets spell `characters` characters, by default one a token. */
  update(logits: Tensor, targets: Tensor, characters?: number): this {
    if (characters !== undefined && !(Number.isInteger(characters) && characters > 0)) {
      throw new RangeError(`${this.#who}: characters must be a whole number from 1 on, got ${characters}`);
    }
    const tokens = this.#surprise.update(logits, targets);
    this.#characters += characters ?? tokens;
    return this;
  }

  compute(): number {
    return this.#surprise.all().nats / Math.LN2 / this.#characters;
  }

  reset(): void {
    this.#surprise.reset();
    this.#characters = 0;
  }
}

/** The sum of cross entropies, in nats, over a stream of tokens. */
class Surprise {
  readonly #who: string;
  readonly #options: ScoreOptions;
  #nats = 0;
  #tokens = 0;

  constructor(who: string, { dim = -1, ...rest }: LikelihoodOptions) {
    this.#who = who;
    this.#options = { ...rest, dim };
  }

  /** The number of tokens that count. */
  update(logits: Tensor, targets: Tensor): number {
    if (!isFloat(logits.dtype)) throw new TypeError(`${this.#who}: logits must be floating-point, got ${logits.dtype}`);
    const { scores, actual, classes } = readScores(this.#who, logits, targets, this.#options);
    for (let i = 0; i < actual.length; i++) {
      const row = scores.subarray(i * classes, (i + 1) * classes);
      this.#nats += logSumExp(row) - (row[actual[i] as number] as number);
    }
    this.#tokens += actual.length;
    return actual.length;
  }

  all(): { readonly nats: number; readonly tokens: number } {
    checkSeen(this.#who, this.#tokens);
    return { nats: this.#nats, tokens: this.#tokens };
  }

  reset(): void {
    this.#nats = 0;
    this.#tokens = 0;
  }
}

function logSumExp(row: Float64Array): number {
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  return largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
