import { Embedding, Linear, Module, MultiheadAttention, PositionalEncoding } from "@dl/layers";
import { randint, type Tensor } from "@dl/tensor";

const symbols = 10;
export const places = 12;

/** Names for each place a symbol, by looking at all places at once. */
export class Attentive extends Module {
  readonly embedding = new Embedding(symbols, 32);
  readonly positions = new PositionalEncoding(32, { dropout: 0, batchFirst: true });
  readonly attention = new MultiheadAttention(32, 1, { batchFirst: true });
  readonly output = new Linear(32, symbols);

  override forward(x: Tensor): Tensor {
    return this.output.forward(this.look(x).output);
  }

  look(x: Tensor): ReturnType<MultiheadAttention["forward"]> {
    const placed = this.positions.forward(this.embedding.forward(x));
    return this.attention.forward(placed, placed, placed);
  }
}

/** Random symbols, `[count, places]`. */
export const rowsOf = (count: number): Tensor => randint(0, symbols, [count, places]);

/** Batches of 64 of them, without end. */
export function* batches(): Generator<Tensor> {
  for (;;) yield rowsOf(64);
}
