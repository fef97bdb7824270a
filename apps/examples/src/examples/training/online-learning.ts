import { Linear } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { argmax, memoryStats, narrow, randperm, scope, type Tensor, useDevice } from "@dl/tensor";
import { type Callback, fit } from "@dl/train";
import { accuracyOn, type Digits, digits, rows } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, short } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly digits: number;
  readonly report: string;
}

const example: Example<Values> = {
  name: "online-learning",
  title: {
    ja: "オンライン学習（都度更新）: 流れてくるデータから",
    en: "Online learning: one digit at a time, as they come",
  },
  ids: ["TRAIN2"],
  seconds: 4,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    digits: integer(5000, "digits that come by", { min: 1000 }),
    report: file("reports/online-learning.html", "where to draw the accuracy"),
  },
  quick: { seeds: 1, digits: 2000 },
  async run({ seed, flags, log, progress, metric, claim, claimEach }) {
    // WebAssembly memory is counted byte by byte
    await useDevice("wasm");
    const { train, test: unseen } = await digits();
    const runs = await perSeed(seed, flags.seeds, async (each) => {
      const model = new Linear(784, 10);
      const bar = progress(flags.digits, { label: `seed ${each}`, unit: "digits" });
      // each digit is guessed first and learnt from afterwards: every guess is an honest test
      const right: number[] = [];
      const held: number[] = [];
      const watch: Callback = {
        afterStep({ step, loss }) {
          held.push(memoryStats()?.live ?? Number.NaN);
          bar.update(step, { loss });
        },
      };
      await fit(model, stream(train), {
        loss(model, [image, label]) {
          const scores = model.forward(rows(image));
          right.push(argmax(scores.detach(), { dim: 1 }).item() === label.item() ? 1 : 0);
          return crossEntropy(scores, label);
        },
        optimizer: new SGD(model.parameters(), { lr: 0.01 }),
        steps: flags.digits,
        callbacks: [watch],
      });
      bar.stop();
      const [late, test] = [mean(right.slice(-500)), await accuracyOn(model, unseen)];
      metric(`seed ${each}: last 500 guesses, test`, test, `${short(late)} ${short(test)}`);
      const kept = (held.at(-1) as number) - (held[100] as number);
      return { right, gain: late / mean(right.slice(0, 200)), test, kept };
    });
    const gains = runs.map(({ gain }) => gain);
    claimEach("right among the last 500 by the first 200", gains, "≥ 1.2", (gain) => gain >= 1.2, 2);
    const tested = runs.map(({ test }) => test);
    claimEach("test accuracy", tested, "≥ .8", (each) => each >= 0.8);
    // nothing of a digit is kept once it has gone by
    const grown = Math.max(...runs.map(({ kept }) => kept));
    claim("bytes held after the last digit, more than after the hundredth", grown, 0, grown <= 0);
    log(`report: ${draw(flags.report, runs[0]?.right ?? [])}`);
  },
};

export default example;

/** Digits one by one, each with its label, without end. */
async function* stream({ images, labels }: Digits): AsyncGenerator<[image: Tensor, label: Tensor]> {
  for (;;) {
    const order = scope(() => randperm(labels.size).toArray());
    for (const i of order) {
      const batch: [Tensor, Tensor] = [narrow(images, 0, Number(i), 1), narrow(labels, 0, Number(i), 1)];
      yield batch;
    }
  }
}

function draw(path: string, right: readonly number[]): string {
  const window = 100;
  const points = Array.from(
    { length: Math.floor(right.length / window) },
    (_, i) => [(i + 1) * window, mean(right.slice(i * window, (i + 1) * window))] as const,
  );
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Every digit is guessed, then learnt from, then forgotten: the model keeps up with a stream of any length.",
      ja: "1 枚ごとに、まず当ててみて、次に学習し、捨てます。どれだけ長く流れてきても、メモリは増えません。",
    },
    sections: [
      curves({
        heading: { en: "Right guesses, by hundreds", ja: "100 枚ごとの正解率" },
        note: { en: "Guessed before it was learnt from.", ja: "学習する前に当てた割合。" },
        lines: [{ name: { en: "right", ja: "正解率" }, points }],
        x: "digits seen",
        y: { domain: [0, 1], percent: true },
      }),
    ],
    data: { en: "MNIST, one digit at a time", ja: "MNIST を 1 枚ずつ" },
  });
}
