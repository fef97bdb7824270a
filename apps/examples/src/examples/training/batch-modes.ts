import { noGrad } from "@dl/autograd";
import { Linear } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { manualSeed, scope } from "@dl/tensor";
import { fit } from "@dl/train";
import { accuracyOn, digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly updates: number;
  readonly report: string;
}

/** One sample, some, or all 1,000 for each update. */
const modes: readonly [name: string, batchSize: number][] = [
  ["SGD, 1 image", 1],
  ["mini-batch, 50", 50],
  ["full batch, 1,000", 1000],
];

const example: Example<Values> = {
  name: "batch-modes",
  title: { ja: "勾配降下法の 3 つの型: 1 枚・ミニバッチ・全部", en: "Gradient descent by one, by some, by all" },
  ids: ["TRAIN1", "PHEN12"],
  seconds: 15,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    updates: integer(600, "updates of the weights", { min: 200 }),
    report: file("reports/batch-modes.html", "where to draw the losses"),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, log, progress, metric, claim }) {
    const { train, test } = await digits();
    const some = firstOf(train, 1000);
    const x = rows(some.images);
    const results: Figures[][] = [];
    const drawn: (readonly number[])[] = [];
    for (const [name, batchSize] of modes) {
      const runs: Figures[] = [];
      for (const each of seedsFrom(seed, flags.seeds)) {
        manualSeed(each);
        const model = new Linear(784, 10);
        const bar = progress(flags.updates, { label: `${name}, seed ${each}`, unit: "updates" });
        // after each update the loss on all 1,000: what the single batches do to the whole
        const losses: number[] = [];
        await fit(model, shuffled(some, batchSize), {
          loss: (model, [images, labels]) => crossEntropy(model.forward(rows(images)), labels),
          optimizer: new SGD(model.parameters(), { lr: 0.05 }),
          steps: flags.updates,
          callbacks: [
            {
              async afterStep({ step, loss }) {
                const whole = scope(() => noGrad(() => crossEntropy(model.forward(x), some.labels)));
                losses.push(await whole.itemAsync());
                bar.update(step, { loss });
              },
            },
          ],
        });
        bar.stop();
        const accuracy = await accuracyOn(model, test);
        metric(
          `${name}, seed ${each}: training loss, test`,
          accuracy,
          `${losses.at(-1)?.toFixed(3)} ${accuracy.toFixed(3)}`,
        );
        runs.push(figuresOf(losses.slice(100)));
        if (each === seed) drawn.push(losses);
      }
      results.push(runs);
    }
    const [single, mini, full] = results as [Figures[], Figures[], Figures[]];
    const rising = (runs: readonly Figures[]): string =>
      span(
        runs.map((run) => run.rising),
        2,
      );
    const spread = (runs: readonly Figures[]): string =>
      span(
        runs.map((run) => run.spread),
        4,
      );
    claim(
      "updates that raise the loss, one image",
      rising(single),
      "≥ .35",
      single.every((run) => run.rising >= 0.35),
    );
    claim(
      "… 50 images",
      rising(mini),
      ".03–.3",
      mini.every((run) => run.rising >= 0.03 && run.rising <= 0.3),
    );
    claim(
      "… all images",
      rising(full),
      0,
      full.every((run) => run.rising === 0),
    );
    const larger = single.every((run, i) => run.spread >= 10 * (mini[i] as Figures).spread);
    claim("spread of the change, one image against 50", `${spread(single)}, ${spread(mini)}`, "≥ 10 ×", larger);
    log(`report: ${draw(flags.report, drawn)}`);
  },
};

export default example;

interface Figures {
  /** Share of updates after which the loss is higher. */
  readonly rising: number;
  /** Standard deviation of the change of the loss. */
  readonly spread: number;
}

function figuresOf(losses: readonly number[]): Figures {
  const changes = losses.slice(1).map((loss, i) => loss - (losses[i] as number));
  const mean = changes.reduce((sum, each) => sum + each, 0) / changes.length;
  return {
    rising: changes.filter((each) => each > 0).length / changes.length,
    spread: Math.sqrt(changes.reduce((sum, each) => sum + (each - mean) ** 2, 0) / changes.length),
  };
}

function draw(path: string, losses: readonly (readonly number[])[]): string {
  const points = (values: readonly number[]): [number, number][] => values.map((value, i) => [i + 1, value]);
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The loss on all 1,000 images after each update. One image points only roughly downhill; all of them point straight.",
      ja: "更新ごとに 1,000 枚全体の損失を測ります。1 枚の勾配は大まかで、全部の勾配はまっすぐ下へ向かいます。",
    },
    highlights: [],
    summary: [],
    sections: [1, 0].map((other) =>
      curves({
        heading: { en: `${modes[other]?.[0]} against all`, ja: other === 0 ? "1 枚と全部" : "ミニバッチと全部" },
        note: { en: "A pale band from the least to the greatest.", ja: "淡い帯は最小から最大まで。" },
        lines: [
          {
            name: { en: `${modes[other]?.[0]}`, ja: other === 0 ? "1 枚" : "50 枚" },
            points: points(losses[other] ?? []),
          },
          { name: { en: "all", ja: "全部" }, points: points(losses[2] ?? []) },
        ],
        x: "update",
      }),
    ),
    data: { en: "MNIST, the first 1,000 images", ja: "MNIST の最初の 1,000 枚" },
  });
}
