import type { Module } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { abs, lt, scope } from "@dl/tensor";
import { fit, l1, l2, progressBar } from "@dl/train";
import { accuracyOn, digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, short } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { deepNet } from "../experiments/_overfitting.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

/** A penalty and its λ. L2 pulls a weight by its size, so ever less; L1 pulls small ones as hard as large ones. */
const penalties = [
  ["none", undefined],
  ["L2, λ .005", (model: Module) => l2(weightsOf(model), 0.005)],
  ["L1, λ .0001", (model: Module) => l1(weightsOf(model), 0.0001)],
] as const;

const example: Example<Values> = {
  name: "sparse-weights",
  title: { ja: "L1 正則化は重みを疎にする", en: "L1 makes weights sparse, L2 makes them small" },
  ids: ["TRAIN19"],
  seconds: 75,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(2000, "batches of 100 images", { min: 100 }),
  },
  quick: { seeds: 1, steps: 500 },
  async run({ seed, flags, quick, progress, metric, claimEach }) {
    const { train, test } = await digits();
    const few = firstOf(train, 300);
    const shares: number[][] = [];
    const accuracies: number[] = [];
    for (const [name, penalty] of penalties) {
      const found = await perSeed(seed, flags.seeds, async (each) => {
        const model = deepNet();
        const label = `${name}, seed ${each}`;
        await fit(model, shuffled(few, 100), {
          loss(model, [images, labels]) {
            const loss = crossEntropy(model.forward(rows(images)), labels);
            return penalty === undefined ? loss : loss.add(penalty(model));
          },
          optimizer: new SGD(model.parameters(), { lr: 0.1 }),
          steps: flags.steps,
          callbacks: [progressBar({ display: (total) => progress(total, { label, unit: "steps" }) })],
        });
        const [seen, unseen] = [await accuracyOn(model, few), await accuracyOn(model, test)];
        accuracies.push(seen);
        metric(`${label}: train, test`, unseen, `${short(seen)} ${short(unseen)}`);
        return shareBelow(model, 1e-3);
      });
      shares.push(found);
    }
    const [none, small, sparse] = shares as [number[], number[], number[]];
    const share = "share of weights below .001";
    const least = quick ? 0.03 : 0.15;
    claimEach("training accuracy of all", accuracies, 1, (each) => each === 1);
    claimEach(`no penalty: ${share}`, none, "≤ .02", (each) => each <= 0.02);
    claimEach(`L1: ${share}`, sparse, `≥ ${short(least)}`, (each) => each >= least);
    claimEach("… by that of L2", quotients(sparse, small), quick ? "≥ 2" : "≥ 4", (each) => each >= (quick ? 2 : 4), 1);
    claimEach("L2 by none", quotients(small, none), quick ? "≥ 1" : "≥ 1.5", (each) => each >= (quick ? 1 : 1.5), 2);
  },
};

export default example;

const quotients = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, i) => value / (b[i] as number));

const weightsOf = (model: Module) =>
  model.namedParameters().flatMap(([name, parameter]) => (name.endsWith("weight") ? [parameter] : []));

/** The share of all weights, biases aside, whose size is below `limit`. */
async function shareBelow(model: Module, limit: number): Promise<number> {
  const weights = weightsOf(model);
  const counts = await Promise.all(weights.map((w) => scope(() => lt(abs(w.detach()), limit).sum()).itemAsync()));
  return counts.reduce((sum, count) => sum + count) / weights.reduce((sum, { size }) => sum + size, 0);
}
