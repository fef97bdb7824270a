import { Conv2d, Dropout, Flatten, Linear, MaxPool2d, type Module, ReLU, Sequential } from "@dl/layers";
import { kaimingNormal_, normal_, zeros_ } from "@dl/layers/init";
import { Adam } from "@dl/optim";
import { type Digits, digits, firstOf, pictures } from "../../digits.ts";
import type { Context, Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { trainOnDigits } from "../../train-digits.ts";

interface Values {
  readonly seeds: number;
  readonly images: number;
}

/** 30 filters of 5 × 5, and a layer of 100. */
const small = (): Sequential =>
  new Sequential(
    new Conv2d(1, 30, 5),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    ...dense(30 * 12 * 12, 100),
    new Linear(100, 10),
  );

/** Six convolutions, three poolings, and dropout before the output. */
const deep = (): Sequential =>
  new Sequential(
    ...pair(1, 16),
    ...pair(16, 32),
    ...pair(32, 64),
    new Flatten(),
    ...dense(64 * 3 * 3, 50),
    new Dropout({ p: 0.5 }),
    new Linear(50, 10),
  );

const pair = (from: number, to: number): Module[] => [
  ...convolution(from, to),
  ...convolution(to, to),
  new MaxPool2d(2),
];
const convolution = (from: number, to: number): Module[] => [new Conv2d(from, to, 3, { padding: 1 }), new ReLU()];
const dense = (from: number, to: number): Module[] => [new Linear(from, to), new ReLU()];

/** First weights from N(0, .01), or He's; biases 0. */
function begin(model: Sequential, kind: "gaussian" | "he"): Sequential {
  for (const [name, parameter] of model.namedParameters()) {
    if (name.endsWith("bias")) zeros_(parameter);
    else if (kind === "gaussian") normal_(parameter, { std: 0.01 });
    else kaimingNormal_(parameter);
  }
  return model;
}

const example: Example<Values> = {
  name: "exp20-convolutions",
  title: { ja: "小さな CNN と深い CNN", en: "A small CNN and a deep one" },
  ids: ["EXP20", "EXP21", "ARCH5"],
  seconds: 400,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    images: integer(5000, "training images for the comparison", { min: 100, max: 60_000 }),
  },
  quick: { seeds: 1 },
  async run(context) {
    const { quick, flags, finding } = context;
    const { train, test } = await digits();
    const some = firstOf(train, flags.images);
    const steps = quick ? 200 : 1000;
    const why = quick ? { why: "a fifth of the steps" } : {};
    const few = await learn("small, 5,000 images", () => begin(small(), "gaussian"), some, test, steps, context);
    const many = await learn("small, all images", small, train, test, quick ? 240 : 1200, context);
    finding({
      id: "EXP20",
      described: { en: "a small CNN: high accuracy, a bit slow", ja: "小さな CNN: 高い正解率、やや遅い" },
      measured: `${span(few.accuracies)} with ${flags.images} images, ${span(many.accuracies)} with all, ${few.seconds.toFixed(0)} s a run`,
      reference: ".950–.963 and .983–.986",
      criterion: "≥ .935 and ≥ .975",
      reproduced: few.accuracies.every((each) => each >= 0.935) && many.accuracies.every((each) => each >= 0.975),
      ...why,
    });
    const six = await learn("deep, 5,000 images", () => begin(deep(), "he"), some, test, steps, context);
    finding({
      id: "EXP21",
      described: { en: "six convolutions: very high accuracy, slow", ja: "6 層の畳み込み: とても高い正解率、遅い" },
      measured: `${span(six.accuracies)}, ${(six.seconds / few.seconds).toFixed(1)} × the time of EXP20`,
      reference: ".979–.981, 3.3 × the time",
      criterion: "≥ .97 and ≥ EXP20 + .005",
      reproduced: six.accuracies.every((each, i) => each >= 0.97 && each >= (few.accuracies[i] as number) + 0.005),
      ...why,
    });
  },
};

export default example;

/** Learns once for each seed with Adam, in batches of 100; accuracies on all 10,000 test digits, seconds of a run. */
async function learn(
  name: string,
  make: () => Sequential,
  train: Digits,
  test: Digits,
  steps: number,
  context: Context<Values>,
): Promise<{ accuracies: number[]; seconds: number }> {
  const { seed, flags } = context;
  const start = performance.now();
  const accuracies = await perSeed(seed, flags.seeds, (each) => {
    const model = make();
    const optimizer = new Adam(model.parameters(), { lr: 0.001 });
    return trainOnDigits(`${name}, seed ${each}`, model, { train, test, optimizer, steps, view: pictures }, context);
  });
  return { accuracies, seconds: (performance.now() - start) / 1000 / flags.seeds };
}
