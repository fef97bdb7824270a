import { noGrad } from "@dl/autograd";
import { Embedding, GRU, Linear, LSTM, Module, RNN } from "@dl/layers";
import { multinomial, select, softmax, type Tensor, tensor } from "@dl/tensor";

const hidden = 128;
const kinds = { RNN, GRU, LSTM } as const;

/** Guesses each next character from all before it, which the recurrent layer keeps in its hidden state. */
export class Writer extends Module {
  readonly embedding: Embedding;
  readonly layer: RNN | GRU | LSTM;
  readonly output: Linear;
  constructor(symbols: number, kind: keyof typeof kinds) {
    super();
    this.embedding = new Embedding(symbols, 32);
    this.layer = new kinds[kind](32, hidden, { batchFirst: true });
    this.output = new Linear(hidden, symbols);
  }
  override forward(x: Tensor): Tensor {
    return this.output.forward(this.layer.forward(this.embedding.forward(x)).output);
  }
}

/** 200 characters, each drawn from what the model expects after the `length` before. */
export async function written(
  model: Writer,
  alphabet: readonly string[],
  start: string,
  length: number,
): Promise<string> {
  let text = start;
  while (text.length < 200) {
    const codes = Int32Array.from(text.slice(-length), (character) => alphabet.indexOf(character));
    const logits = noGrad(() => select(model.forward(tensor(codes, { shape: [1, codes.length] })), 1, -1));
    text += alphabet[await multinomial(softmax(logits.squeeze(0), { dim: 0 }), 1).itemAsync()];
  }
  return JSON.stringify(text);
}
