import { noGrad } from "@dl/autograd";
import { Linear, type Module, ReLU, Sequential, Tanh } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { linspace, manualSeed, sin, step, type Tensor } from "@dl/tensor";
import { fit, progressBar } from "@dl/train";
import type { Context, Example } from "../../example.ts";
import { seedsFrom, short } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";

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
    const fits = new Map<string, Fitted[]>();
    const errors = async (name: string, target: (x: Tensor) => Tensor, activation: () => Module): Promise<number[]> => {
      const found: number[] = [];
      for (const width of widths) {
        const runs = await fitted(`${name}, width ${width}`, target, activation, width, context);
        fits.set(`${name} ${width}`, runs);
        found.push(mean(runs.map(({ error }) => error)));
        const between = mean(runs.map(({ between }) => between));
        metric(
          `${name}, width ${width}: error, between the points`,
          between,
          `${short(found.at(-1) as number)} ${short(between)}`,
        );
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
    claim(
      "step: error of width 16 against 4",
      (jump[1] as number) / (jump[0] as number),
      "< 1",
      (jump[1] as number) < (jump[0] as number),
    );
    const stays = (jump.at(-1) as number) / (jump[1] as number);
    claim("step: error of the widest against 16", stays, "> .5", stays > 0.5);
    if (!quick) {
      const smooth = await errors("sin, tanh", sin, () => new Tanh());
      log(`tanh: ${widths.map((width, i) => `${width} ${short(smooth[i] as number)}`).join(", ")}`);
    }
    log(`report: ${draw(flags.report, fits)}`);
  },
};

export default example;

interface Fitted {
  /** Root of the mean squared error on the 256 points, and on 255 points between them. */
  readonly error: number;
  readonly between: number;
  readonly points: readonly (readonly [number, number])[];
}

async function fitted(
  name: string,
  target: (x: Tensor) => Tensor,
  activation: () => Module,
  width: number,
  { seed, flags, progress }: Context<Values>,
): Promise<Fitted[]> {
  const x = linspace(-Math.PI, Math.PI, 256).unsqueeze(1);
  const y = target(x);
  const half = Math.PI / 255;
  const gaps = linspace(-Math.PI + half, Math.PI - half, 255).unsqueeze(1);
  const runs: Fitted[] = [];
  for (const each of seedsFrom(seed, flags.seeds)) {
    manualSeed(each);
    const model = new Sequential(new Linear(1, width), activation(), new Linear(width, 1));
    const optimizer = new Adam(model.parameters(), { lr: 0.01 });
    await fit(model, [x], {
      loss: (model, x) => mseLoss(model.forward(x), y),
      optimizer,
      scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: flags.steps }),
      steps: flags.steps,
      every: flags.steps,
      callbacks: [
        progressBar({ display: (total) => progress(total, { label: `${name}, seed ${each}`, unit: "steps" }) }),
      ],
    });
    const root = async (x: Tensor): Promise<number> =>
      Math.sqrt(await noGrad(() => mseLoss(model.forward(x), target(x))).itemAsync());
    const [xs, ys] = [await x.read(), await noGrad(() => model.forward(x)).read()];
    runs.push({
      error: await root(x),
      between: await root(gaps),
      points: Array.from(xs, (x, i) => [x, ys[i] as number]),
    });
  }
  return runs;
}

function draw(path: string, fits: ReadonlyMap<string, readonly Fitted[]>): string {
  const line = (key: string): readonly (readonly [number, number])[] => fits.get(key)?.[0]?.points ?? [];
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "One hidden layer of ReLUs draws straight pieces. More units, more pieces: the curve is met ever closer, the jump never.",
      ja: "隠れ層 1 つの ReLU は折れ線を描きます。ユニットが増えるほど曲線に近づきますが、跳びには届きません。",
    },
    highlights: [],
    summary: [],
    sections: (["sin", "step"] as const).map((target) =>
      curves({
        heading: { en: target === "sin" ? "sine" : "a jump", ja: target === "sin" ? "サイン" : "段差" },
        note: { en: "What 4 units and 64 units learnt.", ja: "4 ユニットと 64 ユニットが学んだ関数。" },
        lines: [
          { name: { en: "4 units", ja: "4 ユニット" }, points: line(`${target}, ReLU 4`) },
          { name: { en: "64 units", ja: "64 ユニット" }, points: line(`${target}, ReLU 64`) },
        ],
        x: "x",
      }),
    ),
    data: { en: "None: 256 points of the function.", ja: "なし (関数の 256 点)。" },
  });
}
