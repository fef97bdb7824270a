import { Linear, type Module, Sequential, Sigmoid, Tanh } from "@dl/layers";
import { normal_, zeros_ } from "@dl/layers/init";
import { crossEntropy } from "@dl/losses";
import { SGD } from "@dl/optim";
import { manualSeed } from "@dl/tensor";
import { fit, inspectActivations, progressBar } from "@dl/train";
import { accuracyOn, digits, firstOf, shuffled, standardised } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

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
  async run({ seed, flags, progress, metric, claim }) {
    const { train, test } = await digits();
    const learn = async (name: string, make: () => Module, spread: (inputs: number) => number): Promise<Figures[]> => {
      const found: Figures[] = [];
      for (const each of seedsFrom(seed, flags.seeds)) {
        manualSeed(each);
        const model = net(make, spread);
        // layer 1 is the activation after the first Linear
        const first = (await inspectActivations(model, standardised(firstOf(test, 1000).images)))[1];
        const display = (total: number) => progress(total, { label: `${name} seed ${each}`, unit: "steps" });
        const { history } = await fit(model, shuffled(train, 100), {
          loss: (model, [images, labels]) => crossEntropy(model.forward(standardised(images)), labels),
          optimizer: new SGD(model.parameters(), { lr: 0.1 }),
          steps: flags.steps,
          every: flags.steps,
          callbacks: [progressBar({ display })],
        });
        const accuracy = await accuracyOn(model, test, standardised);
        metric(
          `${name} seed ${each}: training loss, test`,
          accuracy,
          `${history.at(-1)?.loss.toFixed(3)} ${accuracy.toFixed(4)}`,
        );
        found.push({ saturated: first?.saturated ?? Number.NaN, slope: first?.slope ?? Number.NaN, accuracy });
      }
      return found;
    };
    for (const [name, make] of activations) {
      const xavier = await learn(`${name}, Xavier`, make, (inputs) => 1 / Math.sqrt(inputs));
      const wide = await learn(`${name}, N(0, 1)`, make, () => 1);
      const shares = (runs: readonly Figures[]): string => span(runs.map(({ saturated }) => saturated));
      const slopes = (runs: readonly Figures[]): string =>
        span(
          runs.map(({ slope }) => slope),
          2,
        );
      claim(
        `${name}: saturated, Xavier`,
        shares(xavier),
        "≤ .03",
        xavier.every(({ saturated }) => saturated <= 0.03),
      );
      claim(
        `${name}: saturated, N(0, 1)`,
        shares(wide),
        "≥ .8",
        wide.every(({ saturated }) => saturated >= 0.8),
      );
      claim(
        `${name}: slope of its greatest, Xavier`,
        slopes(xavier),
        "≥ .5",
        xavier.every(({ slope }) => slope >= 0.5),
      );
      claim(
        `${name}: slope of its greatest, N(0, 1)`,
        slopes(wide),
        "≤ .1",
        wide.every(({ slope }) => slope <= 0.1),
      );
      const lost = xavier.map(({ accuracy }, i) => accuracy - (wide[i] as Figures).accuracy);
      claim(
        `${name}: accuracy lost to saturation`,
        span(lost),
        "≥ .1",
        lost.every((each) => each >= 0.1),
      );
    }
  },
};

export default example;

/** 784-100-100-10. */
function net(make: () => Module, spread: (inputs: number) => number): Sequential {
  const linear = (inputs: number, outputs: number): Linear => {
    const layer = new Linear(inputs, outputs);
    normal_(layer.weight, { std: spread(inputs) });
    if (layer.bias !== undefined) zeros_(layer.bias);
    return layer;
  };
  return new Sequential(linear(784, 100), make(), linear(100, 100), make(), linear(100, 10));
}
