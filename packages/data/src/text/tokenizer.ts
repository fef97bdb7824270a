import type { Tensor } from "@dl/tensor";
import { splitCharacters, splitWords } from "./split-text.ts";
import { Vocabulary, type VocabularyOptions } from "./vocabulary.ts";

/** Texts as numbers and back. */
export interface Tokenizer {
  readonly vocabulary: Vocabulary;
  /** `[tokens]`, int32. */
  encode(text: string): Tensor;
  decode(indices: Tensor | ArrayLike<number>): string;
}

/**
 * A tokenizer for the characters of a text.
 *
 * @example
 * const { encode, decode } = characterTokenizer("hello");
 * [encode("hole").tolist(), decode([2, 3, 0])]; // => [[2, 3, 0, 1], "hol"]
 */
export function characterTokenizer(text: string, options: VocabularyOptions = {}): Tokenizer {
  return tokenizerOf(new Vocabulary(splitCharacters(text), options), splitCharacters, "");
}

export interface WordTokenizerOptions extends VocabularyOptions {
  /** Default true. */
  readonly lowerCase?: boolean;
}

/**
 * A tokenizer for the words and marks of a text; `decode` puts a space between them.
 *
 * @example
 * const { encode, decode } = wordTokenizer("To be, or not to be");
 * decode(encode("not to be")); // => "not to be"
 */
export function wordTokenizer(text: string, { lowerCase = true, ...options }: WordTokenizerOptions = {}): Tokenizer {
  const split = (part: string): string[] => splitWords(part, { lowerCase });
  return tokenizerOf(new Vocabulary(split(text), options), split, " ");
}

function tokenizerOf(vocabulary: Vocabulary, split: (text: string) => string[], between: string): Tokenizer {
  return {
    vocabulary,
    encode: (text) => vocabulary.encode(split(text)),
    decode: (indices) => vocabulary.decode(indices).join(between),
  };
}
