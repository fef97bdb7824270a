import { gruCell, linear, type Tensor } from "@dl/tensor";
import { speakingFor } from "../text.ts";
import { gruSequence } from "./gru-sequence.ts";
import { type DirectionWeights, Recurrent, type RecurrentOptions, type Sequence } from "./recurrent.ts";
import type { RecurrentOutput } from "./rnn.ts";
import type { Sequences } from "./sequences.ts";
import type { Step } from "./steps.ts";

/**
 * `h' = (1 - z) n + z h` at each step, with `r = σ(xr + hr)`, `z = σ(xz + hz)` and `n = tanh(xn + r hn)`, where xr, xz,
 * xn are the parts of `x Wihᵀ + bih`, and hr, hz, hn those of `h Whhᵀ + bhh`. D is 2 if bidirectional, else 1.
 *
 * - x: `[length, batch, inputSize]`, `[batch, length, inputSize]` with `batchFirst`, `[length, inputSize]`, or packed
 * - h (initial state, default zeros), hidden: `[D numLayers, batch, hiddenSize]`, or without batch
 * - output: as x, with `D hiddenSize` numbers in the last dimension
 * - weightIhL0: `[3 hiddenSize, inputSize]`, weightHhL0: `[3 hiddenSize, hiddenSize]`, biasIhL0 and biasHhL0:
 *   `[3 hiddenSize]`, and so on with L1, … and L0Reverse, …; all from U(-k, k), k = 1/√hiddenSize
 *
 * Cho et al. 2014, "Learning Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation";
 * https://pytorch.org/docs/stable/generated/torch.nn.GRU.html
 *
 * @example
 * new GRU(3, 5, { bidirectional: true }).forward(zeros([7, 2, 3])).output.shape; // => [7, 2, 10]
 */
export class GRU extends Recurrent<Tensor, RecurrentOutput> {
  constructor(inputSize: number, hiddenSize: number, options: RecurrentOptions = {}) {
    super(inputSize, hiddenSize, 3, options);
  }

  override forward<X extends Sequences>(x: X, h?: Tensor): RecurrentOutput<X>;
  override forward(x: Sequences, h?: Tensor): RecurrentOutput {
    return speakingFor(this, () => {
      const { output, states } = this.pass(x, h && [h]);
      return { output, hidden: states[0] as Tensor };
    });
  }

  protected override stepWith(weights: DirectionWeights): Step {
    return (x, [h]) => [gruCell(x, h as Tensor, weights)];
  }

  protected override sequenceWith({ weightIh, weightHh, biasIh, biasHh }: DirectionWeights): Sequence {
    return (x, [h], direction) => gruSequence(linear(x, weightIh, biasIh), h as Tensor, weightHh, biasHh, direction);
  }

  protected override stateSizes(): Readonly<Record<string, number>> {
    return { h: this.hiddenSize };
  }
}
