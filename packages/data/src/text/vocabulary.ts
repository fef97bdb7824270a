import { type Tensor, tensor } from "@dl/tensor";

export interface VocabularyOptions {
  /** Rarer tokens are left out. Default 1. */
  readonly minCount?: number;
  /** The most tokens, special ones included. Default no limit. */
  readonly maxSize?: number;
  /** Tokens that come first, whether they occur or not: `["<pad>", "<unk>"]`. Default none. */
  readonly specials?: readonly string[];
  /** The special token that stands for tokens left out. Default none: these are errors. */
  readonly unknown?: string;
}

/**
 * Numbers for tokens: special ones first, then the most frequent, in the order of code points where they are equally so.
 *
 * Errors: tokens that are not in it, where `unknown` is not given; numbers of no token.
 *
 * @example
 * const vocabulary = new Vocabulary(["b", "a", "b", "c"], { specials: ["<unk>"], unknown: "<unk>" });
 * vocabulary.tokens; // => ["<unk>", "b", "a", "c"]
 * vocabulary.encode(["a", "z"]).tolist(); // => [2, 0]
 */
export class Vocabulary {
  readonly tokens: readonly string[];
  readonly unknown: string | undefined;
  readonly #indices: ReadonlyMap<string, number>;

  constructor(
    tokens: Iterable<string>,
    { minCount = 1, maxSize = Number.POSITIVE_INFINITY, specials = [], unknown }: VocabularyOptions = {},
  ) {
    if (unknown !== undefined && !specials.includes(unknown))
      throw new RangeError(
        `Vocabulary: unknown must be one of specials, got "${unknown}" and [${specials.join(", ")}]`,
      );
    const counts = countTokens(tokens);
    for (const special of specials) counts.delete(special);
    const found = [...counts]
      .filter(([, count]) => count >= minCount)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .map(([token]) => token);
    this.tokens = [...specials, ...found].slice(0, Math.max(maxSize, specials.length));
    this.unknown = unknown;
    this.#indices = new Map(this.tokens.map((token, i) => [token, i]));
  }

  get size(): number {
    return this.tokens.length;
  }

  has(token: string): boolean {
    return this.#indices.has(token);
  }

  indexOf(token: string): number {
    const index =
      this.#indices.get(token) ?? (this.unknown === undefined ? undefined : this.#indices.get(this.unknown));
    if (index === undefined)
      throw new RangeError(`Vocabulary: "${token}" is none of its ${this.size} tokens, and unknown is not given`);
    return index;
  }

  /** `[tokens]`, int32. */
  encode(tokens: readonly string[]): Tensor {
    return tensor(Int32Array.from(tokens, (token) => this.indexOf(token)));
  }

  decode(indices: Tensor | ArrayLike<number>): string[] {
    return Array.from("toArray" in indices ? indices.toArray() : indices, (index) => {
      const token = this.tokens[index];
      if (token === undefined)
        throw new RangeError(`Vocabulary: ${index} is the number of none of ${this.size} tokens`);
      return token;
    });
  }
}

/**
 * How often each token occurs.
 *
 * @example
 * [...countTokens(["b", "a", "b"])]; // => [["b", 2], ["a", 1]]
 */
export function countTokens(tokens: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
