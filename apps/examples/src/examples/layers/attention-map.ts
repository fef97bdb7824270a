import { noGrad } from "@dl/autograd";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import {
  argmax,
  eq,
  flip,
  generateSquareSubsequentMask,
  manualSeed,
  max,
  mean,
  ones,
  randn,
  scaledDotProductAttention,
  type Tensor,
  tril,
} from "@dl/tensor";
import { fit, progressBar } from "@dl/train";
import type { Example } from "../../example.ts";
import { file, integer } from "../../flags.ts";
import { heatmap } from "../../report/heatmap.ts";
import { writeReport } from "../../report/report.ts";
import { compareSpeed } from "./_attention-speed.ts";
import { Attentive, batches, places, rowsOf } from "./_attentive.ts";

interface Values {
  readonly steps: number;
  readonly length: number;
  readonly report: string;
}

const example: Example<Values> = {
  name: "attention-map",
  title: { ja: "アテンション: どこを見ているか", en: "Attention: where it looks" },
  ids: ["LAYER16"],
  seconds: 4,
  data: "none",
  flags: {
    steps: integer(600, "batches of 64 rows", { min: 1 }),
    length: integer(256, "steps of the sequence whose time is taken", { min: 1 }),
    report: file("reports/attention-map.html", "where to draw the map"),
  },
  quick: { length: 64 },
  async run(context) {
    const { seed, flags, log, progress, claim } = context;
    manualSeed(seed);
    const x = randn([2, 6, 8]);
    const apart = async (name: string, found: Tensor, expected: Tensor): Promise<void> => {
      const most = await max(found.sub(expected).abs()).itemAsync();
      claim(`${name}: apart`, most, "≤ 1e-6", most <= 1e-6);
    };
    // a mask hides what is to come: three ways to say it, and the plain truth, a row that ends there
    const causal = scaledDotProductAttention(x, x, x, { isCausal: true });
    const seen = tril(ones([6, 6])).to("bool");
    await apart("a mask of booleans, and isCausal", scaledDotProductAttention(x, x, x, { attnMask: seen }), causal);
    const added = generateSquareSubsequentMask(6);
    await apart("a mask that is added, and isCausal", scaledDotProductAttention(x, x, x, { attnMask: added }), causal);
    const short = x.at(":", "0:3");
    const alone = scaledDotProductAttention(short, short, short).at(":", 2);
    await apart("the third of six with the mask, and of three without", causal.at(":", 2), alone);

    // told to say a row of symbols backwards, it learns for each place to look at the place opposite
    const model = new Attentive();
    await fit(model, batches(), {
      loss: (model, x) => crossEntropy(model.forward(x).flatten({ endDim: 1 }), flip(x, [1]).flatten()),
      optimizer: new Adam(model.parameters(), { lr: 0.003 }),
      steps: flags.steps,
      every: flags.steps,
      callbacks: [progressBar({ display: (total) => progress(total, { label: "backwards", unit: "steps" }) })],
    });
    model.eval();
    const test = rowsOf(500);
    const right = await noGrad(() => eq(argmax(model.forward(test), { dim: 2 }), flip(test, [1])).sum()).itemAsync();
    claim("symbols of new rows said backwards", right / test.size, "≥ .99", right / test.size >= 0.99);
    const weights = noGrad(() => mean(model.look(test).weights as Tensor, { dim: 0 }));
    const map = (await weights.cpu()).tolist() as number[][];
    for (const row of map) log(row.map((weight) => " ·░▒▓█"[Math.min(5, Math.floor(6 * weight))]).join(" "));
    const greatest = map.map((row) => row.indexOf(Math.max(...row)));
    const opposite = greatest.map((_, i) => places - 1 - i);
    claim("where each place looks most", greatest, opposite, String(greatest) === String(opposite));

    await compareSpeed(context);
    log(`report: ${draw(flags.report, map)}`);
  },
};

export default example;

function draw(path: string, map: readonly (readonly number[])[]): string {
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "The task was to say twelve symbols backwards. Nobody told the network where to look.",
      ja: "課題は 12 個の記号を逆順に言うこと。どこを見るかは教えていません。",
    },
    sections: [
      heatmap({
        heading: { en: "attention", ja: "アテンション" },
        note: {
          en: "Row: the place that is answered. Column: the place that is looked at. Means over 500 new rows.",
          ja: "行は答える位置、列は見ている位置。新しい 500 行の平均。",
        },
        values: map,
        x: "looked at 見る位置",
        y: "answered 答える位置",
      }),
    ],
    data: { en: "None: drawn at random.", ja: "なし (乱数)。" },
  });
}
