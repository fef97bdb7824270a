import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { manualSeed, type Tensor } from "@dl/tensor";
import { findLearningRate, fit, progressBar } from "@dl/train";
import { accuracyOn, digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, short, span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { courseNet } from "../../nets.ts";
import { curves, inOrder } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly report: string;
}

type Zone = "too slow" | "learns" | "diverges";

const rates = [1e-4, 1e-3, 1e-2, 1e-1, 1, 10] as const;
const order: readonly Zone[] = ["too slow", "learns", "diverges"];

/** A model that knows nothing gives every digit a tenth. */
const clueless = Math.log(10);

const example: Example<Values> = {
  name: "learning-rates",
  title: { ja: "学習率: 小さすぎる・ちょうどよい・大きすぎる", en: "Learning rates: too small, right, too large" },
  ids: ["TRAIN10"],
  seconds: 20,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(300, "batches of 100 images", { min: 100 }),
    report: file("reports/learning-rates.html", "where to draw the losses"),
  },
  quick: { seeds: 1, steps: 150 },
  async run({ seed, flags, log, progress, metric, claim }) {
    const { train, test } = await digits();
    const drawn: (readonly number[])[] = [];
    const suggestions = await perSeed(seed, flags.seeds, async (each) => {
      const zones: Zone[] = [];
      for (const lr of rates) {
        manualSeed(each);
        const model = net();
        const label = `lr ${lr}, seed ${each}`;
        const losses: number[] = [];
        await fit(model, shuffled(train, 100), {
          loss: lossOf,
          optimizer: new SGD(model.parameters(), { lr }),
          steps: flags.steps,
          callbacks: [
            { afterStep: ({ loss }) => void losses.push(loss) },
            progressBar({ display: (total) => progress(total, { label, unit: "steps" }) }),
          ],
        });
        zones.push(zoneOf(losses));
        const [end, accuracy] = [mean(losses.slice(-20)), await accuracyOn(model, firstOf(test, 2000))];
        metric(`${label}: training loss, test accuracy`, accuracy, `${short(end)} ${short(accuracy)}`);
        if (each === seed) drawn.push(losses);
      }
      const rising = zones.every((zone, i) => i === 0 || order.indexOf(zone) >= order.indexOf(zones[i - 1] as Zone));
      const three = zones[0] === "too slow" && zones.includes("learns") && zones.at(-1) === "diverges";
      claim(`seed ${each}: zones from lr .0001 to 10`, zones.join(", "), "slow, learns, diverges", rising && three);

      // the same in one run: a rate that grows with each step, and where the loss falls fastest
      manualSeed(each);
      const model = net();
      const optimizer = new SGD(model.parameters(), { lr: 1 });
      const range = { from: 1e-4, to: 100, steps: 100 };
      const { suggested } = await findLearningRate(model, shuffled(train, 100), { loss: lossOf, optimizer, ...range });
      const good = rates.filter((_, i) => zones[i] === "learns");
      const [least, most] = [Math.min(...good) / Math.sqrt(10), Math.max(...good) * Math.sqrt(10)];
      const within = `${short(least)}–${short(most)}`;
      claim(`seed ${each}: findLearningRate suggests`, suggested, within, suggested >= least && suggested <= most);
      return suggested;
    });
    log(`findLearningRate suggests ${span(suggestions)}`);
    log(`report: ${draw(flags.report, drawn)}`);
  },
};

export default example;

const net = () => courseNet({ activation: "relu", spread: "he", hidden: [100] });

const lossOf = (model: ReturnType<typeof net>, [images, labels]: [Tensor, Tensor]): Tensor =>
  crossEntropy(model.forward(rows(images)), labels);

/** Diverges: the loss shoots up, or is no number. Too slow: at the end less than half of the way is done. */
function zoneOf(losses: readonly number[]): Zone {
  if (!(Math.max(...losses) < 10 * clueless)) return "diverges";
  return mean(losses.slice(-20)) > clueless / 2 ? "too slow" : "learns";
}

function draw(path: string, drawn: readonly (readonly number[])[]): string {
  const line = (i: number) => ({
    name: { en: `lr ${rates[i]}`, ja: "" },
    points: inOrder(drawn[i] ?? []),
  });
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The training loss of 784-100-10, plain SGD. The notes list the large rate twice; the second, a slow one that may stay in a local minimum, is the small rate.",
      ja: "784-100-10 を SGD で学習したときの訓練損失。資料では「学習率が大きい場合」が 2 回ありますが、2 つ目（遅い・局所解に留まる）は「小さい場合」の誤記です。",
    },
    sections: [
      [0, 1],
      [2, 3],
      [4, 5],
    ].map((pair) =>
      curves({
        heading: {
          en: `lr ${pair.map((i) => rates[i]).join(" and ")}`,
          ja: `学習率 ${pair.map((i) => rates[i]).join(" と ")}`,
        },
        note: { en: "ln 10 ≈ 2.303 is the loss of knowing nothing.", ja: "何も知らないときの損失は ln 10 ≈ 2.303。" },
        lines: pair.map(line),
        x: "step",
        y: { type: "log" },
      }),
    ),
    data: { en: "MNIST", ja: "MNIST" },
  });
}
