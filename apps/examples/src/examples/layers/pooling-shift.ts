import { AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d, type Module, ReLU, Sequential } from "@dl/layers";
import { digits, firstOf, pictures } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { mean } from "../../groups.ts";
import { learnDigits } from "./_mnist.ts";
import { featureChange, flipped } from "./_shift.ts";

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

type Form = "none" | "stride 2" | "max" | "avg";

/** How the features shrink, and how many are left. */
const forms: Readonly<Record<Form, readonly [features: () => Module[], left: number]>> = {
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
    const { seed, flags, quick, metric, claim, claimEach, finding } = context;
    const { train, test } = await digits();
    const shown = pictures(firstOf(test, 1000).images);

    // a window of 2 × 2 leaves one number of four, and nothing to learn
    const pool = new MaxPool2d(2);
    const quarter = pool.forward(shown).size / shown.size;
    claim("area after pooling", quarter, 0.25, quarter === 0.25);
    claim("parameters of pooling", pool.parameters().length, 0, pool.parameters().length === 0);

    // how much the features of an image differ from those of the same image one pixel to the right, before any learning
    const changes: Record<string, number[]> = {};
    for (const [name, [features]] of Object.entries(forms)) {
      const found = await perSeed(seed, flags.seeds, () => featureChange(new Sequential(...features()), shown));
      metric(`${name}: change of the features`, mean(found), span(found, 2));
      changes[name] = found;
    }
    const { none, max, avg } = changes as Record<Form, number[]>;
    const calmer = max.map((change, i) => change / (none[i] as number));
    claimEach("change with max pooling against none", calmer, "≤ .9", (each) => each <= 0.9, 2);
    const calmest = avg.map((change, i) => change / (max[i] as number));
    claimEach("change with avg pooling against max", calmest, "< 1", (each) => each < 1, 2);

    // the second half takes minutes, and a little learning does not show it
    if (quick) return;
    // after learning: how many of the test digits are read differently when they are moved
    const recipe = { lr: 0.001, batchSize: 64, falls: false };
    const course = { train: firstOf(train, flags.images), test, epochs: flags.epochs, recipe };
    const flips = async (name: string, make: () => Module): Promise<number[]> => {
      const found = await perSeed(seed, flags.seeds, async (each) => {
        const model = make();
        await learnDigits(`${name}, seed ${each}`, model, course, context);
        return flipped(model, test.images);
      });
      metric(`${name}: digits read differently`, mean(found), span(found));
      return found;
    };
    const flipsOf = (form: Form): Promise<number[]> => {
      const [features, left] = forms[form];
      return flips(form, () => new Sequential(...features(), new Flatten(), new Linear(left, 10)));
    };
    const [plain, stride, pooled] = [await flipsOf("none"), await flipsOf("stride 2"), await flipsOf("max")];
    await flipsOf("avg");
    const mlp = () => new Sequential(new Flatten(), new Linear(784, 100), new ReLU(), new Linear(100, 10));
    const dense = await flips("MLP", mlp);
    const ordered = stride.every((each, i) => (pooled[i] as number) < each && each < (dense[i] as number));
    const shares = [pooled, stride, dense].map((each) => span(each)).join(", ");
    claim("flips: max < stride 2 < MLP", shares, "in this order", ordered);
    finding({
      id: "LAYER9",
      described: { en: "with pooling a shift changes fewer answers", ja: "プーリングで位置ずれに強くなる" },
      measured: `max ${span(pooled)}, none ${span(plain)}`,
      reference: "max .031–.036, none .024–.026",
      criterion: "max < none",
      reproduced: pooled.every((each, i) => each < (plain[i] as number)),
      why: "without pooling the net has 11 × the parameters and reads better altogether",
    });
  },
};

export default example;
