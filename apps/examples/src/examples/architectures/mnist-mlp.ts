import { Linear, ReLU, Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { fit, progressBar, type Record } from "@dl/train";
import { accuracyOn, digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly epochs: number;
  readonly report: string;
}

/** 784 pixels, two hidden layers, 10 digits: what every pixel says to every unit, and nothing of where it lies. */
const mlp = (): Sequential =>
  new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10));

const example: Example<Values> = {
  name: "mnist-mlp",
  title: { ja: "全結合だけで手書き数字を 98 % 読む", en: "Fully connected layers alone read digits to 98 %" },
  ids: ["ARCH1"],
  seconds: 60,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    epochs: integer(8, "how often all 60,000 images are seen", { min: 1 }),
    report: file("reports/mnist-mlp.html", "where to draw the accuracies"),
  },
  quick: { seeds: 1, epochs: 2 },
  async run({ seed, flags, quick, log, progress, metric, claimEach, finding }) {
    const { train, test } = await digits();
    const known = firstOf(train, 10_000);
    const start = performance.now();
    const histories = await perSeed(seed, flags.seeds, async (each) => {
      const model = mlp();
      const batches = shuffled(train, 128);
      const optimizer = new Adam(model.parameters(), { lr: 0.002 });
      const totalIters = flags.epochs * batches.length;
      const { history } = await fit(model, batches, {
        loss: (model, [images, labels]) => crossEntropy(model.forward(rows(images)), labels),
        optimizer,
        // in a straight line to 0: long steps at first, fine ones at the end
        scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters }),
        epochs: flags.epochs,
        validate: async (model) => ({ train: await accuracyOn(model, known), test: await accuracyOn(model, test) }),
        callbacks: [progressBar({ display: (total) => progress(total, { label: `seed ${each}`, unit: "steps" }) })],
      });
      const { loss, train: learnt = NaN, test: accuracy = NaN } = history.at(-1) as Record;
      const shown = `${loss.toFixed(4)} ${learnt.toFixed(4)} ${accuracy.toFixed(4)}`;
      metric(`seed ${each}: training loss, train, test`, accuracy, shown);
      return history;
    });
    const seconds = (performance.now() - start) / 1000 / flags.seeds;
    const accuracies = histories.map((history) => history.at(-1)?.["test"] ?? NaN);
    metric("seconds of a run", seconds, seconds.toFixed(1));
    const limit = quick ? 0.96 : 0.98;
    claimEach("test accuracy", accuracies, `≥ ${limit}`, (accuracy) => accuracy >= limit, 4);
    finding({
      id: "ARCH1",
      described: { en: "a deep network reads digits", ja: "DNN で手書き数字を認識できる" },
      measured: `${span(accuracies, 4)}, ${seconds.toFixed(0)} s a run`,
      reference: ".9820–.9834, 10 CPU-s",
      criterion: "≥ .98 in under 60 s",
      reproduced: accuracies.every((accuracy) => accuracy >= 0.98) && seconds < 60,
      ...(quick ? { why: "two epochs of eight" } : {}),
    });
    log(`report: ${draw(flags.report, histories[0] ?? [], accuracies)}`);
  },
};

export default example;

function draw(path: string, history: readonly Record[], accuracies: readonly number[]): string {
  const line = (name: "train" | "test") => history.map((record) => [record.epoch, record[name] as number] as const);
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "784-256-128-10 with ReLU, Adam, batches of 128; the learning rate falls from .002 to 0.",
      ja: "784-256-128-10、ReLU、Adam、バッチ 128。学習率は .002 から 0 へ直線的に下げます。",
    },
    highlights: [
      {
        name: { en: "worst test accuracy", ja: "テスト正解率（最低）" },
        value: `${(100 * Math.min(...accuracies)).toFixed(2)} %`,
      },
    ],
    summary: [[{ en: "runs", ja: "回数" }, `${accuracies.length}: ${span(accuracies, 4)}`]],
    sections: [
      curves({
        heading: { en: "Digits that are read right", ja: "正解率" },
        note: {
          en: "In the end it hardly makes a mistake on 10,000 of its training images, and few on images it has never seen.",
          ja: "訓練画像のうち 10,000 枚では最後に誤りがほぼなくなり、初めて見る画像でも誤りはわずかです。",
        },
        lines: [
          { name: { en: "training", ja: "訓練" }, points: line("train") },
          { name: { en: "test", ja: "テスト" }, points: line("test") },
        ],
        x: "epoch",
        y: { percent: true },
      }),
    ],
    data: { en: "MNIST, the official 10,000 to test with", ja: "MNIST（公式のテスト 10,000 枚で評価）" },
  });
}
