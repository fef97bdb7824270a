import type { Parameter } from "@dl/layers";
import { Adagrad, Adam, type Optimizer, RMSprop, SGD } from "@dl/optim";
import { digits } from "../../digits.ts";
import type { Example, Finding } from "../../example.ts";
import { span } from "../../figures.ts";
import { file, integer } from "../../flags.ts";
import type { Net } from "../../nets.ts";
import { drawLooks } from "./_report.ts";
import { type Look, learnCourse } from "./_setting.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly report: string;
}

interface Experiment extends Pick<Finding, "id" | "described" | "reference" | "criterion"> {
  readonly optimizer: (parameters: Parameter[]) => Optimizer;
  /** Seeds, where more than the others'. */
  readonly seeds?: number;
  readonly holds: (ends: readonly number[], adam: readonly number[]) => boolean;
}

/** Sigmoid units whose first weights are all small: hard to train. */
const net: Net = { activation: "sigmoid", spread: "gaussian" };
const smooth = { en: "smooth learning", ja: "滑らかに学習が進む" };
const learns = (ends: readonly number[]): boolean => ends.every((end) => end > 0.9);

/** Adam with the smaller rate comes before the larger one, which is compared with it. */
const experiments: readonly Experiment[] = [
  {
    id: "EXP8",
    optimizer: (parameters) => new SGD(parameters, { lr: 0.01 }),
    described: { en: "SGD does not progress", ja: "SGD では学習が進まない" },
    reference: ".1135",
    criterion: "≤ .15",
    holds: (ends) => ends.every((end) => end <= 0.15),
  },
  {
    id: "EXP9",
    optimizer: (parameters) => new SGD(parameters, { lr: 0.3, momentum: 0.9 }),
    described: { en: `Momentum: ${smooth.en}`, ja: `Momentum: ${smooth.ja}` },
    reference: ".930–.937 (lr .3; lr .1 only .60–.66)",
    criterion: "> .9",
    holds: learns,
  },
  {
    id: "EXP10",
    optimizer: (parameters) => new Adagrad(parameters, { lr: 0.1 }),
    described: { en: `AdaGrad: ${smooth.en}`, ja: `AdaGrad: ${smooth.ja}` },
    reference: ".937–.942 (lr .1; lr .01 only .38–.57)",
    criterion: "> .9",
    holds: learns,
  },
  {
    id: "EXP11",
    optimizer: (parameters) => new RMSprop(parameters, { lr: 0.01, alpha: 0.99 }),
    described: { en: `RMSProp: ${smooth.en}`, ja: `RMSProp: ${smooth.ja}` },
    reference: ".945–.950",
    criterion: "> .9",
    holds: learns,
  },
  {
    id: "EXP12",
    optimizer: (parameters) => new Adam(parameters, { lr: 0.01 }),
    described: { en: `Adam: ${smooth.en}`, ja: `Adam: ${smooth.ja}` },
    reference: ".938–.948",
    criterion: "> .9",
    holds: learns,
  },
  {
    id: "EXP13",
    optimizer: (parameters) => new Adam(parameters, { lr: 0.1 }),
    seeds: 10,
    described: { en: "Adam with lr 0.1 does not progress", ja: "Adam、学習率 0.1 では学習が進まない" },
    reference: "10 seeds: .098–.866, 6 of 10 ≤ .3",
    criterion: "3 of 10 ≤ .3, all .05 below lr .01",
    holds: (ends, adam) =>
      10 * ends.filter((end) => end <= 0.3).length >= 3 * ends.length &&
      ends.every((end) => end <= Math.min(...adam) - 0.05),
  },
];

const lead = {
  en: "784-40-20-10 with sigmoid units and first weights from N(0, .01): hard to train. What each optimizer makes of it.",
  ja: "784-40-20-10、シグモイド、初期値 N(0, 0.01) の学習しにくいネットワークを各手法で学習します。",
};

const example: Example<Values> = {
  name: "exp08-optimizers",
  title: { ja: "最適化手法を比べる", en: "Optimizers compared" },
  ids: experiments.map(({ id }) => id),
  seconds: 45,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated; EXP13 at least ten times unless --quick", { min: 1 }),
    steps: integer(1000, "batches of 100 images", { min: 10 }),
    report: file("reports/exp08-optimizers.html", "where to draw the curves"),
  },
  quick: { seeds: 1 },
  async run(context) {
    const { flags, quick, log, finding } = context;
    const data = await digits();
    const drawn = new Map<string, readonly Look[]>();
    let adam: readonly number[] = [];
    for (const { id, optimizer, seeds = 1, holds, ...rest } of experiments) {
      const count = Math.max(flags.seeds, quick ? 1 : seeds);
      const runs = await learnCourse({ name: id, net, optimizer, ...flags, looks: 10, seeds: count }, data, context);
      drawn.set(id, runs[0] as Look[]);
      const ends = runs.map((looks) => (looks.at(-1) as Look).test);
      if (id === "EXP12") adam = ends;
      const reproduced = holds(ends, adam);
      const why = reproduced ? {} : { why: "depends on the seed: some runs leave the plateau" };
      finding({ id, ...rest, measured: `${span(ends)} (${ends.length} seeds)`, reproduced, ...why });
    }
    const { title } = example;
    log(`report: ${drawLooks(flags.report, { title, lead, lines: ["test"] }, experiments, drawn)}`);
  },
};

export default example;
