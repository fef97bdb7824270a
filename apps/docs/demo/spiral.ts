import { noGrad } from "@dl/autograd";
import { Linear, Sequential, Tanh } from "@dl/layers";
import { binaryCrossEntropyWithLogits } from "@dl/losses";
import { Adam } from "@dl/optim";
import { Generator, scope, tensor } from "@dl/tensor";

/** A point of the plane, -1 to 1 in both directions, and its class, 0 or 1. */
export type Point = readonly [x: number, y: number, label: number];

/** A network that learns to tell two spirals apart, a few steps at a time. */
export interface Spirals {
  readonly points: readonly Point[];
  /** Goes on by `steps`; returns the loss of the last one. */
  train(steps: number): number;
  /** The probability of class 1 in the middle of each cell of a `size` × `size` grid, row by row from the top. */
  field(size: number): ArrayLike<number>;
  /** The share of points on the right side. */
  accuracy(): number;
}

export function spirals(seed: number): Spirals {
  const generator = new Generator(seed);
  const points = [0, 1].flatMap((label) => arm(label, 100, generator));
  const x = tensor(points.map(([a, b]) => [a, b]));
  const y = tensor(points.map(([, , label]) => [label]));
  const model = new Sequential(
    new Linear(2, 24, { generator }),
    new Tanh(),
    new Linear(24, 24, { generator }),
    new Tanh(),
    new Linear(24, 1, { generator }),
  );
  const optimizer = new Adam(model.parameters(), { lr: 0.02 });
  const step = (): number => {
    optimizer.zeroGrad();
    const loss = binaryCrossEntropyWithLogits(model.forward(x), y);
    loss.backward();
    optimizer.step();
    return loss.item();
  };
  return {
    points,
    train(steps) {
      let loss = Number.NaN;
      for (let i = 0; i < steps; i++) loss = step();
      return loss;
    },
    field: (size) =>
      scope(() =>
        noGrad(() =>
          model
            .forward(tensor(grid(size)))
            .sigmoid()
            .toArray(),
        ),
      ),
    accuracy: () => scope(() => noGrad(() => model.forward(x).gt(0).to("float32").eq(y).to("float32").mean().item())),
  };
}

function arm(label: number, count: number, generator: Generator): Point[] {
  return Array.from({ length: count }, (_, i): Point => {
    const radius = 0.1 + (0.85 * i) / count;
    const angle = (3.5 * Math.PI * i) / count + Math.PI * label;
    const noise = (): number => 0.02 * generator.normal();
    return [radius * Math.cos(angle) + noise(), radius * Math.sin(angle) + noise(), label];
  });
}

function grid(size: number): number[][] {
  const middle = (i: number): number => ((i + 0.5) / size) * 2 - 1;
  return Array.from({ length: size * size }, (_, i) => [middle(i % size), -middle(Math.floor(i / size))]);
}
