import { noGrad, requiresGrad_ } from "@dl/autograd";
import { Linear, type Module, type Sequential } from "@dl/layers";
import { adaptiveAvgPool2d, atan2, cat, fmod, hypot, mul, norm, pad, relu, sub, type Tensor } from "@dl/tensor";
import { digits, firstOf, pictures, rows } from "../../digits.ts";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";
import { digitCnn } from "../../nets.ts";
import { type Course, learnDigits } from "./_mnist.ts";

interface Values {
  readonly seeds: number;
  readonly images: number;
  readonly epochs: number;
}

const example: Example<Values> = {
  name: "learned-features",
  title: { ja: "手作りの特徴量と学習した特徴量", en: "Features made by hand, and learnt ones" },
  ids: ["LAYER17", "LAYER18"],
  seconds: 600,
  data: "MNIST",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    images: integer(60_000, "training images", { min: 100, max: 60_000 }),
    epochs: integer(5, "passes over them", { min: 1 }),
  },
  quick: { seeds: 1, images: 4000, epochs: 3 },
  async run(context) {
    const { seed, flags, quick, claimEach } = context;
    const all = await digits();
    const course = { train: firstOf(all.train, flags.images), test: all.test, epochs: flags.epochs };
    const learn = (name: string, make: () => Module, given: Pick<Course, "view" | "recipe">): Promise<number[]> =>
      perSeed(seed, flags.seeds, (each) =>
        learnDigits(`${name}, seed ${each}`, make(), { ...course, ...given }, context),
      );
    // the same linear classifier on what people thought of, and on what comes out of the camera
    const statistics = await learn("pixel statistics", () => new Linear(49, 10), { view: blockMeans });
    const raw = await learn("raw pixels", () => new Linear(784, 10), { view: rows });
    const hog = await learn("HOG", () => new Linear(392, 10), { view: orientations });
    // layers that learn: strokes from pixels, parts from strokes, digits from parts; only the last is the classifier
    const recipe = { lr: 0.003, batchSize: 64, falls: true };
    const cnn = await learn("CNN", digitCnn, { recipe });
    // the same network, its convolutions left as they began: only the classifier learns
    const frozen = await learn("CNN, frozen", () => freeze(digitCnn()), { recipe });

    const claimAhead = (name: string, others: readonly number[], least: number): void => {
      const ahead = cnn.map((each, i) => each - (others[i] as number));
      claimEach(`learnt features ahead of ${name}`, ahead, `≥ ${least}`, (each) => each >= least);
    };
    claimAhead("pixel statistics", statistics, 0.05);
    claimAhead("raw pixels", raw, quick ? 0.03 : 0.05);
    if (!quick) {
      claimAhead("HOG", hog, 0.008);
      const errors = cnn.map((each, i) => (1 - each) / (1 - (hog[i] as number)));
      claimEach("errors against those with HOG", errors, "≤ .5", (each) => each <= 0.5, 2);
    }
    // end to end every layer is told by the error what it should see; frozen ones see by chance
    claimAhead("frozen, random features", frozen, 0.002);
  },
};

export default example;

/** Lets only the last layer learn. */
function freeze(model: Sequential): Sequential {
  for (const layer of model.layers.slice(0, -1))
    for (const parameter of layer.parameters()) requiresGrad_(parameter, false);
  return model;
}

/** The mean brightness of each block of 4 × 4 pixels: 49 numbers. */
const blockMeans = (images: Tensor): Tensor => adaptiveAvgPool2d(pictures(images), 7).flatten({ startDim: 1 });

/**
 * A histogram of oriented gradients: how strong the edges of each of eight orientations are in each block of 4 × 4
 * pixels, 392 numbers in all, of length 7 together.
 */
function orientations(images: Tensor): Tensor {
  return noGrad(() => {
    const around = pad(pictures(images), [1, 1, 1, 1]);
    const across = sub(around.at(":", ":", "1:29", "2:30"), around.at(":", ":", "1:29", "0:28"));
    const down = sub(around.at(":", ":", "2:30", "1:29"), around.at(":", ":", "0:28", "1:29"));
    const strength = hypot(across, down);
    // an edge and its opposite are one orientation: angles from 0 to π in eighths, shared between the two nearest
    const angle = fmod(atan2(down, across).add(2 * Math.PI), Math.PI).mul(8 / Math.PI);
    const bins = Array.from({ length: 8 }, (_, bin) => {
      const near = (centre: number): Tensor => relu(angle.sub(centre).abs().neg().add(1));
      return mul(strength, bin === 0 ? near(0).add(near(8)) : near(bin));
    });
    const sums = adaptiveAvgPool2d(cat(bins, { dim: 1 }), 7).flatten({ startDim: 1 });
    return sums.div(norm(sums, { dim: 1, keepdim: true }).add(1e-6)).mul(7);
  });
}
