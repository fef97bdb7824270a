import { Parameter } from "@dl/layers";
import { l1Loss, mapeLoss, mseLoss, msleLoss } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { scope, type Tensor, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { integer } from "../../flags.ts";
import { mean } from "../../groups.ts";

interface Case {
  readonly name: string;
  readonly loss: (input: Tensor, target: Tensor) => Tensor;
  /** The definition, as Keras has it, in plain numbers. */
  readonly formula: (input: number, target: number) => number;
  /** The one number that fits `values` best, and how it is called. */
  readonly best: number;
  readonly called: string;
}

/** Four ordinary values and one far out. */
const values = [1, 2, 3, 4, 100];

const cases: readonly Case[] = [
  {
    name: "mean squared error",
    loss: mseLoss,
    formula: (input, target) => (input - target) ** 2,
    best: mean(values),
    called: "the mean",
  },
  {
    name: "mean absolute error",
    loss: l1Loss,
    formula: (input, target) => Math.abs(input - target),
    best: 3,
    called: "the median",
  },
  {
    name: "mean absolute percentage error",
    loss: mapeLoss,
    formula: (input, target) => (100 * Math.abs(target - input)) / Math.max(Math.abs(target), 1e-7),
    best: 2,
    called: "the median, small values counted more",
  },
  {
    name: "mean squared logarithmic error",
    loss: msleLoss,
    formula: (input, target) => (Math.log1p(input) - Math.log1p(target)) ** 2,
    best: Math.expm1(mean(values.map(Math.log1p))),
    called: "the geometric mean of 1 + y, less 1",
  },
];

const example: Example<{ readonly steps: number }> = {
  name: "regression-losses",
  title: { ja: "回帰の誤差関数: 何を良いとするか", en: "Losses for regression: what counts as close" },
  ids: ["LOSS1", "LOSS4", "LOSS5", "LOSS6"],
  seconds: 2,
  data: "none",
  flags: { steps: integer(1500, "updates of the one number", { min: 1 }) },
  async run({ flags, log, claim }) {
    const loss = await mseLoss(tensor([2, 4]), tensor([1, 3])).cpu();
    claim("mseLoss([2, 4], [1, 3]) prints as", String(loss), "tensor(1.)", String(loss) === "tensor(1.)");

    const [inputs, targets] = [
      [2, 4, 0.5, 30],
      [1, 5, 0.25, 20],
    ] as const;
    for (const { name, loss, formula } of cases) {
      const value = await loss(tensor([...inputs]), tensor([...targets])).itemAsync();
      const expected = mean(inputs.map((input, i) => formula(input, targets[i] as number)));
      claim(name, value, expected, Math.abs(value - expected) <= 1e-6 * Math.max(1, expected));
    }

    // what a loss means shows in what it makes of values that no single number can fit
    log(`which one number is closest to ${values.join(", ")}?`);
    for (const { name, loss, best, called } of cases) {
      const found = await closest(loss, flags.steps);
      claim(`${name}: ${called}`, found, best, Math.abs(found - best) <= 0.01 * best);
    }
  },
};

export default example;

/** Learns the one number with the least loss against `values`; these are all there is, so nothing is held out. */
async function closest(loss: Case["loss"], steps: number): Promise<number> {
  const number = new Parameter(tensor([10]));
  const optimizer = new Adam([number], { lr: 0.2 });
  const scheduler = new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: steps });
  const targets = tensor(values);
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    scope(() => {
      loss(number.expand([values.length]), targets).backward();
      optimizer.step();
    });
    scheduler.step();
  }
  return number.detach().itemAsync();
}
