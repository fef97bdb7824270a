import {
  AdaptiveAvgPool2d,
  AdaptiveMaxPool2d,
  BatchNorm2d,
  Conv2d,
  Flatten,
  Linear,
  MaxPool2d,
  type Module,
  measure,
  ReLU,
  Sequential,
} from "@dl/layers";
import { ones } from "@dl/tensor";
import { digits, firstOf } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { learnDigits } from "./_mnist.ts";

interface Values {
  readonly seeds: number;
  readonly images: number;
  readonly epochs: number;
}

/** From 64 feature maps of 7 × 7 to ten scores. */
const heads = {
  flatten: () => [new Flatten(), new Linear(64 * 7 * 7, 10)],
  "flatten, 100": () => [new Flatten(), new Linear(64 * 7 * 7, 100), new ReLU(), new Linear(100, 10)],
  "global max": () => [new AdaptiveMaxPool2d(1), new Flatten(), new Linear(64, 10)],
  "global average": () => [new AdaptiveAvgPool2d(1), new Flatten(), new Linear(64, 10)],
} as const;

const example: Example<Values> = {
  name: "global-pooling",
  title: { ja: "Flatten と Global Pooling", en: "Flatten, or one number for each feature map" },
  ids: ["LAYER10"],
  seconds: 200,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    images: integer(30_000, "training images", { min: 100, max: 60_000 }),
    epochs: integer(3, "passes over them", { min: 1 }),
  },
  quick: { seeds: 1, images: 4000, epochs: 2 },
  async run(context) {
    const { seed, flags, quick, metric, claim, claimEach } = context;
    // 64 maps of 7 × 7 are 3,136 numbers in a row, each with a weight for each digit; the greatest or the mean of each
    // map are only 64
    const flat = new Flatten().forward(ones([2, 64, 7, 7])).shape.slice(1);
    claim("flatten gives", flat, [3136], String(flat) === "3136");
    for (const [name, expected] of [
      ["flatten", 42_114],
      ["global max", 11_394],
      ["global average", 11_394],
    ] as const) {
      const count = sizeOf(network(name, true));
      claim(`${name}: parameters`, count, expected, count === expected);
    }
    const wide = sizeOf(network("flatten, 100", false));
    claim("flatten, then a layer of 100 (no batch norm): parameters", wide, 325_366, wide === 325_366);

    const { train, test } = await digits();
    const recipe = { lr: 0.005, batchSize: 64, falls: true };
    const course = { train: firstOf(train, flags.images), test, epochs: flags.epochs, recipe };
    const learn = (name: keyof typeof heads): Promise<number[]> =>
      perSeed(seed, flags.seeds, (each) => learnDigits(`${name}, seed ${each}`, network(name, true), course, context));
    const flattened = await learn("flatten");
    for (const name of quick ? (["global max"] as const) : (["global max", "global average"] as const)) {
      const accuracies = await learn(name);
      const lost = accuracies.map((accuracy, i) => (flattened[i] as number) - accuracy);
      metric(`${name}: accuracy lost against flatten`, Math.max(...lost), span(lost, 4));
      // 4,000 images are too few to end the climb: --quick only asks that it learns
      if (quick) claimEach(`${name}: test accuracy`, accuracies, "≥ .8", (each) => each >= 0.8);
      else claimEach(`${name}: accuracy lost against flatten`, lost, "≤ .025", (each) => each <= 0.025, 4);
    }
  },
};

export default example;

const sizeOf = (model: Module): number => measure(model, [1, 1, 28, 28]).parameters;

/** Convolutions with 8, 16 and 64 filters, then the head. */
function network(head: keyof typeof heads, normalised: boolean): Sequential {
  const layer = (from: number, to: number, kernel: number): Module[] => [
    new Conv2d(from, to, kernel, { padding: "same", bias: !normalised }),
    ...(normalised ? [new BatchNorm2d(to)] : []),
    new ReLU(),
  ];
  return new Sequential(
    ...layer(1, 8, 5),
    new MaxPool2d(2),
    ...layer(8, 16, 3),
    new MaxPool2d(2),
    ...layer(16, 64, 3),
    ...heads[head](),
  );
}
