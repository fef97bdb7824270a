import type { Parameter } from "@dl/layers";
import { SGD } from "@dl/optim";
import { digits } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import type { Net } from "../../nets.ts";
import { type Look, learnCourse } from "./_setting.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

/** The two settings of EXP1 and EXP2, whose first weights make learning slow or impossible. */
const stuck: Net = { activation: "sigmoid", spread: "gaussian" };
const slow: Net = { activation: "relu", spread: "gaussian" };

const example: Example<Values> = {
  name: "exp07-batch-norm",
  title: { ja: "バッチ正規化", en: "Batch normalisation" },
  ids: ["EXP7", "TRAIN17"],
  seconds: 30,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(2000, "batches of 100 images", { min: 10 }),
  },
  quick: { seeds: 1 },
  async run(context) {
    const data = await digits();
    const ends = async (net: Net, name: string): Promise<number[]> => {
      const optimizer = (parameters: Parameter[]) => new SGD(parameters, { lr: 0.1 });
      const runs = await learnCourse({ name, net, optimizer, looks: 1, ...context.flags }, data, context);
      return runs.map((looks) => (looks.at(-1) as Look).test);
    };
    // without: what a layer gets drifts, and shrinks to nothing; with: it is brought back to mean 0 and deviation 1
    const sigmoid = await ends(stuck, "sigmoid");
    const sigmoidNormed = await ends({ ...stuck, batchNorm: true }, "sigmoid, normalised");
    const relu = await ends(slow, "ReLU");
    const reluNormed = await ends({ ...slow, batchNorm: true }, "ReLU, normalised");
    context.finding({
      id: "EXP7",
      described: {
        en: "batch normalisation raises the accuracy, even where nothing was learnt",
        ja: "バッチ正規化で正解率が上がる。学習が進まなかった場合も",
      },
      measured: `EXP1 ${span(sigmoid)} → ${span(sigmoidNormed)}, EXP2 ${span(relu)} → ${span(reluNormed)}`,
      reference: "EXP1 .10–.11 → .930–.936, EXP2 .917–.924 → .971–.972",
      criterion: "EXP1 ≥ .88, EXP2 at least .03 higher",
      reproduced:
        sigmoidNormed.every((accuracy) => accuracy >= 0.88) &&
        reluNormed.every((accuracy, i) => accuracy >= (relu[i] as number) + 0.03),
    });
  },
};

export default example;
