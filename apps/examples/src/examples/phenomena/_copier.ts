import { noGrad } from "@dl/autograd";
import { Embedding, GRU, Linear, Module, type RecurrentOutput } from "@dl/layers";
import { all, argmax, cat, eq, full, narrow, randint, softmax, type Tensor } from "@dl/tensor";

const digits = 10;

/** Reads a row of digits, then says it again from what it has kept. */
export class Copier extends Module {
  readonly embedding = new Embedding(digits + 1, 16);
  readonly encoder: GRU;
  readonly decoder: GRU;
  readonly output: Linear;
  readonly attends: boolean;

  constructor({ hidden, attends }: { readonly hidden: number; readonly attends: boolean }) {
    super();
    this.encoder = new GRU(16, hidden, { batchFirst: true });
    this.decoder = new GRU(16, hidden, { batchFirst: true });
    this.output = new Linear(attends ? 2 * hidden : hidden, digits);
    this.attends = attends;
  }

  /** Teacher forcing: each digit is guessed after the right ones before it. */
  override forward(x: Tensor): Tensor {
    const [count, length] = x.shape as [number, number];
    return this.#say(cat([start(count), narrow(x, 1, 0, length - 1)], { dim: 1 }), this.#read(x)).logits;
  }

  /** Each digit is guessed after those that it has said itself. */
  copy(x: Tensor): Tensor {
    const [count, length] = x.shape as [number, number];
    const read = this.#read(x);
    const said = [start(count)];
    let { hidden } = read;
    for (let i = 0; i < length; i++) {
      const next = this.#say(said[i] as Tensor, { ...read, hidden });
      said.push(argmax(next.logits, { dim: 2 }));
      hidden = next.hidden;
    }
    return cat(said.slice(1), { dim: 1 });
  }

  #read(x: Tensor): RecurrentOutput<Tensor> {
    return this.encoder.forward(this.embedding.forward(x));
  }

  /** Goes on from `hidden`, one vector for 4 digits and for 24. With attention it looks at `output` too: one for each. */
  #say(before: Tensor, { output, hidden }: RecurrentOutput<Tensor>): { logits: Tensor; hidden: Tensor } {
    const after = this.decoder.forward(this.embedding.forward(before), hidden);
    const weights = (): Tensor => softmax(after.output.matmul(output.transpose(1, 2)), { dim: 2 });
    const known = this.attends ? cat([after.output, weights().matmul(output)], { dim: 2 }) : after.output;
    return { logits: this.output.forward(known), hidden: after.hidden };
  }
}

/** What is heard before the first digit. */
const start = (count: number): Tensor => full([count, 1], digits, { dtype: "int32" });

/** What is right of new rows of one length. */
export interface Score {
  readonly digits: number;
  readonly whole: number;
}

/** Of 500 new rows, said again without help. */
export async function scoreAt(model: Copier, length: number): Promise<Score> {
  const x = randint(0, digits, [500, length]);
  const right = noGrad(() => eq(model.copy(x), x));
  return {
    digits: await right.to("float32").mean().itemAsync(),
    whole: await all(right, { dim: 1 }).to("float32").mean().itemAsync(),
  };
}

/** Batches of 64 rows of one length, without end. */
export async function* rows(): AsyncGenerator<Tensor> {
  for (;;) yield randint(0, digits, [64, await randint(4, 25, []).itemAsync()]);
}
