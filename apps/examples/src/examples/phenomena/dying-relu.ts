import { LeakyReLU, Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { constant_, kaimingNormal_, zeros_ } from "@dl/layers/init";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import { manualSeed } from "@dl/tensor";
import { fit, inspectActivations, progressBar } from "@dl/train";
import { accuracyOn, digits, firstOf, rows, shuffled } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

interface Outcome {
  /** Share of hidden units below 0 on every one of 10,000 images. */
  readonly dead: number;
  readonly accuracy: number;
}

const example: Example<Values> = {
  name: "dying-relu",
  title: { ja: "ReLU の死: 二度と発火しないユニット", en: "Dying ReLUs: units that never fire again" },
  ids: ["PHEN4", "ACT5"],
  seconds: 30,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(1000, "batches of 100 images", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, progress, metric, claim }) {
    const { train, test } = await digits();
    const learn = async (
      name: string,
      make: () => Module,
      bias: number,
      lr: number,
      steps: number,
    ): Promise<Outcome[]> => {
      const found: Outcome[] = [];
      for (const each of seedsFrom(seed, flags.seeds)) {
        manualSeed(each);
        const model = net(make, bias);
        const display = (total: number) => progress(total, { label: `${name} seed ${each}`, unit: "steps" });
        const { history } = await fit(model, shuffled(train, 100), {
          loss: (model, [images, labels]) => crossEntropy(model.forward(rows(images)), labels),
          optimizer: new Adam(model.parameters(), { lr }),
          steps,
          every: steps,
          callbacks: [progressBar({ display })],
        });
        const dead = await deadShare(model, rows(firstOf(train, 10_000).images));
        const accuracy = await accuracyOn(model, test);
        metric(
          `${name} seed ${each}: training loss, test`,
          accuracy,
          `${history.at(-1)?.loss.toFixed(3)} ${accuracy.toFixed(4)}`,
        );
        found.push({ dead, accuracy });
      }
      return found;
    };
    const deadOf = (runs: readonly Outcome[]): string =>
      span(
        runs.map(({ dead }) => dead),
        2,
      );

    // a bias of -5 puts every unit below 0: relu' is 0 there, so nothing can bring it back
    const killed = await learn("ReLU, bias −5", () => new ReLU(), -5, 0.001, flags.steps);
    const leaky = await learn(
      "LeakyReLU, bias −5",
      () => new LeakyReLU({ negativeSlope: 0.01 }),
      -5,
      0.001,
      flags.steps,
    );
    claim(
      "ReLU, bias −5: dead",
      deadOf(killed),
      "≥ .6",
      killed.every(({ dead }) => dead >= 0.6),
    );
    claim(
      "LeakyReLU, bias −5: dead",
      deadOf(leaky),
      0,
      leaky.every(({ dead }) => dead === 0),
    );
    const revived = leaky.map(({ accuracy }) => accuracy);
    claim(
      "LeakyReLU, bias −5: test accuracy",
      span(revived),
      "≥ .85",
      revived.every((each) => each >= 0.85),
    );

    // without any bias: steps that are too large do the same
    const rushed = await learn("ReLU, lr .1", () => new ReLU(), 0, 0.1, 300);
    const bent = await learn("LeakyReLU, lr .1", () => new LeakyReLU({ negativeSlope: 0.01 }), 0, 0.1, 300);
    claim(
      "ReLU, lr .1: dead",
      deadOf(rushed),
      "≥ .6",
      rushed.every(({ dead }) => dead >= 0.6),
    );
    claim(
      "LeakyReLU, lr .1: dead",
      deadOf(bent),
      0,
      bent.every(({ dead }) => dead === 0),
    );
  },
};

export default example;

/** 784-100-100-10, He's first weights, all hidden biases the same. */
function net(make: () => Module, bias: number): Sequential {
  const linear = (inputs: number, outputs: number, first: number): Linear => {
    const layer = new Linear(inputs, outputs);
    kaimingNormal_(layer.weight);
    if (layer.bias !== undefined) constant_(layer.bias, first);
    return layer;
  };
  const last = linear(100, 10, 0);
  if (last.bias !== undefined) zeros_(last.bias);
  return new Sequential(linear(784, 100, bias), make(), linear(100, 100, bias), make(), last);
}

/** The dead share of the two hidden layers together: what reaches 0 exactly on every image. */
async function deadShare(model: Sequential, x: ReturnType<typeof rows>): Promise<number> {
  const reports = await inspectActivations(model, x);
  const hidden = reports.filter(({ name }) => name === "1" || name === "3");
  return hidden.reduce((sum, { dead }) => sum + dead, 0) / hidden.length;
}
