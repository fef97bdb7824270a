import { noGrad } from "@dl/autograd";
import { Embedding, Linear, Sequential } from "@dl/layers";
import { cosineSimilarity, crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import { equal, manualSeed, matmul, oneHot, type Tensor, tensor } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { integer } from "../../flags.ts";

/** Which words can follow which: two kinds of nouns, each with verbs and places of its own. */
const text = `the cat eats fish . the dog eats meat . the cat sleeps . the dog sleeps . the cat drinks milk . the dog drinks water .
the cat runs . the dog runs . the car needs oil . the truck needs fuel . the car stops . the truck stops . the car carries people .
the truck carries goods . the car brakes . the truck brakes . the cat drinks water . the dog drinks milk . the cat eats meat .
the dog eats fish . the car needs fuel . the truck needs oil . the car carries goods . the truck carries people .`;

const example: Example<{ readonly steps: number }> = {
  name: "word-embedding",
  title: { ja: "one-hot と埋め込み: 単語をベクトルに", en: "One-hot and embeddings: words as vectors" },
  ids: ["LAYER15"],
  seconds: 1,
  data: "none",
  flags: { steps: integer(300, "updates of the vectors", { min: 1 }) },
  async run({ seed, flags, log, claim }) {
    const words = text.split(/\s+/);
    const known = [...new Set(words)];
    const codes = words.map((word) => known.indexOf(word));
    const index = tensor(codes, { dtype: "int32" });

    // a word as a row of zeros with one 1: all words are equally far from each other
    const hot = oneHot(index, { numClasses: known.length }).to("float32");
    const vectors = similarities(await hot.cpu(), words);
    claim(
      "similarity of cat and dog, cat and truck, one-hot",
      [vectors("cat", "dog"), vectors("cat", "truck")],
      [0, 0],
      vectors("cat", "dog") === 0 && vectors("cat", "truck") === 0,
    );

    // such a row times a matrix picks one row of the matrix: an Embedding is that product without the multiplication
    manualSeed(seed);
    const embedding = new Embedding(known.length, 5);
    const [picked, multiplied] = noGrad(() => [embedding.forward(index), matmul(hot, embedding.weight)] as const);
    const same = equal(await picked.cpu(), await multiplied.cpu());
    claim("one-hot @ W equals Embedding, bit for bit", same, true, same);
    const gradient = (values: Tensor): Promise<Tensor> => {
      embedding.zeroGrad();
      values.square().sum().backward();
      return (embedding.weight.grad as Tensor).clone().cpu();
    };
    const ofPicked = await gradient(embedding.forward(index));
    const alike = equal(ofPicked, await gradient(matmul(hot, embedding.weight)));
    claim("and so do the gradients", alike, true, alike);
    claim("numbers a word: one-hot, embedding", [known.length, 5], "fewer", known.length > 5);

    // learnt to name a word's neighbours, the rows say what words have in common
    const [centre, neighbour] = pairs(codes);
    const model = new Sequential(embedding, new Linear(5, known.length));
    await fit(model, [[centre, neighbour] as const], {
      loss: (model, [x, y]) => crossEntropy(model.forward(x), y),
      optimizer: new Adam(model.parameters(), { lr: 0.05 }),
      steps: flags.steps,
    });
    const learnt = similarities(await embedding.weight.detach().cpu(), known);
    const animals = learnt("cat", "dog");
    const machines = learnt("car", "truck");
    const mixed = Math.max(learnt("cat", "car"), learnt("cat", "truck"), learnt("dog", "car"), learnt("dog", "truck"));
    log(`cat–dog ${animals.toFixed(2)}, car–truck ${machines.toFixed(2)}, animal–machine at most ${mixed.toFixed(2)}`);
    claim(
      "cat–dog and car–truck against animal–machine",
      [animals, machines, mixed],
      "both greater by .1",
      Math.min(animals, machines) >= mixed + 0.1,
    );
  },
};

export default example;

/** How alike the rows of two words are; of rows on the CPU, where a number can be read at once. */
function similarities(rows: Tensor, words: readonly string[]): (a: string, b: string) => number {
  return (a, b) => cosineSimilarity(rows.at(words.indexOf(a)), rows.at(words.indexOf(b)), { dim: 0 }).item();
}

/** Each word with those up to two places before and after it. */
function pairs(index: readonly number[]): [Tensor, Tensor] {
  const found = index.flatMap((centre, i) =>
    [-2, -1, 1, 2].flatMap((step) => {
      const neighbour = index[i + step];
      return neighbour === undefined ? [] : [[centre, neighbour] as const];
    }),
  );
  const [centres, neighbours] = [found.map(([centre]) => centre), found.map(([, neighbour]) => neighbour)];
  return [tensor(centres, { dtype: "int32" }), tensor(neighbours, { dtype: "int32" })];
}
