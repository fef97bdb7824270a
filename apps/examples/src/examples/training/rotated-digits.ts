import { randomRotation } from "@dl/data";
import { Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import { cat, Generator, narrow, round, scope, squeeze, type Tensor } from "@dl/tensor";
import { fit, progressBar } from "@dl/train";
import { accuracyOn, type Digits, digits, firstOf, pictures, shuffled } from "../../digits.ts";
import type { Context, Example } from "../../example.ts";
import { perSeed, short } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly images: number;
  readonly epochs: number;
}

/** Accuracy on the images that were learnt from, on upright test digits, and on turned ones. */
interface Figures {
  readonly train: number;
  readonly upright: number;
  readonly turned: number;
}

const turn = randomRotation({ degrees: 45 });

const example: Example<Values> = {
  name: "rotated-digits",
  title: { ja: "回転に強くする: データ拡張", en: "Digits that are turned: augmentation makes up for it" },
  ids: ["TRAIN27"],
  seconds: 150,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    images: integer(20_000, "images to learn from", { min: 100 }),
    epochs: integer(3, "passes over them", { min: 1 }),
  },
  quick: { seeds: 1, images: 3000, epochs: 2 },
  async run(context) {
    const { seed, flags, quick, claimEach } = context;
    const { train, test } = await digits();
    const learnt = firstOf(train, flags.images);
    const upright = quick ? firstOf(test, 1000) : test;
    const turned = { images: rotated(upright.images, new Generator(seed)), labels: upright.labels };
    const data = { learnt, upright, turned };
    const runs = (name: string, turning: boolean): Promise<Figures[]> =>
      perSeed(seed, flags.seeds, (each) => learn(`${name}, seed ${each}`, turning, data, context));
    const [plain, augmented] = [await runs("upright only", false), await runs("turned by up to 45°", true)];
    // a 6 is a 6 at any angle up to a point; a network that has seen only upright ones does not know that
    const least = quick ? 0.02 : 0.08;
    const gains = augmented.map((run, i) => run.turned - (plain[i] as Figures).turned);
    const losses = augmented.map((run, i) => (plain[i] as Figures).upright - run.upright);
    claimEach("turned digits: gain by augmentation", gains, `≥ ${short(least)}`, (gain) => gain >= least);
    const most = quick ? 0.1 : 0.03;
    claimEach("upright digits: loss by it", losses, `≤ ${short(most)}`, (loss) => loss <= most);
  },
};

export default example;

/** Trains a small CNN, on upright images or on images that are turned anew in every step. */
async function learn(
  name: string,
  turning: boolean,
  { learnt, upright, turned }: Readonly<Record<"learnt" | "upright" | "turned", Digits>>,
  { flags, progress, metric }: Context<Values>,
): Promise<Figures> {
  const model = new Sequential(
    new Conv2d(1, 8, 5),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, 5),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(256, 10),
  );
  const display = (total: number) => progress(total, { label: name, unit: "steps" });
  await fit(model, shuffled(learnt, 64), {
    loss(model, [images, labels]) {
      const x = pictures(images);
      return crossEntropy(model.forward(turning ? turn(x) : x), labels);
    },
    optimizer: new Adam(model.parameters(), { lr: 1e-3 }),
    epochs: flags.epochs,
    callbacks: [progressBar({ display })],
  });
  const right = (some: Digits): Promise<number> => accuracyOn(model, some, pictures);
  const figures = {
    train: await right(firstOf(learnt, 1000)),
    upright: await right(upright),
    turned: await right(turned),
  };
  metric(
    `${name}: train, upright test, turned test`,
    figures.turned,
    Object.values(figures)
      .map((each) => short(each))
      .join(" "),
  );
  return figures;
}

/** Images `[n, 28, 28]`, each turned by a random angle. */
function rotated(images: Tensor, generator: Generator): Tensor {
  const parts = Array.from({ length: Math.ceil((images.shape[0] as number) / 500) }, (_, i) =>
    scope(() => {
      const some = narrow(images, 0, 500 * i, Math.min(500, (images.shape[0] as number) - 500 * i));
      return squeeze(round(turn(some.unsqueeze(1).to("float32"), generator)), 1).to("uint8");
    }),
  );
  return cat(parts);
}
