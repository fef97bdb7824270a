import { type LSTM, LSTMCell } from "@dl/layers";
import { chunk, linear, sigmoid, stack, type Tensor, tanh, unbind, zeros } from "@dl/tensor";

/** What goes on inside a layer, `[n, length, units]` each. */
export type Gates = Readonly<Record<"input" | "forget" | "output" | "cell" | "hidden", Tensor>>;

/** The layer gives its hidden states; its weights and the formula of an LSTM give the rest. */
export function gatesOf(layer: LSTM, x: Tensor): Gates {
  const { weightIh, weightHh, biasIh, biasHh, hiddenSize } = cellOf(layer);
  let [h, c] = [0, 0].map(() => zeros([x.shape[0] as number, hiddenSize])) as [Tensor, Tensor];
  const steps = unbind(x, { dim: 1 }).map((now) => {
    const sums = linear(now, weightIh, biasIh).add(linear(h, weightHh, biasHh));
    const [i, f, z, o] = chunk(sums, 4, { dim: 1 }) as [Tensor, Tensor, Tensor, Tensor];
    const [input, forget, output] = [sigmoid(i), sigmoid(f), sigmoid(o)];
    c = forget.mul(c).add(input.mul(tanh(z)));
    h = output.mul(tanh(c));
    return stack([input, forget, output, c, h]);
  });
  const [input, forget, output, cell, hidden] = unbind(stack(steps, { dim: 2 })) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ];
  return { input, forget, output, cell, hidden };
}

/** One step of the layer, with its weights. */
function cellOf(layer: LSTM): LSTMCell {
  const cell = new LSTMCell(layer.inputSize, layer.hiddenSize);
  const state = Object.entries(layer.stateDict()).map(([name, weight]) => [name.replace("_l0", ""), weight]);
  cell.loadStateDict(Object.fromEntries(state));
  return cell;
}
