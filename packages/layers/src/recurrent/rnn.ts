import { add, linear, rnnCell, type Tensor } from "@dl/tensor";
import { speakingFor } from "../text.ts";
import { type DirectionWeights, Recurrent, type RecurrentOptions, type Sequence } from "./recurrent.ts";
import { rnnSequence } from "./rnn-sequence.ts";
import type { SameSequences, Sequences } from "./sequences.ts";
import type { Step } from "./steps.ts";

export interface RNNOptions extends RecurrentOptions {
  /** Default "tanh". */
  nonlinearity?: "tanh" | "relu";
}

/** What a plain recurrent network or a GRU gives. */
export interface RecurrentOutput<X extends Sequences = Sequences> {
  /** The top layer's hidden state after each step. */
  readonly output: SameSequences<X>;
  /** Every layer's hidden state after the last step. */
  readonly hidden: Tensor;
}

/**
 * `h' = tanh(x Wihᵀ + bih + h Whhᵀ + bhh)` at each step, in `numLayers` layers. D is 2 if bidirectional, else 1.
 *
 * - x: `[length, batch, inputSize]`, `[batch, length, inputSize]` with `batchFirst`, `[length, inputSize]`, or packed
 * - h (initial state, default zeros), hidden: `[D numLayers, batch, hiddenSize]`, or without batch
 * - output: as x, with `D hiddenSize` numbers in the last dimension
 * - weightIhL0: `[hiddenSize, inputSize]`, weightHhL0: `[hiddenSize, hiddenSize]`, biasIhL0 and biasHhL0:
 *   `[hiddenSize]`, and so on with L1, … and L0Reverse, …; all from U(-k, k), k = 1/√hiddenSize
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.RNN.html
 *
 * @example
 * new RNN(3, 5, { batchFirst: true }).forward(zeros([2, 7, 3])).output.shape; // => [2, 7, 5]
 */
export class RNN extends Recurrent<Tensor, RecurrentOutput> {
  readonly nonlinearity: "tanh" | "relu";

  constructor(inputSize: number, hiddenSize: number, { nonlinearity = "tanh", ...options }: RNNOptions = {}) {
    checkNonlinearity("RNN", nonlinearity);
    super(inputSize, hiddenSize, 1, options);
    this.nonlinearity = nonlinearity;
  }

  override forward<X extends Sequences>(x: X, h?: Tensor): RecurrentOutput<X>;
  override forward(x: Sequences, h?: Tensor): RecurrentOutput {
    return speakingFor(this, () => {
      const { output, states } = this.pass(x, h && [h]);
      return { output, hidden: states[0] as Tensor };
    });
  }

  protected override stepWith(weights: DirectionWeights): Step {
    const { nonlinearity } = this;
    const joined = withOneBias(weights);
    return (x, [h]) => [rnnCell(x, h as Tensor, joined, { nonlinearity })];
  }

  protected override sequenceWith(weights: DirectionWeights): Sequence {
    const { nonlinearity } = this;
    const { weightIh, weightHh, biasIh } = withOneBias(weights);
    return (x, [h], direction) =>
      rnnSequence(linear(x, weightIh, biasIh), h as Tensor, weightHh, { ...direction, nonlinearity });
  }

  protected override stateSizes(): Readonly<Record<string, number>> {
    return { h: this.hiddenSize };
  }

  protected override told(): ReturnType<Recurrent<Tensor, RecurrentOutput>["told"]> {
    return { nonlinearity: [this.nonlinearity, "tanh"], ...super.told() };
  }
}

/** The two biases added once instead of at every step. */
export const withOneBias = (weights: DirectionWeights): DirectionWeights =>
  weights.biasIh === undefined || weights.biasHh === undefined
    ? weights
    : { ...weights, biasIh: add(weights.biasIh, weights.biasHh), biasHh: undefined };

/** Throws unless it is "tanh" or "relu". */
export function checkNonlinearity(who: string, nonlinearity: string): void {
  if (nonlinearity !== "tanh" && nonlinearity !== "relu")
    throw new TypeError(`${who}: nonlinearity is "tanh" or "relu", not ${JSON.stringify(nonlinearity)}`);
}
