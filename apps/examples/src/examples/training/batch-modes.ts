import { noGrad } from "@dl/autograd";
import { Linear } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { scope } from "@dl/tensor";
import { type Callback, fit } from "@dl/train";
import { accuracyOn, digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Bilingual, Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { curves, inOrder } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly updates: number;
  readonly report: string;
}

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
  async run({ seed, flags, log, progress, metric, claim, claimEach }) {
    const { train, test } = await digits();
    const some = firstOf(train, 1000);
    const x = rows(some.images);
    const drawn: (readonly number[])[] = [];
    const learn = async (name: string, batchSize: number): Promise<Figures[]> => {
      const runs = await perSeed(seed, flags.seeds, async (each) => {
        const model = new Linear(784, 10);
        const label = `${name}, seed ${each}`;
        const bar = progress(flags.updates, { label, unit: "updates" });
        const losses: number[] = [];
        // after each update the loss on all 1,000: what the single batches do to the whole
        const watch: Callback = {
          async afterStep({ step, loss }) {
            losses.push(await scope(() => noGrad(() => crossEntropy(model.forward(x), some.labels))).itemAsync());
            bar.update(step, { loss });
          },
        };
        await fit(model, shuffled(some, batchSize), {
          loss: (model, [images, labels]) => crossEntropy(model.forward(rows(images)), labels),
          optimizer: new SGD(model.parameters(), { lr: 0.05 }),
          steps: flags.updates,
          callbacks: [watch],
        });
        bar.stop();
        const accuracy = await accuracyOn(model, test);
        metric(`${label}: training loss, test`, accuracy, `${losses.at(-1)?.toFixed(3)} ${accuracy.toFixed(3)}`);
        return losses;
      });
      drawn.push(runs[0] as number[]);
      return runs.map((losses) => figuresOf(losses.slice(100)));
    };
    const single = await learn("SGD, 1 image", 1);
    const mini = await learn("mini-batch, 50", 50);
    const full = await learn("full batch, 1,000", 1000);
    const rising = (runs: readonly Figures[]): number[] => runs.map((run) => run.rising);
    const spreads = (runs: readonly Figures[]): number[] => runs.map((run) => run.spread);
    claimEach("updates that raise the loss, one image", rising(single), "≥ .35", (share) => share >= 0.35, 2);
    claimEach("… 50 images", rising(mini), ".03–.3", (share) => share >= 0.03 && share <= 0.3, 2);
    claimEach("… all images", rising(full), 0, (share) => share === 0, 2);
    const larger = single.every((run, i) => run.spread >= 10 * (mini[i] as Figures).spread);
    const shown = [single, mini].map((runs) => span(spreads(runs), 4)).join(", ");
    claim("spread of the change, one image against 50", shown, "≥ 10 ×", larger);
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
  const middle = mean(changes);
  return {
    rising: changes.filter((each) => each > 0).length / changes.length,
    spread: Math.sqrt(mean(changes.map((each) => (each - middle) ** 2))),
  };
}

function draw(path: string, [single = [], mini = [], full = []]: readonly (readonly number[])[]): string {
  const against = (name: Bilingual, losses: readonly number[]) =>
    curves({
      heading: { en: `${name.en} against all`, ja: `${name.ja}と全部` },
      note: { en: "A pale band from the least to the greatest.", ja: "淡い帯は最小から最大まで。" },
      lines: [
        { name, points: inOrder(losses) },
        { name: { en: "all", ja: "全部" }, points: inOrder(full) },
      ],
      x: "update",
    });
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The loss on all 1,000 images after each update. One image points only roughly downhill; all of them point straight.",
      ja: "更新ごとに 1,000 枚全体の損失を測ります。1 枚の勾配は大まかで、全部の勾配はまっすぐ下へ向かいます。",
    },
    sections: [against({ en: "50 images", ja: "50 枚" }, mini), against({ en: "one image", ja: "1 枚" }, single)],
    data: { en: "MNIST, the first 1,000 images", ja: "MNIST の最初の 1,000 枚" },
  });
}
