import { type Tensor, tensor } from "@dl/tensor";
import { countTokens } from "./vocabulary.ts";

export interface TfidfOptions {
  /** Default words of two or more letters and digits, in lower case. */
  readonly split?: (text: string) => string[];
  /** `1 + log(count)` instead of the count. Default false. */
  readonly sublinear?: boolean;
  /** One more document in which every term occurs, so that no weight is infinite. Default true. */
  readonly smooth?: boolean;
  /** Rows of length 1. Default true. */
  readonly normalize?: boolean;
  /** Terms in fewer documents are left out. Default 1. */
  readonly minDocuments?: number;
}

/**
 * `count · (log((1 + n) / (1 + df)) + 1)` for each term of each document, rows divided by their length: the weights of
 * scikit-learn's TfidfVectorizer.
 *
 * - n: documents; df: those in which the term occurs
 *
 * Errors: documents without any term.
 * Source: https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting
 *
 * @example
 * const tfidf = new Tfidf(["red apple", "green apple"]);
 * tfidf.terms; // => ["apple", "green", "red"]
 * tfidf.transform(["red red"]).tolist(); // => [[0, 0, 1]]
 */
export class Tfidf {
  /** In the order of code points. */
  readonly terms: readonly string[];
  /** `[terms]`, float32. */
  readonly idf: Tensor;
  readonly #columns: ReadonlyMap<string, number>;
  readonly #weights: readonly number[];
  readonly #split: (text: string) => string[];
  readonly #sublinear: boolean;
  readonly #normalize: boolean;

  constructor(
    documents: readonly string[],
    { split = splitTerms, sublinear = false, smooth = true, normalize = true, minDocuments = 1 }: TfidfOptions = {},
  ) {
    const frequencies = countTokens(documents.flatMap((text) => [...new Set(split(text))]));
    const kept = [...frequencies].filter(([, df]) => df >= minDocuments).sort(([a], [b]) => (a < b ? -1 : 1));
    if (kept.length === 0) throw new RangeError(`Tfidf: no terms in ${documents.length} documents`);
    const more = smooth ? 1 : 0;
    this.terms = kept.map(([term]) => term);
    this.#weights = kept.map(([, df]) => Math.log((documents.length + more) / (df + more)) + 1);
    this.idf = tensor(this.#weights);
    this.#columns = new Map(this.terms.map((term, i) => [term, i]));
    this.#split = split;
    this.#sublinear = sublinear;
    this.#normalize = normalize;
  }

  /** `[documents, terms]`, float32. Terms that are not known count nothing. */
  transform(documents: readonly string[]): Tensor {
    const width = this.terms.length;
    const values = new Float32Array(documents.length * width);
    for (const [row, text] of documents.entries()) {
      const entries = this.#entries(text);
      const length = this.#normalize ? Math.sqrt(entries.reduce((sum, [, value]) => sum + value * value, 0)) : 1;
      for (const [column, value] of entries) values[row * width + column] = value / length;
    }
    return tensor(values, { shape: [documents.length, width] });
  }

  #entries(text: string): (readonly [column: number, value: number])[] {
    return [...countTokens(this.#split(text))].flatMap(([term, count]) => {
      const column = this.#columns.get(term);
      if (column === undefined) return [];
      return [[column, (this.#sublinear ? 1 + Math.log(count) : count) * (this.#weights[column] as number)] as const];
    });
  }
}

function splitTerms(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]{2,}/gu) ?? [];
}
