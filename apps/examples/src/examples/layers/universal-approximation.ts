import { type Module, ReLU, Tanh } from "@dl/layers";
import { sin, step } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { short } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { type Fitted, fitted, type Target } from "./_fitted.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly report: string;
}

const example: Example<Values> = {
  name: "universal-approximation",
  title: { ja: "万能近似: 幅を広げれば何でも真似られるか", en: "Universal approximation: wider is closer" },
  ids: ["LAYER4"],
  seconds: 11,
  data: "none",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(3000, "updates of the weights", { min: 1 }),
    report: file("reports/universal-approximation.html", "where to draw the fits"),
  },
  quick: { seeds: 1, steps: 1000 },
  async run(context) {
    const { quick, flags, log, metric, claim } = context;
    // the theorem speaks of a width without end and of the best weights, not of those that are found: what is measured
    // here is both together, on 256 points of a known curve. All of the curve is given, so nothing is held out but the
    // points between
    const widths = quick ? [4, 16, 64] : [4, 16, 64, 256];
    const fits = new Map<string, Fitted>();
    const errors = async (name: string, target: Target, activation: () => Module): Promise<number[]> => {
      const found: number[] = [];
      for (const width of widths) {
        const task = `${name}, width ${width}`;
        const runs = await fitted(task, target, activation, width, context);
        fits.set(task, runs[0] as Fitted);
        const error = mean(runs.map(({ error }) => error));
        const between = mean(runs.map(({ between }) => between));
        metric(`${task}: error, between the points`, between, `${short(error)} ${short(between)}`);
        found.push(error);
      }
      return found;
    };

    const sine = await errors("sin, ReLU", sin, () => new ReLU());
    for (const [i, error] of sine.slice(1).entries()) {
      const ratio = error / (sine[i] as number);
      claim(`sin: error of width ${widths[i + 1]} against ${widths[i]}`, ratio, "≤ .5", ratio <= 0.5);
    }
    // a jump cannot be met by something continuous: beyond 16 units the error stays at the points beside it
    const jump = await errors("step, ReLU", step, () => new ReLU());
    const [coarse, finer] = jump as [number, number];
    claim("step: error of width 16 against 4", finer / coarse, "< 1", finer < coarse);
    const stays = (jump.at(-1) as number) / finer;
    claim("step: error of the widest against 16", stays, "> .5", stays > 0.5);
    if (!quick) {
      const smooth = await errors("sin, tanh", sin, () => new Tanh());
      log(`tanh: ${widths.map((width, i) => `${width} ${short(smooth[i] as number)}`).join(", ")}`);
    }
    log(`report: ${draw(flags.report, fits)}`);
  },
};

export default example;

function draw(path: string, fits: ReadonlyMap<string, Fitted>): string {
  const line = (name: string): Fitted["points"] => fits.get(name)?.points ?? [];
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "One hidden layer of ReLUs draws straight pieces. More units, more pieces: the curve is met ever closer, the jump never.",
      ja: "隠れ層 1 つの ReLU は折れ線を描きます。ユニットが増えるほど曲線に近づきますが、跳びには届きません。",
    },
    sections: (["sin", "step"] as const).map((target) =>
      curves({
        heading: target === "sin" ? { en: "sine", ja: "サイン" } : { en: "a jump", ja: "段差" },
        note: { en: "What 4 units and 64 units learnt.", ja: "4 ユニットと 64 ユニットが学んだ関数。" },
        lines: [
          { name: { en: "4 units", ja: "4 ユニット" }, points: line(`${target}, ReLU, width 4`) },
          { name: { en: "64 units", ja: "64 ユニット" }, points: line(`${target}, ReLU, width 64`) },
        ],
        x: "x",
      }),
    ),
    data: { en: "None: 256 points of the function.", ja: "なし (関数の 256 点)。" },
  });
}
