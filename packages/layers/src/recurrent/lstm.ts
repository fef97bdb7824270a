import { linear, lstmCell, type Tensor } from "@dl/tensor";
import { speakingFor } from "../text.ts";
import { lstmSequence } from "./lstm-sequence.ts";
import { type DirectionWeights, Recurrent, type RecurrentOptions, type Sequence } from "./recurrent.ts";
import { withOneBias } from "./rnn.ts";
import type { SameSequences, Sequences } from "./sequences.ts";
import type { Step } from "./steps.ts";

export interface LSTMOptions extends RecurrentOptions {
  /** The hidden state is projected to this size; 0 leaves it as it is. Default 0. */
  projSize?: number;
}

/** The hidden state and the cell state. */
export type LSTMState = readonly [h: Tensor, c: Tensor];

export interface LSTMOutput<X extends Sequences = Sequences> {
  /** The top layer's hidden state after each step. */
  readonly output: SameSequences<X>;
  /** Every layer's hidden state and cell state after the last step. */
  readonly hidden: LSTMState;
}

/**
 * `c' = σ(f) c + σ(i) tanh(z)` and `h' = σ(o) tanh(c')` at each step, where i, f, z and o are the parts of
 * `x Wihᵀ + bih + h Whhᵀ + bhh`. D is 2 if bidirectional, else 1; out is `projSize` or else `hiddenSize`.
 *
 * - x: `[length, batch, inputSize]`, `[batch, length, inputSize]` with `batchFirst`, `[length, inputSize]`, or packed
 * - initial state (default zeros) and hidden: h `[D numLayers, batch, out]` and c `[D numLayers, batch, hiddenSize]`,
 *   or without batch
 * - output: as x, with `D out` numbers in the last dimension
 * - weightIhL0: `[4 hiddenSize, inputSize]`, weightHhL0: `[4 hiddenSize, out]`, biasIhL0 and biasHhL0:
 *   `[4 hiddenSize]`, weightHrL0: `[projSize, hiddenSize]`, and so on with L1, … and L0Reverse, …; all from U(-k, k),
 *   k = 1/√hiddenSize
 *
 * Hochreiter and Schmidhuber 1997, "Long Short-Term Memory";
 * https://pytorch.org/docs/stable/generated/torch.nn.LSTM.html
 *
 * @example
 * const { output, hidden: [h, c] } = new LSTM(3, 5, { numLayers: 2 }).forward(zeros([7, 2, 3]));
 * [output.shape, h.shape, c.shape]; // => [[7, 2, 5], [2, 2, 5], [2, 2, 5]]
 */
export class LSTM extends Recurrent<LSTMState, LSTMOutput> {
  constructor(inputSize: number, hiddenSize: number, { projSize = 0, ...options }: LSTMOptions = {}) {
    super(inputSize, hiddenSize, 4, options, projSize);
  }

  override forward<X extends Sequences>(x: X, state?: LSTMState): LSTMOutput<X>;
  override forward(x: Sequences, state?: LSTMState): LSTMOutput {
    return speakingFor(this, () => {
      const { output, states } = this.pass(x, state);
      return { output, hidden: [states[0] as Tensor, states[1] as Tensor] };
    });
  }

  protected override stepWith(weights: DirectionWeights): Step {
    const joined = withOneBias(weights);
    return (x, [h, c]) => lstmCell(x, [h as Tensor, c as Tensor], joined);
  }

  protected override sequenceWith(weights: DirectionWeights): Sequence {
    const { weightIh, weightHh, biasIh } = withOneBias(weights);
    return (x, [h, c], direction) =>
      lstmSequence(linear(x, weightIh, biasIh), h as Tensor, c as Tensor, weightHh, direction);
  }

  protected override stateSizes(): Readonly<Record<string, number>> {
    return { h: this.projSize === 0 ? this.hiddenSize : this.projSize, c: this.hiddenSize };
  }

  protected override told(): ReturnType<Recurrent<LSTMState, LSTMOutput>["told"]> {
    return { ...super.told(), projSize: [this.projSize, 0] };
  }
}
