import { noGrad } from "@dl/autograd";
import { Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { crossEntropy, nllLoss } from "@dl/losses";
import { accuracy } from "@dl/metrics";
import { Adam } from "@dl/optim";
import { argmax, equal, logSoftmax, manualSeed, oneHot } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { irises, overFifths, type Parts, type Scores, type Table } from "./_tables.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const example: Example<Values> = {
  name: "iris",
  title: { ja: "多クラスの交差エントロピー: アヤメの分類", en: "Cross entropy for several classes: irises" },
  ids: ["LOSS3"],
  seconds: 3,
  data: "iris",
  flags: {
    seeds: integer(3, "how often all is repeated", { min: 1 }),
    steps: integer(300, "updates of the weights", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, metric, claim, claimEach }) {
    const table = irises();
    manualSeed(seed);
    const logits = noGrad(() => new Linear(4, 3).forward(table.x));
    const byIndex = await crossEntropy(logits, table.y).itemAsync();
    // a row with one 1 is a distribution that is sure of itself: the same loss
    const encoded = oneHot(table.y, { numClasses: 3 });
    const byOneHot = await crossEntropy(logits, encoded.to("float32")).itemAsync();
    claim("loss from one-hot rows and from indices", byOneHot, byIndex, Math.abs(byOneHot - byIndex) <= 1e-6);
    const inTwo = await nllLoss(logSoftmax(logits, { dim: 1 }), table.y).itemAsync();
    claim("… and in two steps, logSoftmax and nllLoss", inTwo, byIndex, Math.abs(inTwo - byIndex) <= 1e-6);
    const back = equal(await argmax(encoded, { dim: 1 }).cpu(), await table.y.cpu());
    claim("argmax undoes oneHot", back, true, back);

    // one layer is a straight line between any two species; a hidden layer may bend it
    const single = () => new Linear(4, 3);
    const hidden = () => new Sequential(new Linear(4, 16), new ReLU(), new Linear(16, 3));
    const seeds = seedsFrom(seed, flags.seeds);
    const learnt = async (name: string, make: () => Module): Promise<number[]> => {
      const { train, test } = await overFifths(table, seeds, (parts) => learn(make(), parts, flags.steps));
      metric(`${name}: accuracy on flowers learnt from, held out`, test[0] as number, `${span(train)} ${span(test)}`);
      return test;
    };
    await learnt("4-3", single);
    const test = await learnt("4-16-3", hidden);
    claimEach("4-16-3: accuracy on held-out flowers, five folds", test, "≥ .95", (share) => share >= 0.95);
  },
};

export default example;

async function learn(model: Module, { train, test }: Parts, steps: number): Promise<Scores> {
  await fit(model, [train], {
    loss: (model, { x, y }) => crossEntropy(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.01 }),
    steps,
  });
  const right = async ({ x, y }: Table): Promise<number> => {
    const scores = noGrad(() => model.forward(x));
    return accuracy(await scores.cpu(), await y.cpu());
  };
  return { train: await right(train), test: await right(test) };
}
