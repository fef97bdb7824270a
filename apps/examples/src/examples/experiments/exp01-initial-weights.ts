import type { Parameter } from "@dl/layers";
import { SGD } from "@dl/optim";
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

/** Test accuracies after a tenth and three tenths of the steps, and at the end. */
interface Progress {
  readonly early: number;
  readonly middle: number;
  readonly end: number;
}

interface Experiment extends Pick<Finding, "id" | "described" | "reference" | "criterion"> {
  readonly net: Net;
  /** Whether the figures of all seeds are as described; `others` are those of the experiments before. */
  readonly holds: (runs: readonly Progress[], others: ReadonlyMap<string, readonly Progress[]>) => boolean;
}

const experiments: readonly Experiment[] = [
  {
    id: "EXP1",
    net: { activation: "sigmoid", spread: "gaussian" },
    described: {
      en: "sigmoid, N(0, .01): basically no learning",
      ja: "シグモイド、正規分布の初期値: ほぼ学習が進まない",
    },
    reference: "end .101–.114",
    criterion: "end ≤ .15",
    holds: (runs) => runs.every(({ end }) => end <= 0.15),
  },
  {
    id: "EXP2",
    net: { activation: "relu", spread: "gaussian" },
    described: {
      en: "ReLU, N(0, .01): slow start, then smooth",
      ja: "ReLU、正規分布の初期値: 最初は遅く、その後は滑らか",
    },
    reference: ".10–.11, .22–.39, end .917–.924",
    criterion: "< .2 at 10 %, end > .88",
    holds: (runs) => runs.every(({ early, end }) => early < 0.2 && end > 0.88),
  },
  {
    id: "EXP3",
    net: { activation: "sigmoid", spread: "xavier" },
    described: { en: "sigmoid, Xavier: smooth from the start", ja: "シグモイド、Xavier の初期値: 最初から滑らか" },
    reference: ".32–.38, .57–.65, end .872–.884",
    criterion: "> .25 at 10 %, > .5 at 30 %, end > .84",
    holds: (runs) => runs.every(({ early, middle, end }) => early > 0.25 && middle > 0.5 && end > 0.84),
  },
  {
    id: "EXP4",
    net: { activation: "relu", spread: "he" },
    described: { en: "ReLU, He: smooth, better than EXP2", ja: "ReLU、He の初期値: 滑らかで EXP2 より高い" },
    reference: ".877–.895, end .952–.956",
    criterion: "> .8 at 10 %, end ≥ EXP2 + .015",
    holds: (runs, others) =>
      runs.every(({ early, end }, i) => early > 0.8 && end >= (others.get("EXP2")?.[i]?.end ?? Infinity) + 0.015),
  },
  {
    id: "EXP5",
    net: { activation: "sigmoid", spread: "he" },
    described: { en: "sigmoid, He: learns, unexpectedly", ja: "シグモイド、He の初期値: 意外にも学習が進む" },
    reference: "end .891–.900",
    criterion: "end > .85",
    holds: (runs) => runs.every(({ end }) => end > 0.85),
  },
  {
    id: "EXP6",
    net: { activation: "relu", spread: "xavier" },
    described: { en: "ReLU, Xavier: learns", ja: "ReLU、Xavier の初期値: 学習が進む" },
    reference: "end .951–.953",
    criterion: "end > .93",
    holds: (runs) => runs.every(({ end }) => end > 0.93),
  },
];

const lead = {
  en: "The same small network, six times: only how the weights begin, and the activation, differ.",
  ja: "同じ小さなネットワークを 6 回学習します。違うのは重みの初期値と活性化関数だけです。",
};

const example: Example<Values> = {
  name: "exp01-initial-weights",
  title: { ja: "重みの初期値と活性化関数", en: "First weights and activations" },
  ids: experiments.map(({ id }) => id),
  seconds: 40,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(2000, "batches of 100 images", { min: 10 }),
    report: file("reports/exp01-initial-weights.html", "where to draw the curves"),
  },
  quick: { seeds: 1 },
  async run(context) {
    const { flags, log, finding } = context;
    const data = await digits();
    const results = new Map<string, Progress[]>();
    const drawn = new Map<string, readonly Look[]>();
    for (const { id, net, holds, ...rest } of experiments) {
      const optimizer = (parameters: Parameter[]) => new SGD(parameters, { lr: 0.1 });
      const found = await learnCourse({ name: id, net, optimizer, looks: 10, ...flags }, data, context);
      drawn.set(id, found[0] as Look[]);
      const runs = found.map((looks): Progress => {
        const at = (tenth: number): number => (looks[tenth - 1] as Look).test;
        return { early: at(1), middle: at(3), end: at(10) };
      });
      results.set(id, runs);
      const figures = [runs.map(({ early }) => early), runs.map(({ middle }) => middle), runs.map(({ end }) => end)];
      const measured = `at 10 %, 30 % and the end: ${figures.map((each) => span(each)).join(", ")}`;
      finding({ id, ...rest, measured, reproduced: holds(runs, results) });
    }
    const { title } = example;
    log(`report: ${drawLooks(flags.report, { title, lead, lines: ["test"] }, experiments, drawn)}`);
  },
};

export default example;
