import { noGrad } from "@dl/autograd";
import { Linear, Module, RNN } from "@dl/layers";
import { binaryCrossEntropyWithLogits } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { all, cat, eq, gt, lstsq, ones, type Tensor } from "@dl/tensor";
import { clipGradients, fit, progressBar } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { type Addition, additions } from "./_additions.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly sums: number;
}

/** One place at a time: what must be carried has to live in the hidden state, there is nowhere else. */
class Adder extends Module {
  readonly layer = new RNN(2, 16, { batchFirst: true });
  readonly output = new Linear(16, 1);
  override forward(digits: Tensor): Tensor {
    return this.output.forward(this.layer.forward(digits).output);
  }
}

const example: Example<Values> = {
  name: "full-adder",
  title: {
    ja: "RNN が筆算の足し算を覚える: 繰り上がりは隠れ状態",
    en: "An RNN learns to add: the carry is its hidden state",
  },
  ids: ["ARCH7"],
  seconds: 2,
  data: "none",
  flags: {
    seeds: integer(3, "how often it is repeated", { min: 1 }),
    steps: integer(1000, "batches of 64 additions of numbers up to 255", { min: 1 }),
    sums: integer(5000, "additions of each length to test with", { min: 1 }),
  },
  quick: { seeds: 1, sums: 1000 },
  async run({ seed, flags, progress, metric, claimEach, finding }) {
    const runs = await perSeed(seed, flags.seeds, async (each) => {
      const model = new Adder();
      const optimizer = new Adam(model.parameters(), { lr: 0.01 });
      const { history } = await fit(model, shortAdditions(), {
        loss: (model, { digits, sum }) => binaryCrossEntropyWithLogits(model.forward(digits), sum),
        optimizer,
        scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: flags.steps }),
        steps: flags.steps,
        every: Math.ceil(flags.steps / 10),
        callbacks: [
          clipGradients({ maxNorm: 1 }),
          progressBar({ display: (total) => progress(total, { label: `seed ${each}`, unit: "steps" }) }),
        ],
      });
      const exact: Record<number, number> = {};
      for (const bits of [8, 16, 32, 64]) exact[bits] = await exactSums(model, additions(flags.sums, bits));
      const counts = Object.entries(exact).map(([bits, right]) => `${bits} bits ${right}`);
      const shown = `${history.at(-1)?.loss.toExponential(1)} · ${counts.join(", ")}`;
      metric(`seed ${each}: training loss, exact sums of ${flags.sums}`, exact[16] as number, shown);
      return { exact, carries: await carryRead(model) };
    });
    const exactAt = (bits: number): number[] => runs.map(({ exact }) => exact[bits] as number);
    // longer than anything it has seen: it has learnt the rule, not the sums
    for (const bits of [16, 32, 64])
      claimEach(`additions of ${bits} bits, exact`, exactAt(bits), flags.sums, (right) => right === flags.sums);
    const carries = runs.map((run) => run.carries);
    claimEach("carries read off the hidden state by a straight line", carries, "≥ .98", (share) => share >= 0.98, 4);
    const held = exactAt(16);
    finding({
      id: "ARCH7",
      described: {
        en: "an RNN can add: its hidden state is the carry",
        ja: "RNN は全加算器になる: 隠れ状態が繰り上がり",
      },
      measured: `${span(held)} of ${flags.sums.toLocaleString("en")} sums of 16 bits exact`,
      reference: "5,000 of 5,000 at 16, 32 and 64 bits",
      criterion: "every sum of 16 bits",
      reproduced: held.every((right) => right === flags.sums),
    });
  },
};

export default example;

/** Batches of 64 additions of numbers up to 255, without end. */
function* shortAdditions(): Generator<Addition> {
  for (;;) yield additions(64, 8);
}

/** How many sums are right in every place. */
async function exactSums(model: Adder, { digits, sum }: Addition): Promise<number> {
  const answers = noGrad(() => gt(model.forward(digits), 0).to("float32"));
  return await all(eq(answers, sum).squeeze(2), { dim: 1 }).to("float32").sum().itemAsync();
}

/** The share of carries that a weighted sum of the 16 hidden units tells, its weights fitted to other additions. */
async function carryRead(model: Adder): Promise<number> {
  const [known, fresh] = [additions(100, 16), additions(100, 16)];
  const units = ({ digits }: Addition): Tensor => {
    const hidden = noGrad(() => model.layer.forward(digits).output).reshape([-1, 16]);
    return cat([hidden, ones([hidden.shape[0] as number, 1])], { dim: 1 });
  };
  const weights = lstsq(units(known), known.carry.reshape([-1, 1]));
  const told = gt(units(fresh).matmul(weights), 0.5).to("float32");
  const right = eq(told, fresh.carry.reshape([-1, 1]));
  return right.to("float32").mean().itemAsync();
}
