import { noGrad } from "@dl/autograd";
import { Linear, Module, RNN } from "@dl/layers";
import { binaryCrossEntropyWithLogits, crossEntropy, mseLoss } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { argmax, eq, gt, select, type Tensor } from "@dl/tensor";
import { clipGradients, fit, progressBar } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { type Answers, type Waves, waves } from "./_waves.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

/** One layer reads; three heads look at its hidden states, at the last one or at all. */
class Listener extends Module<[x: Tensor], Answers> {
  readonly layer = new RNN(1, 32, { batchFirst: true });
  readonly shape = new Linear(32, 3);
  readonly half = new Linear(32, 1);
  readonly next = new Linear(32, 1);
  override forward(x: Tensor): Answers {
    const { output } = this.layer.forward(x);
    return {
      shape: this.shape.forward(select(output, 1, -1)),
      half: this.half.forward(output),
      next: this.next.forward(output),
    };
  }
}

const example: Example<Values> = {
  name: "one-rnn",
  title: { ja: "一つの RNN で分類・タグ付け・予測", en: "One RNN classifies, tags and foretells" },
  ids: ["TASK6"],
  seconds: 10,
  data: "none",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    steps: integer(1500, "batches of 64 waves", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, progress, metric, claimEach }) {
    const runs = await perSeed(seed, flags.seeds, async (each) => {
      const model = new Listener();
      const optimizer = new Adam(model.parameters(), { lr: 0.005 });
      const { history } = await fit(model, newWaves(), {
        loss(model, { x, shape, half, next }) {
          const told = model.forward(x);
          const classified = crossEntropy(told.shape, shape);
          return classified.add(binaryCrossEntropyWithLogits(told.half, half)).add(mseLoss(told.next, next));
        },
        optimizer,
        scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: flags.steps }),
        steps: flags.steps,
        every: Math.ceil(flags.steps / 10),
        callbacks: [
          clipGradients({ maxNorm: 1 }),
          progressBar({ display: (total) => progress(total, { label: `seed ${each}`, unit: "steps" }) }),
        ],
      });
      const fresh = waves(1000);
      const told = noGrad(() => model.forward(fresh.x));
      const [scores, plain] = [await scoresOf(told, fresh), await scoresOf(withoutMemory(fresh), fresh)];
      const shown = [scores.shape, scores.half, scores.next].map((score) => score.toFixed(3)).join(" ");
      const loss = history.at(-1)?.loss.toFixed(3);
      metric(`seed ${each}: training loss; shape, half, error of the next`, scores.shape, `${loss}; ${shown}`);
      return { scores, plain };
    });
    const { half, next } = (runs[0] as (typeof runs)[number]).plain;
    metric("without memory: –, half, error of the next", half, `${half.toFixed(3)} ${next.toFixed(3)}`);
    const of = (name: keyof Scores): number[] => runs.map(({ scores }) => scores[name]);
    const [tagged, foretold] = [half + 0.2, 0.55 * next];
    claimEach("classification by the last step: chance 1/3", of("shape"), "≥ 0.95", (share) => share >= 0.95);
    claimEach("a tag for each step", of("half"), `≥ ${tagged.toFixed(3)}`, (share) => share >= tagged);
    claimEach("prediction: mean squared error", of("next"), `≤ ${foretold.toFixed(3)}`, (error) => error <= foretold);
  },
};

export default example;

function* newWaves(): Generator<Waves> {
  for (;;) yield waves(64);
}

/** What the present value alone tells: above 0 is the first half, and the next value is this one. */
const withoutMemory = ({ x, shape }: Waves): Answers => ({ shape: shape.unsqueeze(1), half: x, next: x });

interface Scores {
  readonly shape: number;
  readonly half: number;
  readonly next: number;
}

/** The shares of shapes and of halves that are named right, and the mean squared error of the next value. */
async function scoresOf(told: Answers, { shape, half, next }: Waves): Promise<Scores> {
  return {
    shape: await share(eq(argmax(told.shape, { dim: 1 }), shape)),
    half: await share(eq(gt(told.half, 0).to("float32"), half)),
    next: await mseLoss(told.next, next).itemAsync(),
  };
}

const share = (hits: Tensor): Promise<number> => hits.to("float32").mean().itemAsync();
