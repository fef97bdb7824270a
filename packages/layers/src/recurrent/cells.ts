import {
  type CellWeights,
  type Generator,
  gruCell,
  lstmCell,
  operandsText,
  rnnCell,
  sameShape,
  shapeText,
  squeeze,
  type Tensor,
  unsqueeze,
  zeros,
} from "@dl/tensor";
import { uniform_ } from "../init/index.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes, layerText, speakingFor } from "../text.ts";
import type { LSTMState } from "./lstm.ts";
import { checkNonlinearity } from "./rnn.ts";

export interface CellOptions {
  /** Whether biases are there and learnt. Default true. */
  bias?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

/** What the single steps share. */
abstract class Cell<State, Result> extends Module<[x: Tensor, state?: State], Result> {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly weightIh: Parameter;
  readonly weightHh: Parameter;
  readonly biasIh: Parameter | undefined;
  readonly biasHh: Parameter | undefined;

  constructor(inputSize: number, hiddenSize: number, gates: number, { bias = true, generator }: CellOptions) {
    super();
    checkSizes(new.target.name, { inputSize, hiddenSize }, 1);
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    const k = 1 / Math.sqrt(hiddenSize);
    const drawn = (...shape: number[]): Parameter => uniform_(new Parameter(zeros(shape)), { a: -k, b: k, generator });
    this.weightIh = drawn(gates * hiddenSize, inputSize);
    this.weightHh = drawn(gates * hiddenSize, hiddenSize);
    this.biasIh = bias ? drawn(gates * hiddenSize) : undefined;
    this.biasHh = bias ? drawn(gates * hiddenSize) : undefined;
  }

  /** Runs `step` with a batch: x `[n, inputSize]` and every part of the state `[n, hiddenSize]`, zeros by default. */
  protected stepped(
    x: Tensor,
    given: readonly Tensor[] | undefined,
    step: (x: Tensor, state: Tensor[], weights: CellWeights) => readonly Tensor[],
  ): Tensor[] {
    const { inputSize, hiddenSize } = this;
    if ((x.ndim !== 1 && x.ndim !== 2) || x.shape.at(-1) !== inputSize)
      throw new RangeError(`${this}: x must be [batch, ${inputSize}] or [${inputSize}] ${operandsText({ x })}`);
    const wanted = [...x.shape.slice(0, -1), hiddenSize];
    const states = given ?? ["h", "c"].map(() => zeros(wanted, { dtype: x.dtype, device: x.device }));
    const odd = states.find(({ shape }) => !sameShape(shape, wanted));
    if (odd !== undefined)
      throw new RangeError(`${this}: the state must be ${shapeText(wanted)} ${operandsText({ x, state: odd })}`);
    return speakingFor(this, () => {
      if (x.ndim === 2) return [...step(x, [...states], this)];
      const batch = states.map((state) => unsqueeze(state, 0));
      return step(unsqueeze(x, 0), batch, this).map((state) => squeeze(state, 0));
    });
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.inputSize, this.hiddenSize], {
      bias: [this.biasIh !== undefined, true],
    });
  }
}

export interface RNNCellOptions extends CellOptions {
  /** Default "tanh". */
  nonlinearity?: "tanh" | "relu";
}

/**
 * `h' = tanh(x Wihᵀ + bih + h Whhᵀ + bhh)`: one step of an `RNN`.
 *
 * - x: `[batch, inputSize]` or `[inputSize]`
 * - h (default zeros), result: `[batch, hiddenSize]` or `[hiddenSize]`
 * - weightIh: `[hiddenSize, inputSize]`, weightHh: `[hiddenSize, hiddenSize]`, biasIh, biasHh: `[hiddenSize]`, all from
 *   U(-k, k), k = 1/√hiddenSize
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.RNNCell.html
 *
 * @example
 * new RNNCell(3, 5).forward(zeros([2, 3])).shape; // => [2, 5]
 */
export class RNNCell extends Cell<Tensor, Tensor> {
  readonly nonlinearity: "tanh" | "relu";

  constructor(inputSize: number, hiddenSize: number, { nonlinearity = "tanh", ...options }: RNNCellOptions = {}) {
    checkNonlinearity("RNNCell", nonlinearity);
    super(inputSize, hiddenSize, 1, options);
    this.nonlinearity = nonlinearity;
  }

  override forward(x: Tensor, h?: Tensor): Tensor {
    const { nonlinearity } = this;
    const [next] = this.stepped(x, h && [h], (row, [state], weights) => [
      rnnCell(row, state as Tensor, weights, { nonlinearity }),
    ]);
    return next as Tensor;
  }

  override toString(): string {
    return layerText("RNNCell", [this.inputSize, this.hiddenSize], {
      bias: [this.biasIh !== undefined, true],
      nonlinearity: [this.nonlinearity, "tanh"],
    });
  }
}

/**
 * `c' = σ(f) c + σ(i) tanh(z)` and `h' = σ(o) tanh(c')`: one step of an `LSTM`. Returns h' and c'.
 *
 * - x: `[batch, inputSize]` or `[inputSize]`
 * - h and c (default zeros), h' and c': `[batch, hiddenSize]` or `[hiddenSize]`
 * - weightIh: `[4 hiddenSize, inputSize]`, weightHh: `[4 hiddenSize, hiddenSize]`, biasIh, biasHh: `[4 hiddenSize]`, all
 *   from U(-k, k), k = 1/√hiddenSize
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html
 *
 * @example
 * new LSTMCell(3, 5).forward(zeros([2, 3])).map(({ shape }) => shape); // => [[2, 5], [2, 5]]
 */
export class LSTMCell extends Cell<LSTMState, LSTMState> {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super(inputSize, hiddenSize, 4, options);
  }

  override forward(x: Tensor, state?: LSTMState): LSTMState {
    const [h, c] = this.stepped(x, state, (row, parts, weights) => lstmCell(row, parts as [Tensor, Tensor], weights));
    return [h as Tensor, c as Tensor];
  }
}

/**
 * `h' = (1 - z) n + z h`: one step of a `GRU`.
 *
 * - x: `[batch, inputSize]` or `[inputSize]`
 * - h (default zeros), result: `[batch, hiddenSize]` or `[hiddenSize]`
 * - weightIh: `[3 hiddenSize, inputSize]`, weightHh: `[3 hiddenSize, hiddenSize]`, biasIh, biasHh: `[3 hiddenSize]`, all
 *   from U(-k, k), k = 1/√hiddenSize
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.GRUCell.html
 *
 * @example
 * new GRUCell(3, 5).forward(zeros([3])).shape; // => [5]
 */
export class GRUCell extends Cell<Tensor, Tensor> {
  constructor(inputSize: number, hiddenSize: number, options: CellOptions = {}) {
    super(inputSize, hiddenSize, 3, options);
  }

  override forward(x: Tensor, h?: Tensor): Tensor {
    const [next] = this.stepped(x, h && [h], (row, [state], weights) => [gruCell(row, state as Tensor, weights)]);
    return next as Tensor;
  }
}
