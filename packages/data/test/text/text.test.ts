import type { Tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import {
  characterTokenizer,
  splitCharacters,
  splitWords,
  Tfidf,
  type TfidfOptions,
  Vocabulary,
  wordTokenizer,
} from "../../src/index.ts";

const rounded = (x: Tensor): number[] => Array.from(x.toArray(), (each) => Math.round(each * 1e6) / 1e6);

describe("vocabularies", () => {
  it("count, cut and keep special tokens", () => {
    const tokens = "b a b c c c d".split(" ");
    expect(new Vocabulary(tokens).tokens).toEqual(["c", "b", "a", "d"]);
    const small = new Vocabulary(tokens, { minCount: 2, maxSize: 3, specials: ["<pad>", "<unk>"], unknown: "<unk>" });
    expect([small.tokens, small.size, small.has("b")]).toEqual([["<pad>", "<unk>", "c"], 3, false]);
    expect(small.encode(["c", "b"]).tolist()).toEqual([2, 1]);
    expect(small.decode(small.encode(["c", "b"]))).toEqual(["c", "<unk>"]);
  });

  it("say what they do not know", () => {
    const vocabulary = new Vocabulary(["a"]);
    expect(() => vocabulary.encode(["b"])).toThrow('Vocabulary: "b" is none of its 1 tokens, and unknown is not given');
    expect(() => vocabulary.decode([1])).toThrow("Vocabulary: 1 is the number of none of 1 tokens");
    expect(() => new Vocabulary([], { unknown: "?" })).toThrow(
      'Vocabulary: unknown must be one of specials, got "?" and []',
    );
  });
});

describe("tokenizers", () => {
  it("split texts", () => {
    expect(splitCharacters("a🙂b")).toEqual(["a", "🙂", "b"]);
    expect(splitWords("It's 3 o'clock -- ÉTÉ!")).toEqual(["it's", "3", "o'clock", "-", "-", "été", "!"]);
    expect(splitWords("A b", { lowerCase: false })).toEqual(["A", "b"]);
    expect(splitWords(" ")).toEqual([]);
  });

  it("lead there and back", () => {
    const text = "the quick brown fox";
    const characters = characterTokenizer(text);
    expect(characters.encode(text).dtype).toBe("int32");
    expect(characters.decode(characters.encode(text))).toBe(text);
    const words = wordTokenizer(`${text} the end`, { specials: ["<unk>"], unknown: "<unk>" });
    expect(words.encode("The slow fox").tolist()).toEqual([1, 0, 4]);
    expect(words.decode([1, 4])).toBe("the fox");
  });
});

/** The figures are those of scikit-learn 1.2.1. */
describe("Tfidf", () => {
  const documents = ["the cat sat on the mat", "the dog sat", "dogs and cats, a mat and a cat"];
  const weigh = (options: TfidfOptions, texts = documents.slice(2)): unknown => [
    rounded(new Tfidf(documents, options).idf),
    rounded(new Tfidf(documents, options).transform(texts)),
  ];

  it("weighs terms as TfidfVectorizer", () => {
    const tfidf = new Tfidf(documents);
    expect(tfidf.terms).toEqual(["and", "cat", "cats", "dog", "dogs", "mat", "on", "sat", "the"]);
    const idf = [1.693147, 1.287682, 1.693147, 1.693147, 1.693147, 1.287682, 1.693147, 1.287682, 1.287682];
    expect(weigh({})).toEqual([idf, [0.747602, 0.284285, 0.373801, 0, 0.373801, 0.284285, 0, 0, 0]]);
    expect(weigh({ normalize: false })).toEqual([idf, [3.386294, 1.287682, 1.693147, 0, 1.693147, 1.287682, 0, 0, 0]]);
    expect(weigh({ sublinear: true, smooth: false })).toEqual([
      [2.098612, 1.405465, 2.098612, 2.098612, 2.098612, 1.405465, 2.098612, 1.405465, 1.405465],
      [0.705247, 0.278955, 0.41653, 0, 0.41653, 0.278955, 0, 0, 0],
    ]);
    const found = tfidf.transform(["a cat and the zebra the", ""]);
    expect(rounded(found.at(0))).toEqual([0.50689, 0.385503, 0, 0, 0, 0, 0, 0, 0.771006]);
    expect(rounded(found.at(1))).toEqual(Array<number>(9).fill(0));
  });

  it("leaves rare terms out, and needs some", () => {
    expect(new Tfidf(documents, { minDocuments: 2 }).terms).toEqual(["cat", "mat", "sat", "the"]);
    expect(() => new Tfidf(["a", ""])).toThrow("Tfidf: no terms in 2 documents");
  });
});
