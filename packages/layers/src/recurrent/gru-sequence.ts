import { customGradient } from "@dl/autograd";
import {
  chunk,
  contiguous,
  emptyBeside,
  linear,
  scope,
  select,
  stack,
  sum,
  type Tensor,
  transpose,
  update_,
  updateAll_,
  updates,
  zerosLike,
} from "@dl/tensor";
import { gruGates, matmulBatch } from "@dl/tensor/primitives";
import type { Ran } from "./climb.ts";
import { addProduct, copyTo, type Direction, lastState, statesIn, stepOrder, weightGradient } from "./sequence.ts";

const step = updates(
  "gru",
  ["xr", "xz", "xn", "hr", "hz", "hn", "h"],
  ["let r = sigmoid(xr + hr)", "let z = sigmoid(xz + hz)", "let n = tanh(xn + r * hn)"],
  ["r", "z", "n", "n + z * (h - n)"],
);

/**
 * From the gradient of h' to those of the parts of x, of the parts of `h Wᵀ + b`, and of h as far as it is in h' itself,
 * added to `own`. r, z, n are what `step` made.
 */
const stepBack = updates(
  "gruBackward",
  ["gh", "own", "r", "z", "hn", "n", "h"],
  ["let dn = gh * (1 - z) * (1 - n * n)", "let dz = gh * (h - n) * z * (1 - z)", "let dr = dn * hn * r * (1 - r)"],
  ["dr", "dz", "dn", "dr", "dz", "dn * r", "own + gh * z"],
);

type Three = [Tensor, Tensor, Tensor];

const parts = (gates: Tensor): Three => chunk(gates, 3, { dim: -1 }) as Three;

const afterAll = customGradient<Direction>({
  name: "gru",
  forward: ([x, start, weight, bias], direction) =>
    scope(() => {
      const [sums, h0] = [x, start] as [Tensor, Tensor];
      const length = sums.shape[0] as number;
      const turned = transpose(weight as Tensor);
      const gates = emptyBeside(sums, sums.shape);
      const candidates = emptyBeside(h0, [length, ...h0.shape]);
      const hidden = statesIn(emptyBeside(h0, [length + 1, ...h0.shape]), direction);
      copyTo(hidden.start, h0);
      for (const t of stepOrder(sums, direction)) {
        const [own, h] = [select(gates, 0, t), hidden.before(t)];
        if (bias === undefined) update_(own, matmulBatch.op, [h, turned]);
        else addProduct(own, bias, h, turned);
        const [hr, hz, hn] = parts(own);
        const made = [hr, hz, select(candidates, 0, t), hidden.after(t)];
        updateAll_(made, step, [...parts(select(sums, 0, t)), hr, hz, hn, h]);
      }
      return { output: hidden.allAfter, saved: [gates, candidates, hidden.memory] };
    }),
  backward(upstream, { inputs, saved, options }) {
    const [, h0, weight, bias] = inputs as [Tensor, Tensor, Tensor, Tensor | undefined];
    const [gates, candidates, memory] = saved as [Tensor, Tensor, Tensor];
    const g = contiguous(upstream);
    const hidden = statesIn(memory, options);
    const [fromInput, fromHidden] = [emptyBeside(gates, gates.shape), emptyBeside(gates, gates.shape)];
    const [dh, through] = [emptyBeside(h0, h0.shape), emptyBeside(h0, h0.shape)];
    const order = stepOrder(gates, options).toReversed();
    let gh = select(g, 0, order[0] as number);
    for (const [k, t] of order.entries()) {
      const next = order[k + 1];
      const own = next === undefined ? zerosLike(h0) : select(g, 0, next);
      const [r, z, hn] = parts(select(gates, 0, t));
      const [inputSide, hiddenSide] = [select(fromInput, 0, t), select(fromHidden, 0, t)];
      const read = [gh, own, r, z, hn, select(candidates, 0, t), hidden.before(t)];
      updateAll_([...parts(inputSide), ...parts(hiddenSide), through], stepBack, read);
      gh = addProduct(dh, through, hiddenSide, weight);
    }
    const weights = weightGradient(fromHidden, hidden.allBefore);
    return [fromInput, gh, weights, ...(bias === undefined ? [] : [sum(fromHidden, { dim: [0, 1] })])];
  },
  composed([x, start, weight, bias], direction) {
    const after: Tensor[] = [];
    let h = start as Tensor;
    for (const t of stepOrder(x as Tensor, direction)) {
      h = gruGates(select(x as Tensor, 0, t), linear(h, weight as Tensor, bias), h);
      after[t] = h;
    }
    return stack(after);
  },
});

/**
 * `h' = (1 - z) n + z h` at every step, with `r = σ(xr + hr)`, `z = σ(xz + hz)` and `n = tanh(xn + r hn)`, where hr, hz
 * and hn are the parts of `h Wᵀ + b`.
 *
 * - x: `[length, batch, 3 size]`, h (at the start): `[batch, size]`, weight: `[3 size, size]`, bias: `[3 size]`
 * - output: `[length, batch, size]`, state: `[batch, size]`
 */
export function gruSequence(
  x: Tensor,
  h: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  direction: Direction,
): Ran<Tensor> {
  const output = afterAll(bias === undefined ? [x, h, weight] : [x, h, weight, bias], direction);
  return { output, state: [lastState(output, direction)] };
}
