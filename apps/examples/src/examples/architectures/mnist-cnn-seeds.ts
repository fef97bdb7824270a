import { crossEntropy } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { fit, progressBar } from "@dl/train";
import { accuracyOn, digits, firstOf, pictures, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { digitCnn } from "../../nets.ts";

interface Values {
  readonly seeds: number;
  readonly epochs: number;
  readonly images: number;
}

const example: Example<Values> = {
  name: "mnist-cnn-seeds",
  title: {
    ja: "同じ CNN を乱数を変えて: 99.2 % は偶然ではない",
    en: "The same CNN from other seeds: 99.2 % is no accident",
  },
  ids: ["ARCH2"],
  seconds: 200,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    epochs: integer(3, "how often the training images are seen", { min: 1 }),
    images: integer(60_000, "training images", { min: 1000, max: 60_000 }),
  },
  quick: { seeds: 1, epochs: 1, images: 12_000 },
  async run({ seed, flags, quick, progress, metric, claimEach, finding }) {
    const { train, test } = await digits();
    const some = firstOf(train, flags.images);
    const known = firstOf(train, Math.min(flags.images, 10_000));
    const accuracies = await perSeed(seed, flags.seeds, async (each) => {
      const model = digitCnn();
      const batches = shuffled(some, 64);
      const optimizer = new Adam(model.parameters(), { lr: 0.003 });
      const totalIters = flags.epochs * batches.length;
      const { history } = await fit(model, batches, {
        loss: (model, [images, labels]) => crossEntropy(model.forward(pictures(images)), labels),
        optimizer,
        scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters }),
        epochs: flags.epochs,
        callbacks: [progressBar({ display: (total) => progress(total, { label: `seed ${each}`, unit: "steps" }) })],
      });
      const [learnt, accuracy] = [await accuracyOn(model, known, pictures), await accuracyOn(model, test, pictures)];
      const shown = `${history.at(-1)?.loss.toFixed(4)} ${learnt.toFixed(4)} ${accuracy.toFixed(4)}`;
      metric(`seed ${each}: training loss, train, test`, accuracy, shown);
      return accuracy;
    });
    const limit = quick ? 0.97 : 0.992;
    claimEach("test accuracy", accuracies, `≥ ${limit}`, (accuracy) => accuracy >= limit, 4);
    finding({
      id: "ARCH2",
      described: { en: "a small CNN reads digits very well", ja: "小さな CNN でとても高い正解率" },
      measured: `${span(accuracies, 4)} (${flags.seeds} seeds)`,
      reference: ".9936–.9941, 59 CPU-s a run",
      criterion: "≥ .992",
      reproduced: accuracies.every((accuracy) => accuracy >= 0.992),
      ...(quick ? { why: "a fifth of the images, one epoch of three" } : {}),
    });
  },
};

export default example;
