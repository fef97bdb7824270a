import { digits } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { type Overfitted, overfit, tests, trains } from "./_overfitting.ts";
import { drawLooks } from "./_report.ts";

interface Values {
  readonly seeds: number;
  readonly report: string;
}

const described = {
  en: "six hidden layers and 300 images: training ~1.0, test ~.7",
  ja: "6 層の隠れ層と 300 枚の画像: 訓練 ~1.0、テスト ~0.7",
};

const example: Example<Values> = {
  name: "exp14-overfitting",
  title: { ja: "過学習", en: "Overfitting" },
  ids: ["EXP14", "PHEN6"],
  seconds: 15,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    report: file("reports/exp14-overfitting.html", "where to draw the curves"),
  },
  quick: { seeds: 1 },
  async run(context) {
    const runs = await overfit("EXP14", {}, await digits(), context);
    context.finding({
      id: "EXP14",
      described,
      measured: `train ${span(trains(runs))}, test ${span(tests(runs))}`,
      reference: "train 1.000, test .750–.772",
      criterion: "train ≥ .99, gap ≥ .18, test .7–.82",
      reproduced: runs.every(({ train, test }) => train >= 0.99 && train - test >= 0.18 && test >= 0.7 && test <= 0.82),
    });
    const looks = new Map([["EXP14", (runs[0] as Overfitted).looks]]);
    const page = { title: example.title, lead, lines: ["train", "test"] } as const;
    context.log(`report: ${drawLooks(context.flags.report, page, [{ id: "EXP14", described }], looks)}`);
  },
};

const lead = {
  en: "The network has weights enough to know 300 digits by heart. New digits it reads worse: it has not learnt what makes a digit.",
  ja: "重みが十分に多いので 300 枚を丸暗記してしまい、見たことのない数字は読み間違えます。",
};

export default example;
