import { type Tensor, tensor, useDevice } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves, inOrder } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { marks, methods } from "./_methods.ts";
import { type Point, walk } from "./_walk.ts";

const example: Example<{ readonly report: string }> = {
  name: "optimizers",
  title: { ja: "最適化手法の軌跡: 細長い谷を下る", en: "Optimizers: their ways down a narrow valley" },
  ids: ["TRAIN3", "TRAIN4", "TRAIN5", "TRAIN6", "TRAIN7", "TRAIN8", "TRAIN9"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/optimizers.html", "where to draw the heights") },
  async run({ flags, log, metric, claim }) {
    // float64, which GPUs lack
    await useDevice("cpu");
    // twenty times as steep across as along: SGD swings across, momentum gathers speed along, the adaptive ones
    // divide each direction by how steep it has been
    const ways: Record<string, readonly Point[]> = {};
    for (const { name, make, pytorch } of methods) {
      const way = await walk(valley, [-7, 2], 100, make);
      ways[name] = way;
      const there = marks.flatMap((step) => way[step - 1] as Point);
      const off = Math.max(...there.map((value, k) => Math.abs(value - (pytorch[k] as number))));
      claim(`${name}: off PyTorch's way, at most`, off, "≤ 1e-6", off <= 1e-6);
      const height = heightOf(way.at(-1) as Point);
      metric(`${name}: height after 100 steps`, height, height.toExponential(1));
    }
    log(`report: ${draw(flags.report, ways)}`);
  },
};

export default example;

/** x²/20 + y², by a point `[2]`. */
const valley = (p: Tensor): Tensor =>
  p
    .square()
    .mul(tensor([1 / 20, 1], { dtype: "float64" }))
    .sum();

const heightOf = ([x, y]: Point): number => x ** 2 / 20 + y ** 2;

function draw(path: string, ways: Readonly<Record<string, readonly Point[]>>): string {
  const pairs = [
    ["SGD", "Momentum"],
    ["AdaGrad", "RMSProp"],
    ["Adam", "Nadam"],
    ["Adamax", "Adadelta"],
  ] as const;
  const lineOf = (name: string) => ({
    name: { en: name, ja: "" },
    points: inOrder((ways[name] ?? []).map((point) => heightOf(point) + 1e-12)),
  });
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The height x²/20 + y² on the way from (−7, 2). RMSProp keeps a fading mean of squared gradients; AdaGrad adds all of them up, so its steps only get shorter.",
      ja: "(−7, 2) から出発したときの高さ x²/20 + y²。RMSProp が保持するのは過去の「学習率」ではなく、勾配の 2 乗の移動平均です。AdaGrad はすべてを足すので歩幅は縮む一方です。",
    },
    sections: pairs.map((pair) =>
      curves({
        heading: { en: pair.join(" and "), ja: pair.join(" と ") },
        note: { en: "Height after each step.", ja: "各ステップ後の高さ。" },
        lines: pair.map(lineOf),
        x: "step",
        y: { type: "log" },
      }),
    ),
    data: { en: "none: a function of two numbers", ja: "なし（2 変数の関数）" },
  });
}
