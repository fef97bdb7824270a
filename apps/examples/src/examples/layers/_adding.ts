import { noGrad } from "@dl/autograd";
import { GRU, Linear, LSTM, Module, RNN } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam } from "@dl/optim";
import { cat, fill_, mul, narrow, oneHot, rand, randint, select, stack, sum, type Tensor, zero_ } from "@dl/tensor";
import { type Callback, clipGradients, fit, type ProgressDisplay, progressBar } from "@dl/train";

const hidden = 32;

/** Reads a row of numbers and says at its end what the marked two add up to. */
export class Adder<Layer extends RNN | GRU | LSTM = RNN | GRU | LSTM> extends Module {
  readonly layer: Layer;
  readonly output = new Linear(hidden, 1);

  constructor(layer: () => Layer) {
    super();
    this.layer = layer();
    if (!(this.layer instanceof LSTM)) return;
    // forget gates begin open: a bias of 1 (the second of four parts of the biases)
    for (const [name, parameter] of this.layer.namedParameters()) {
      const forget = narrow(parameter.detach(), 0, hidden, hidden);
      if (name.startsWith("bias_ih")) fill_(forget, 1);
      else if (name.startsWith("bias_hh")) zero_(forget);
    }
  }

  override forward(x: Tensor): Tensor {
    return this.output.forward(select(this.layer.forward(x).output, 1, -1)).squeeze(1);
  }
}

export const layers = {
  RNN: () => new RNN(2, hidden, { batchFirst: true }),
  GRU: () => new GRU(2, hidden, { batchFirst: true }),
  LSTM: () => new LSTM(2, hidden, { batchFirst: true }),
} as const;

interface Lesson {
  readonly length: number;
  /** Batches of 50 rows at most. */
  readonly steps: number;
  readonly display: (total: number) => ProgressDisplay;
}

interface Learnt<Layer extends RNN | GRU | LSTM> {
  readonly model: Adder<Layer>;
  /** Of each batch. */
  readonly losses: readonly number[];
  /** Mean square on 1,000 new rows. */
  readonly error: number;
}

/** Teaches an adder with such a layer, until its last 100 losses are below .01 on average or `steps` are over. */
export async function learnt<Layer extends RNN | GRU | LSTM>(
  layer: () => Layer,
  { length, steps, display }: Lesson,
): Promise<Learnt<Layer>> {
  const model = new Adder(layer);
  const losses: number[] = [];
  await fit(model, rows(length), {
    loss: (model, { x, y }) => mseLoss(model.forward(x), y),
    optimizer: new Adam(model.parameters(), { lr: 0.01 }),
    steps,
    every: steps,
    callbacks: [clipGradients({ maxNorm: 1 }), solved(losses), progressBar({ display })],
  });
  const { x, y } = sample(length, 1000);
  return { model, losses, error: await noGrad(() => mseLoss(model.forward(x), y)).itemAsync() };
}

/** Rows to add up. */
interface Rows {
  /** `[n, length, 2]`: a number from 0 to 1, and 1 where it is marked. */
  readonly x: Tensor;
  /** `[n]` */
  readonly y: Tensor;
}

/** Random rows with one mark in each half. */
export function sample(length: number, count: number): Rows {
  const half = Math.floor(length / 2);
  const numbers = rand([count, length]);
  const mark = (size: number): Tensor => oneHot(randint(0, size, [count]).to("int32"), { numClasses: size });
  const marks = cat([mark(half), mark(length - half)], { dim: 1 }).to("float32");
  return { x: stack([numbers, marks], { dim: 2 }), y: sum(mul(numbers, marks), { dim: 1 }) };
}

function* rows(length: number): Generator<Rows> {
  for (;;) yield sample(length, 50);
}

/** Collects the losses, and ends a run whose last 100 are below .01 on average. */
function solved(losses: number[]): Callback {
  return {
    afterStep(run) {
      losses.push(run.loss);
      const last = losses.slice(-100);
      if (last.length === 100 && last.reduce((sum, each) => sum + each, 0) < 1) run.stop("solved");
    },
  };
}
