import { noGrad } from "@dl/autograd";
import { iris } from "@dl/data";
import { Linear, Sequential, Tanh } from "@dl/layers";
import { normal_ } from "@dl/layers/init";
import { argmax, eq, scope, std, type Tensor, tensor } from "@dl/tensor";
import { digits, firstOf, rows } from "../../digits.ts";

export interface Task {
  readonly name: string;
  readonly x: Tensor;
  readonly y: Tensor;
  /** Inputs, hidden units, classes. */
  readonly sizes: readonly [number, number, number];
  /** What was held out, where there is enough to do so. */
  readonly heldOut?: Sample;
}

/** Two bits whose classes no line divides; 150 flowers; 300 digits. */
export async function allTasks(): Promise<Task[]> {
  const { features, labels } = iris({ from: import.meta.url });
  const x = features.sub(features.mean({ dim: 0 })).div(std(features, { dim: 0 }));
  const { train, test } = await digits();
  const some = firstOf(train, 300);
  const unseen = firstOf(test, 2000);
  const xor = tensor([
    [-1, -1],
    [-1, 1],
    [1, -1],
    [1, 1],
  ]);
  return [
    { name: "XOR", x: xor, y: tensor([0, 1, 1, 0], { dtype: "int32" }), sizes: [2, 4, 2] },
    { name: "iris", x, y: labels, sizes: [4, 8, 3] },
    {
      name: "MNIST",
      x: rows(some.images),
      y: some.labels,
      sizes: [784, 30, 10],
      heldOut: { x: rows(unseen.images), y: unseen.labels },
    },
  ];
}

/** A network that begins with other weights each time, drawn from a normal distribution. */
export function drawnNet([inputs, hidden, classes]: Task["sizes"]): Sequential {
  const first = new Linear(inputs, hidden);
  const model = new Sequential(first, new Tanh(), new Linear(hidden, classes));
  for (const parameter of model.parameters()) normal_(parameter, { std: 1 / Math.sqrt(inputs) });
  return model;
}

type Sample = Pick<Task, "x" | "y">;

/** How many are read right, still on the device. */
export const hitsOf = ({ x, y }: Sample, model: Sequential): Tensor =>
  noGrad(() => eq(argmax(model.forward(x), { dim: 1 }), y).sum());

export const accuracyOf = async (sample: Sample, model: Sequential): Promise<number> =>
  (await scope(() => hitsOf(sample, model)).itemAsync()) / sample.y.size;
