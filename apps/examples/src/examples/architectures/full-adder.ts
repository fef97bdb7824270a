import { noGrad } from "@dl/autograd";
import { Linear, Module, RNN } from "@dl/layers";
import { binaryCrossEntropyWithLogits } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import {
  all,
  cat,
  eq,
  ge,
  gt,
  lstsq,
  manualSeed,
  ones,
  randint,
  remainder,
  select,
  stack,
  type Tensor,
  zeros,
} from "@dl/tensor";
import { clipGradients, fit, progressBar } from "@dl/train";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly sums: number;
}

/** Two binary numbers and their sum, the lowest place first, as one does it by hand. */
interface Addition {
  /** `[n, bits + 1, 2]`: both digits of each place; a last place of zeros leaves room for the carry. */
  readonly digits: Tensor;
  /** `[n, bits + 1, 1]` */
  readonly sum: Tensor;
  /** `[n, bits + 1, 1]`: what each place hands to the next. */
  readonly carry: Tensor;
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
  async run({ seed, flags, progress, metric, claim, finding }) {
    const exact = new Map<number, number[]>([8, 16, 32, 64].map((bits) => [bits, []]));
    const carries: number[] = [];
    for (const each of seedsFrom(seed, flags.seeds)) {
      manualSeed(each);
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
      for (const [bits, rights] of exact) rights.push(await exactSums(model, additions(flags.sums, bits)));
      carries.push(await carryRead(model));
      const counts = [...exact].map(([bits, rights]) => `${bits} bits ${rights.at(-1)}`).join(", ");
      metric(
        `seed ${each}: training loss, exact sums of ${flags.sums}`,
        exact.get(16)?.at(-1) ?? 0,
        `${history.at(-1)?.loss.toExponential(1)} · ${counts}`,
      );
    }
    // longer than anything it has seen: it has learnt the rule, not the sums
    for (const bits of [16, 32, 64]) {
      const rights = exact.get(bits) ?? [];
      const holds = rights.every((right) => right === flags.sums);
      claim(`additions of ${bits} bits, exact`, span(rights), flags.sums, holds);
    }
    claim(
      "carries read off the hidden state by a straight line",
      span(carries, 4),
      "≥ .98",
      carries.every((share) => share >= 0.98),
    );
    const held = exact.get(16) ?? [];
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

/** Random numbers of `bits` bits, added as in school. */
function additions(count: number, bits: number): Addition {
  const digits = cat([randint(0, 2, [count, bits, 2], { dtype: "float32" }), zeros([count, 1, 2])], { dim: 1 });
  const [sum, carry]: [Tensor[], Tensor[]] = [[], []];
  for (let place = 0; place <= bits; place++) {
    const total = select(digits, 1, place).sum({ dim: 1 });
    const whole = place === 0 ? total : total.add(carry[place - 1] as Tensor);
    sum.push(remainder(whole, 2));
    carry.push(ge(whole, 2).to("float32"));
  }
  return { digits, sum: stack(sum, { dim: 1 }).unsqueeze(2), carry: stack(carry, { dim: 1 }).unsqueeze(2) };
}

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
  return await eq(told, fresh.carry.reshape([-1, 1]))
    .to("float32")
    .mean()
    .itemAsync();
}
