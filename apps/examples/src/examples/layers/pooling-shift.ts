import { noGrad } from "@dl/autograd";
import { AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d, type Module, ReLU, Sequential } from "@dl/layers";
import { argmax, manualSeed, ne, norm, pad, scope, type Tensor } from "@dl/tensor";
import { digits, firstOf, pictures } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { learnDigits } from "./_mnist.ts";

interface Values {
  readonly seeds: number;
  readonly images: number;
  readonly epochs: number;
}

/** Two convolutions of 5 × 5, 8 and 16 filters, and what follows each. */
const convolutions = (stride: number, pool: () => Module[]): Module[] => [
  new Conv2d(1, 8, 5, { stride }),
  new ReLU(),
  ...pool(),
  new Conv2d(8, 16, 5, { stride }),
  new ReLU(),
  ...pool(),
];

/** How the features shrink, and how many are left. */
const forms: Readonly<Record<string, readonly [features: () => Module[], left: number]>> = {
  none: [() => convolutions(1, () => []), 16 * 20 * 20],
  "stride 2": [() => convolutions(2, () => []), 16 * 4 * 4],
  max: [() => convolutions(1, () => [new MaxPool2d(2)]), 16 * 4 * 4],
  avg: [() => convolutions(1, () => [new AvgPool2d(2)]), 16 * 4 * 4],
};

const example: Example<Values> = {
  name: "pooling-shift",
  title: { ja: "プーリング: 1 ピクセルのずれに鈍くなる", en: "Pooling: less alarmed by a shift of one pixel" },
  ids: ["LAYER9"],
  seconds: 150,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    images: integer(20_000, "training images", { min: 100, max: 60_000 }),
    epochs: integer(2, "passes over them", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run(context) {
    const { seed, flags, quick, metric, claim, finding } = context;
    const { train, test } = await digits();
    const shown = pictures(firstOf(test, 1000).images);

    // a window of 2 × 2 leaves one number of four, and nothing to learn
    const pool = new MaxPool2d(2);
    const quarter = pool.forward(shown).size / shown.size;
    claim("area after pooling", quarter, 0.25, quarter === 0.25);
    claim("parameters of pooling", pool.parameters().length, 0, pool.parameters().length === 0);

    // how much the features of an image differ from those of the same image one pixel to the right, before any learning
    const changes = new Map<string, number[]>();
    for (const [name, [features]] of Object.entries(forms)) {
      changes.set(
        name,
        await Promise.all(
          seedsFrom(seed, flags.seeds).map((each) => {
            manualSeed(each);
            return featureChange(new Sequential(...features()), shown);
          }),
        ),
      );
      metric(`${name}: change of the features`, mean(changes.get(name) ?? []), span(changes.get(name) ?? [], 2));
    }
    const of = (name: string): number[] => changes.get(name) ?? [];
    const calmer = of("max").map((change, i) => change / (of("none")[i] as number));
    claim(
      "change with max pooling against none",
      span(calmer, 2),
      "≤ .9",
      calmer.every((each) => each <= 0.9),
    );
    const calmest = of("avg").map((change, i) => change / (of("max")[i] as number));
    claim(
      "change with avg pooling against max",
      span(calmest, 2),
      "< 1",
      calmest.every((each) => each < 1),
    );

    // the second half takes minutes, and a little learning does not show it
    if (quick) return;
    // after learning: how many of the test digits are read differently when they are moved
    const flips = new Map<string, number[]>();
    const learn = async (name: string, make: () => Module): Promise<void> => {
      const found: number[] = [];
      for (const each of seedsFrom(seed, flags.seeds)) {
        manualSeed(each);
        const model = make();
        const some = firstOf(train, flags.images);
        await learnDigits(`${name}, seed ${each}`, model, { train: some, test, epochs: flags.epochs }, context);
        found.push(await flipped(model, test.images));
      }
      flips.set(name, found);
      metric(`${name}: digits read differently`, mean(found), span(found));
    };
    for (const [name, [features, left]] of Object.entries(forms)) {
      await learn(name, () => new Sequential(...features(), new Flatten(), new Linear(left, 10)));
    }
    await learn("MLP", () => new Sequential(new Flatten(), new Linear(784, 100), new ReLU(), new Linear(100, 10)));
    const ordered = (flips.get("max") ?? []).every((max, i) => {
      const stride = flips.get("stride 2")?.[i] as number;
      return max < stride && stride < (flips.get("MLP")?.[i] as number);
    });
    const spans = (names: readonly string[]): string => names.map((name) => span(flips.get(name) ?? [])).join(", ");
    claim("flips: max < stride 2 < MLP", spans(["max", "stride 2", "MLP"]), "in this order", ordered);
    finding({
      id: "LAYER9",
      described: { en: "with pooling a shift changes fewer answers", ja: "プーリングで位置ずれに強くなる" },
      measured: `max ${spans(["max"])}, none ${spans(["none"])}`,
      reference: "max .031–.036, none .024–.026",
      criterion: "max < none",
      reproduced: (flips.get("max") ?? []).every((max, i) => max < (flips.get("none")?.[i] as number)),
      why: "without pooling the net has 11 × the parameters and reads better altogether",
    });
  },
};

export default example;

/** One pixel to the right; what stood at the edge is background. */
const shifted = (x: Tensor): Tensor => pad(x, [1, -1, 0, 0]);

/**
 * `‖f(moved) − f(x)‖ / ‖f(x) − mean‖` over all features of all images, with the mean of each feature map: what a map says
 * of every picture at every place alike is no feature.
 */
function featureChange(features: Module, x: Tensor): Promise<number> {
  const ratio = scope(() =>
    noGrad(() => {
      const before = features.forward(x);
      const centred = before.sub(before.mean({ dim: [0, 2, 3], keepdim: true }));
      return norm(features.forward(shifted(x)).sub(before)).div(norm(centred));
    }),
  );
  return ratio.itemAsync();
}

/** The share of images whose class is another after the move. */
async function flipped(model: Module, images: Tensor): Promise<number> {
  const step = 1000;
  const count = images.shape[0] as number;
  let changed = 0;
  model.eval();
  for (let from = 0; from < count; from += step) {
    const differing = scope(() =>
      noGrad(() => {
        const x = pictures(images.at(`${from}:${from + step}`));
        const read = (x: Tensor): Tensor => argmax(model.forward(x), { dim: 1 });
        return ne(read(x), read(shifted(x))).sum();
      }),
    );
    changed += await differing.itemAsync();
  }
  return changed / count;
}
