import { noGrad } from "@dl/autograd";
import { Linear } from "@dl/layers";
import { binaryCrossEntropyWithLogits, mseLoss } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { cat, eq, gt, lstsq, matmul, max, ones, randn, type Tensor, tensor, zeros } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const example: Example<Values> = {
  name: "single-layer",
  title: {
    ja: "単層で出来ること: 線形回帰と線形分類",
    en: "What one layer can do: linear regression, linear classification",
  },
  ids: ["LAYER5"],
  seconds: 2,
  data: "none",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(1500, "updates of the weights", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, metric, claim, claimEach }) {
    // a layer with one output and the squared loss is linear regression: descent ends where the closed form stands
    for (const [name, columns] of [
      ["simple regression, 1 input", 1],
      ["multiple regression, 4 inputs", 4],
    ] as const) {
      const apart = await perSeed(seed, flags.seeds, async (each) => {
        const { difference, train, test } = await regress(columns, flags.steps);
        metric(`${name}, seed ${each}: squared error, held out`, test, `${train.toFixed(4)} ${test.toFixed(4)}`);
        return difference;
      });
      const most = Math.max(...apart);
      claim(`${name}: coefficients against lstsq`, most, "≤ 1e-3", most <= 1e-3);
    }

    // with a threshold it is a classifier that draws one straight line
    const blobs = await perSeed(seed, flags.seeds, () => classify(flags.steps, twoBlobs));
    claimEach("two clouds, held-out points right", blobs, "≥ .98", (share) => share >= 0.98);
    // clouds at four corners, opposite ones alike: three corners is the most a line can have right
    const xor = await perSeed(seed, flags.seeds, () => classify(flags.steps, fourCorners));
    claimEach("XOR clouds, held-out points right", xor, "≤ .76", (share) => share <= 0.76);
  },
};

export default example;

/** Learns `y = x w + b + noise`; how far its coefficients are from the least squares, and its errors. */
async function regress(columns: number, steps: number) {
  const truth = randn([columns, 1]);
  const sample = (count: number): Points => {
    const x = randn([count, columns]);
    const noise = randn([count, 1]).mul(0.1);
    return { x, y: matmul(x, truth).add(2).add(noise) };
  };
  const [train, test] = [sample(200), sample(200)];
  const model = new Linear(columns, 1);
  const optimizer = new Adam(model.parameters(), { lr: 0.05 });
  await fit(model, [train], {
    loss: (model, { x, y }) => mseLoss(model.forward(x), y),
    optimizer,
    scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: steps }),
    steps,
  });
  // a column of ones makes the bias one more coefficient
  const closed = lstsq(cat([train.x, ones([200, 1])], { dim: 1 }), train.y);
  const learnt = cat([model.weight.detach().transpose(), (model.bias as Tensor).detach().reshape([1, 1])], { dim: 0 });
  const error = ({ x, y }: Points): Promise<number> => noGrad(() => mseLoss(model.forward(x), y)).itemAsync();
  const difference = await max(learnt.sub(closed).abs()).itemAsync();
  return { difference, train: await error(train), test: await error(test) };
}

interface Points {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** 200 points around (−2, −2) and 200 around (2, 2). */
const twoBlobs = (): Points => ({
  x: cat([randn([200, 2]).sub(2), randn([200, 2]).add(2)], { dim: 0 }),
  y: cat([zeros([200]), ones([200])], { dim: 0 }),
});

/** 100 points close to each corner of a square; opposite corners are one class. */
const fourCorners = (): Points => {
  const around = (x: number, y: number): Tensor =>
    randn([100, 2])
      .mul(0.2)
      .add(tensor([x, y]));
  return {
    x: cat([around(-1, -1), around(1, 1), around(-1, 1), around(1, -1)], { dim: 0 }),
    y: cat([zeros([200]), ones([200])], { dim: 0 }),
  };
};

/** The share of new points on the right side of the line. */
async function classify(steps: number, points: () => Points): Promise<number> {
  const model = new Linear(2, 1);
  await fit(model, [points()], {
    loss: (model, { x, y }) => binaryCrossEntropyWithLogits(model.forward(x).squeeze(1), y),
    optimizer: new Adam(model.parameters(), { lr: 0.05 }),
    steps: Math.min(steps, 500),
  });
  const { x, y } = points();
  const logits = noGrad(() => model.forward(x).squeeze(1));
  return (await eq(gt(logits, 0).to("float32"), y).sum().itemAsync()) / y.size;
}
