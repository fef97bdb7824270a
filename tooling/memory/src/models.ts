import { Conv2d, Flatten, Linear, LSTM, MaxPool2d, Module, ReLU, Sequential } from "@dl/layers";
import { manualSeed, randint, randn, type Tensor } from "@dl/tensor";

/** A network of small size, and batches of random numbers for it. */
export interface Trainee {
  readonly model: Module;
  batch(): { readonly x: Tensor; readonly target: Tensor };
}

const classes = 10;

/** Small enough that 10,000 steps take seconds, large enough that these allocate gigabytes. */
export const trainees: Readonly<Record<string, () => Trainee>> = {
  MLP: () =>
    trainee(
      new Sequential(...[1, 2, 3, 4, 5].flatMap(() => [new Linear(64, 64), new ReLU()]), new Linear(64, classes)),
      [32, 64],
    ),
  CNN: () =>
    trainee(
      new Sequential(
        new Conv2d(1, 8, 3, { padding: 1 }),
        new ReLU(),
        new MaxPool2d(2),
        new Conv2d(8, 16, 3, { padding: 1 }),
        new ReLU(),
        new MaxPool2d(2),
        new Flatten(),
        new Linear(16 * 4 * 4, classes),
      ),
      [8, 1, 16, 16],
    ),
  LSTM: () => trainee(new LastOutput(16, 32), [8, 8, 16]),
};

function trainee(model: Module, shape: readonly [number, ...number[]]): Trainee {
  return { model, batch: () => ({ x: randn(shape), target: randint(0, classes, [shape[0]]) }) };
}

/** An LSTM over `[batch, time, features]`, and a linear layer on its last output. */
class LastOutput extends Module {
  readonly lstm: LSTM;
  readonly head: Linear;

  constructor(features: number, hidden: number) {
    super();
    this.lstm = new LSTM(features, hidden, { batchFirst: true });
    this.head = new Linear(hidden, classes);
  }

  override forward(x: Tensor): Tensor {
    return this.head.forward(this.lstm.forward(x).output.at(":", -1));
  }
}

/** So many square layers, which with gradients and Adam's state take 16 MB each at the width of 1000. */
export function deep(layers: number, width: number): Trainee {
  manualSeed(0);
  const model = new Sequential(
    ...Array.from({ length: layers }, () => [new Linear(width, width, { bias: false }), new ReLU()]).flat(),
  );
  return { model, batch: () => ({ x: randn([32, width]), target: randint(0, classes, [32]) }) };
}
