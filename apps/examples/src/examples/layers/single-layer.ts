import { noGrad } from "@dl/autograd";
import { Linear } from "@dl/layers";
import { binaryCrossEntropyWithLogits, mseLoss } from "@dl/losses";
import { Adam, LinearLR } from "@dl/optim";
import { cat, eq, gt, lstsq, manualSeed, matmul, max, ones, randn, type Tensor, tensor, zeros } from "@dl/tensor";
import { fit } from "@dl/train";
import type { Example } from "../../example.ts";
import { seedsFrom, span } from "../../figures.ts";
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
  async run({ seed, flags, metric, claim }) {
    // a layer with one output and the squared loss is linear regression: descent ends where the closed form stands
    for (const [name, columns] of [
      ["simple regression, 1 input", 1],
      ["multiple regression, 4 inputs", 4],
    ] as const) {
      const apart: number[] = [];
      for (const each of seedsFrom(seed, flags.seeds)) {
        const { difference, train, test } = await regress(each, columns, flags.steps);
        apart.push(difference);
        metric(`${name}, seed ${each}: squared error, held out`, test, `${train.toFixed(4)} ${test.toFixed(4)}`);
      }
      claim(
        `${name}: coefficients against lstsq`,
        Math.max(...apart),
        "≤ 1e-3",
        apart.every((each) => each <= 1e-3),
      );
    }

    // with a threshold it is a classifier that draws one straight line
    const blobs: number[] = [];
    const xor: number[] = [];
    for (const each of seedsFrom(seed, flags.seeds)) {
      blobs.push(await classify(each, flags.steps, twoBlobs));
      xor.push(await classify(each, flags.steps, fourCorners));
    }
    claim(
      "two clouds, held-out points right",
      span(blobs),
      "≥ .98",
      blobs.every((share) => share >= 0.98),
    );
    // clouds at four corners, opposite ones alike: three corners is the most a line can have right
    claim(
      "XOR clouds, held-out points right",
      span(xor),
      "≤ .76",
      xor.every((share) => share <= 0.76),
    );
  },
};

export default example;

/** Learns `y = x w + b + noise`; how far its coefficients are from the least squares, and its errors. */
async function regress(
  seed: number,
  columns: number,
  steps: number,
): Promise<{ readonly difference: number; readonly train: number; readonly test: number }> {
  manualSeed(seed);
  const truth = randn([columns, 1]);
  const sample = (count: number): { readonly x: Tensor; readonly y: Tensor } => {
    const x = randn([count, columns]);
    return {
      x,
      y: matmul(x, truth)
        .add(2)
        .add(randn([count, 1]).mul(0.1)),
    };
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
  const errors = [train, test].map(({ x, y }) => noGrad(() => mseLoss(model.forward(x), y)).itemAsync());
  const [known, held] = await Promise.all(errors);
  return {
    difference: await max(learnt.sub(closed).abs()).itemAsync(),
    train: known as number,
    test: held as number,
  };
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
  const corners = [
    [-1, -1],
    [1, 1],
    [-1, 1],
    [1, -1],
  ];
  return {
    x: cat(
      corners.map((corner) => randn([100, 2]).mul(0.2).add(tensor(corner))),
      { dim: 0 },
    ),
    y: cat([zeros([200]), ones([200])], { dim: 0 }),
  };
};

/** The share of new points on the right side of the line. */
async function classify(seed: number, steps: number, points: () => Points): Promise<number> {
  manualSeed(seed);
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
