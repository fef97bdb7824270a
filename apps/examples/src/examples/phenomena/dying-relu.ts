import { LeakyReLU, Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { constant_, kaimingNormal_ } from "@dl/layers/init";
import { Adam } from "@dl/optim";
import type { Tensor } from "@dl/tensor";
import { inspectActivations } from "@dl/train";
import { digits, firstOf, rows } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { trainOnDigits } from "../../train-digits.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
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
  async run(context) {
    const { seed, flags, claimEach } = context;
    const { train, test } = await digits();
    const learn = (
      name: string,
      activation: () => Module,
      bias: number,
      lr: number,
      steps: number,
    ): Promise<Outcome[]> =>
      perSeed(seed, flags.seeds, async (each) => {
        const model = net(activation, bias);
        const optimizer = new Adam(model.parameters(), { lr });
        const accuracy = await trainOnDigits(`${name} seed ${each}`, model, { train, test, optimizer, steps }, context);
        return { dead: await deadShare(model, rows(firstOf(train, 10_000).images)), accuracy };
      });
    const relu = () => new ReLU();
    const leakyRelu = () => new LeakyReLU({ negativeSlope: 0.01 });

    // a bias of -5 puts every unit below 0: relu' is 0 there, so nothing can bring it back
    const killed = await learn("ReLU, bias −5", relu, -5, 0.001, flags.steps);
    const leaky = await learn("LeakyReLU, bias −5", leakyRelu, -5, 0.001, flags.steps);
    claimEach("ReLU, bias −5: dead", deadOf(killed), "≥ .6", (dead) => dead >= 0.6, 2);
    claimEach("LeakyReLU, bias −5: dead", deadOf(leaky), 0, (dead) => dead === 0, 2);
    const revived = leaky.map(({ accuracy }) => accuracy);
    claimEach("LeakyReLU, bias −5: test accuracy", revived, "≥ .85", (each) => each >= 0.85);

    // without any bias: steps that are too large do the same
    const rushed = await learn("ReLU, lr .1", relu, 0, 0.1, 300);
    const bent = await learn("LeakyReLU, lr .1", leakyRelu, 0, 0.1, 300);
    claimEach("ReLU, lr .1: dead", deadOf(rushed), "≥ .6", (dead) => dead >= 0.6, 2);
    claimEach("LeakyReLU, lr .1: dead", deadOf(bent), 0, (dead) => dead === 0, 2);
  },
};

export default example;

interface Outcome {
  /** Share of hidden units below 0 on every one of 10,000 images. */
  readonly dead: number;
  readonly accuracy: number;
}

const deadOf = (runs: readonly Outcome[]): number[] => runs.map(({ dead }) => dead);

/** 784-100-100-10, He's first weights, all hidden biases the same. */
function net(make: () => Module, bias: number): Sequential {
  const linear = (inputs: number, outputs: number, first: number): Linear => {
    const layer = new Linear(inputs, outputs);
    kaimingNormal_(layer.weight);
    if (layer.bias !== undefined) constant_(layer.bias, first);
    return layer;
  };
  const last = linear(100, 10, 0);
  return new Sequential(linear(784, 100, bias), make(), linear(100, 100, bias), make(), last);
}

/** The dead share of the two hidden layers together: what reaches 0 exactly on every image. */
async function deadShare(model: Sequential, x: Tensor): Promise<number> {
  const reports = await inspectActivations(model, x);
  const hidden = reports.filter(({ name }) => name === "1" || name === "3");
  return mean(hidden.map(({ dead }) => dead));
}
