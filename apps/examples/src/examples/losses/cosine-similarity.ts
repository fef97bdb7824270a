import { Embedding } from "@dl/layers";
import { cosineEmbeddingLoss, cosineSimilarity, pairwiseDistance } from "@dl/losses";
import { Adam } from "@dl/optim";
import { manualSeed, max, rand, randn, scope, type Tensor, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { integer } from "../../flags.ts";

/** The first three are about one thing, the last three about another. */
const documents = [
  "the network learns the weights of its layers from data",
  "gradient descent changes the weights of a network",
  "a deep network has many layers and learns from much data",
  "the cat sleeps in the warm sun by the window",
  "a dog and a cat play in the garden in the sun",
  "in the morning the dog sleeps by the warm window",
];
const topic = (document: number): number => (document < 3 ? 0 : 1);
/** Words that say nothing about the topic. */
const skipped = new Set(["the", "a", "of", "its", "in", "by", "and", "from", "has"]);

const example: Example<{ readonly steps: number }> = {
  name: "cosine-similarity",
  title: { ja: "コサイン類似度: 文書の近さを測る", en: "Cosine similarity: how near two documents are" },
  ids: ["LOSS13"],
  seconds: 1,
  data: "none",
  flags: { steps: integer(200, "updates of the vectors that are learnt", { min: 1 }) },
  async run({ seed, flags, log, claim }) {
    const [from, to] = [tensor([1, 2, 1, 0, 1, 1], { shape: [3, 2] }), tensor([2, 4, 0, 5, -1, -1], { shape: [3, 2] })];
    const simple = Array.from(await cosineSimilarity(from, to).read());
    const near = simple.every((value, i) => Math.abs(value - ([1, 0, -1][i] as number)) <= 1e-6);
    claim("one direction, a right angle, opposite", simple, [1, 0, -1], near);

    // u·v / (‖u‖ ‖v‖): lengths cancel
    manualSeed(seed);
    const [u, v] = [randn([1000, 8]), randn([1000, 8])];
    const scales = (): Tensor => rand([1000, 1]).mul(100).add(0.01);
    const scaled = cosineSimilarity(u.mul(scales()), v.mul(scales()));
    const change = await max(cosineSimilarity(u, v).sub(scaled).abs()).itemAsync();
    claim("greatest change when 1,000 pairs are scaled by .01 to 100", change, "≤ 1e-6", change <= 1e-6);

    // documents as counts of their words
    const counts = counted(documents);
    const similar = await matrix(counts);
    for (const [i, row] of similar.entries()) log(`${row.map((each) => each.toFixed(2)).join(" ")}  ${documents[i]}`);
    const { within, across } = pairs(similar);
    const found = [Math.min(...within), Math.max(...across)] as const;
    claim("least similarity within a topic, greatest across", found, "first > second", found[0] > found[1]);
    const [long, once] = [counts.at("0:1").mul(10), counts.at("0:1")];
    const said = await cosineSimilarity(long, once).itemAsync();
    const distance = await pairwiseDistance(long, once).itemAsync();
    claim("a document said ten times over: similarity", said, 1, Math.abs(said - 1) <= 1e-6);
    claim("… and distance", distance, "> 20", distance > 20);

    // as a loss: vectors of one topic are drawn together, others pushed apart until their similarity is 0 or less
    const learnt = pairs(await matrix(learnVectors(flags.steps)));
    const [least, most] = [Math.min(...learnt.within), Math.max(...learnt.across)];
    claim("learnt vectors: least similarity within a topic", least, "≥ .95", least >= 0.95);
    claim("… greatest across", most, "≤ .05", most <= 0.05);
  },
};

export default example;

function counted(texts: readonly string[]): Tensor {
  const words = texts.map((text) => text.split(" ").filter((word) => !skipped.has(word)));
  const known = [...new Set(words.flat())];
  return tensor(words.map((each) => known.map((word) => each.filter((other) => other === word).length)));
}

/** The similarity of each row with each. */
async function matrix(rows: Tensor): Promise<number[][]> {
  const values = Array.from(await cosineSimilarity(rows.unsqueeze(1), rows.unsqueeze(0), { dim: 2 }).read());
  const size = documents.length;
  return Array.from({ length: size }, (_, i) => values.slice(i * size, (i + 1) * size));
}

function pairs(similar: readonly (readonly number[])[]): { readonly within: number[]; readonly across: number[] } {
  const all = similar.flatMap((row, i) =>
    row.slice(0, i).map((value, j) => ({ value, together: topic(i) === topic(j) })),
  );
  const of = (together: boolean): number[] =>
    all.filter((pair) => pair.together === together).map(({ value }) => value);
  return { within: of(true), across: of(false) };
}

/** A vector of four numbers for each document, learnt from nothing but which belong together. */
function learnVectors(steps: number): Tensor {
  const vectors = new Embedding(documents.length, 4);
  const places = documents.flatMap((_, i) => documents.slice(0, i).map((_, j) => [i, j] as const));
  const [first, second] = [places.map(([i]) => i), places.map(([, j]) => j)].map((side) =>
    tensor(side, { dtype: "int32" }),
  ) as [Tensor, Tensor];
  const together = tensor(places.map(([i, j]) => (topic(i) === topic(j) ? 1 : -1)));
  const optimizer = new Adam(vectors.parameters(), { lr: 0.05 });
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    scope(() => {
      cosineEmbeddingLoss(vectors.forward(first), vectors.forward(second), together).backward();
      optimizer.step();
    });
  }
  return vectors.weight.detach();
}
