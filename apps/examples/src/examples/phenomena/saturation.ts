import { type Module, Sigmoid, Tanh } from "@dl/layers";
import { SGD } from "@dl/optim";
import { inspectActivations } from "@dl/train";
import { digits, firstOf, standardised } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { denseNet, type Spread, spreads } from "../../nets.ts";
import { trainOnDigits } from "../../train-digits.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

/** What the first layer does before any learning, and the accuracy after it. */
interface Figures {
  readonly saturated: number;
  readonly slope: number;
  readonly accuracy: number;
}

const activations: readonly [name: string, make: () => Module][] = [
  ["tanh", () => new Tanh()],
  ["sigmoid", () => new Sigmoid()],
];

const example: Example<Values> = {
  name: "saturation",
  title: { ja: "飽和: 大きすぎる重みで傾きが消える", en: "Saturation: weights too large flatten the curve" },
  ids: ["PHEN3"],
  seconds: 30,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(1000, "batches of 100 images", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run(context) {
    const { seed, flags, claimEach } = context;
    const { train, test } = await digits();
    const learn = (name: string, activation: () => Module, spread: Spread): Promise<Figures[]> =>
      perSeed(seed, flags.seeds, async (each) => {
        const model = denseNet([784, 100, 100, 10], spread, () => [activation()]);
        // layer 1 is the activation after the first Linear
        const [, first] = await inspectActivations(model, standardised(firstOf(test, 1000).images));
        const { saturated = NaN, slope = NaN } = first ?? {};
        const optimizer = new SGD(model.parameters(), { lr: 0.1 });
        const course = { train, test, optimizer, steps: flags.steps, view: standardised };
        return { saturated, slope, accuracy: await trainOnDigits(`${name} seed ${each}`, model, course, context) };
      });
    for (const [name, activation] of activations) {
      const xavier = await learn(`${name}, Xavier`, activation, spreads.xavier);
      const wide = await learn(`${name}, N(0, 1)`, activation, () => 1);
      const shares = (runs: readonly Figures[]): number[] => runs.map(({ saturated }) => saturated);
      const slopes = (runs: readonly Figures[]): number[] => runs.map(({ slope }) => slope);
      claimEach(`${name}: saturated, Xavier`, shares(xavier), "≤ .03", (share) => share <= 0.03);
      claimEach(`${name}: saturated, N(0, 1)`, shares(wide), "≥ .8", (share) => share >= 0.8);
      claimEach(`${name}: slope of its greatest, Xavier`, slopes(xavier), "≥ .5", (slope) => slope >= 0.5, 2);
      claimEach(`${name}: slope of its greatest, N(0, 1)`, slopes(wide), "≤ .1", (slope) => slope <= 0.1, 2);
      const lost = xavier.map(({ accuracy }, i) => accuracy - (wide[i] as Figures).accuracy);
      claimEach(`${name}: accuracy lost to saturation`, lost, "≥ .1", (each) => each >= 0.1);
    }
  },
};

export default example;
