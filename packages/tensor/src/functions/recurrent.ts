import { operandsText } from "../errors.ts";
import { add } from "../ops/elementwise/arithmetic.ts";
import { relu } from "../ops/elementwise/rectifiers.ts";
import { tanh } from "../ops/elementwise/trigonometry.ts";
import { gruGates } from "../ops/recurrent/gru-gates.ts";
import { lstmGates } from "../ops/recurrent/lstm-gates.ts";
import { select } from "../ops/view/slice.ts";
import type { Tensor } from "../tensor.ts";
import { linear } from "./linear.ts";

/** What one step of a recurrent network multiplies with. `gates` is 1 for a plain one, 3 for a GRU, 4 for an LSTM. */
export interface CellWeights {
  /** `[gates · size, in]` */
  readonly weightIh: Tensor;
  /** `[gates · size, out]`, where out is size unless there is `weightHr`. */
  readonly weightHh: Tensor;
  /** `[gates · size]` */
  readonly biasIh?: Tensor | undefined;
  /** `[gates · size]` */
  readonly biasHh?: Tensor | undefined;
}

export interface LstmWeights extends CellWeights {
  /** `[out, size]`: the hidden state is `h Wᵀ` with it. */
  readonly weightHr?: Tensor | undefined;
}

export interface RnnCellOptions {
  /** Default "tanh". */
  nonlinearity?: "tanh" | "relu";
}

/**
 * `h' = tanh(x Wihᵀ + bih + h Whhᵀ + bhh)`, one step of a plain recurrent network.
 *
 * - x: `[n, in]`, h: `[n, size]`
 * - result: `[n, size]`
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.RNNCell.html
 *
 * @example
 * rnnCell(ones([1, 2]), zeros([1, 1]), { weightIh: ones([1, 2]), weightHh: ones([1, 1]) }, { nonlinearity: "relu" }).tolist(); // => [[2]]
 */
export function rnnCell(
  x: Tensor,
  h: Tensor,
  weights: CellWeights,
  { nonlinearity = "tanh" }: RnnCellOptions = {},
): Tensor {
  checkRows("rnnCell", x, h);
  const sum = gatesOf(x, h, weights);
  return nonlinearity === "relu" ? relu(sum) : tanh(sum);
}

/**
 * `c' = σ(f) c + σ(i) tanh(z)` and `h' = σ(o) tanh(c')`, where i, f, z and o are the parts of
 * `x Wihᵀ + bih + h Whhᵀ + bhh`: one step of an LSTM. Returns h' and c'.
 *
 * - x: `[n, in]`, h: `[n, out]`, c: `[n, size]`
 *
 * Hochreiter and Schmidhuber 1997, "Long Short-Term Memory";
 * https://pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html
 *
 * @example
 * const weights = { weightIh: zeros([4, 2]), weightHh: zeros([4, 1]) };
 * lstmCell(ones([1, 2]), [zeros([1, 1]), ones([1, 1])], weights)[1].tolist(); // => [[0.5]]
 */
export function lstmCell(x: Tensor, [h, c]: readonly [h: Tensor, c: Tensor], weights: LstmWeights): [Tensor, Tensor] {
  checkRows("lstmCell", x, h);
  const both = lstmGates(gatesOf(x, h, weights), c);
  const hidden = select(both, 0, 0);
  return [weights.weightHr === undefined ? hidden : linear(hidden, weights.weightHr), select(both, 0, 1)];
}

/**
 * `h' = (1 - z) n + z h` with `r = σ(xr + hr)`, `z = σ(xz + hz)` and `n = tanh(xn + r hn)`, where xr, xz and xn are
 * the parts of `x Wihᵀ + bih`, hr, hz and hn those of `h Whhᵀ + bhh`: one step of a GRU.
 *
 * - x: `[n, in]`, h: `[n, size]`
 * - result: `[n, size]`
 *
 * Cho et al. 2014, "Learning Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation";
 * https://pytorch.org/docs/stable/generated/torch.nn.GRUCell.html
 *
 * @example
 * gruCell(ones([1, 2]), ones([1, 1]), { weightIh: zeros([3, 2]), weightHh: zeros([3, 1]) }).tolist(); // => [[0.5]]
 */
export function gruCell(x: Tensor, h: Tensor, { weightIh, weightHh, biasIh, biasHh }: CellWeights): Tensor {
  checkRows("gruCell", x, h);
  return gruGates(linear(x, weightIh, biasIh), linear(h, weightHh, biasHh), h);
}

/** `x Wihᵀ + bih + h Whhᵀ + bhh` */
const gatesOf = (x: Tensor, h: Tensor, { weightIh, weightHh, biasIh, biasHh }: CellWeights): Tensor =>
  add(linear(x, weightIh, biasIh), linear(h, weightHh, biasHh));

function checkRows(who: string, x: Tensor, h: Tensor): void {
  if (x.ndim === 2 && h.ndim === 2 && x.shape[0] === h.shape[0]) return;
  throw new RangeError(`${who}: x must be [n, in] and h [n, size] with the same n ${operandsText({ x, h })}`);
}
