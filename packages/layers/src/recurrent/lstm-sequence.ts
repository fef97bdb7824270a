import { customGradient } from "@dl/autograd";
import {
  add,
  chunk,
  contiguous,
  emptyBeside,
  matmul,
  narrow,
  scope,
  select,
  stack,
  type Tensor,
  transpose,
  updateAll_,
  updates,
} from "@dl/tensor";
import { lstmGates } from "@dl/tensor/primitives";
import type { Ran } from "./climb.ts";
import { addProduct, copyTo, type Direction, lastState, statesIn, stepOrder, weightGradient } from "./sequence.ts";

const step = updates(
  "lstm",
  ["i", "f", "z", "o", "c"],
  [
    "let in = sigmoid(i)",
    "let kept = sigmoid(f)",
    "let new = tanh(z)",
    "let out = sigmoid(o)",
    "let after = kept * c + in * new",
  ],
  ["in", "kept", "new", "out", "out * tanh(after)", "after"],
);

/** From the gradients of h' and c' to those of the four sums and of c; i, f, z, o are what `step` made of the sums. */
const stepBack = updates(
  "lstmBackward",
  ["gh", "gc", "i", "f", "z", "o", "c", "after"],
  ["let t = tanh(after)", "let d = gc + gh * o * (1 - t * t)"],
  ["d * z * i * (1 - i)", "d * c * f * (1 - f)", "d * i * (1 - z * z)", "gh * t * o * (1 - o)", "d * f"],
);

const parts = (gates: Tensor): Tensor[] => chunk(gates, 4, { dim: -1 });

/** `[length + 1, batch, size]`: h after every step in the order of time, and c after the last step beside its h. */
const afterAll = customGradient<Direction>({
  name: "lstm",
  forward: ([x, h0, c0, weight], direction) =>
    scope(() => {
      const [sums, h, c] = [x, h0, c0] as [Tensor, Tensor, Tensor];
      const length = sums.shape[0] as number;
      const turned = transpose(weight as Tensor);
      const gates = emptyBeside(sums, sums.shape);
      const both = emptyBeside(h, [length + 2, ...h.shape]);
      const hidden = statesIn(withStart(both, direction), direction);
      const cells = statesIn(emptyBeside(c, [length + 1, ...c.shape]), direction);
      copyTo(hidden.start, h);
      copyTo(cells.start, c);
      for (const t of stepOrder(sums, direction)) {
        const own = addProduct(select(gates, 0, t), select(sums, 0, t), hidden.before(t), turned);
        const each = parts(own);
        updateAll_([...each, hidden.after(t), cells.after(t)], step, [...each, cells.before(t)]);
      }
      const output = withEnd(both, direction);
      copyTo(endOf(output, direction), lastState(cells.allAfter, direction));
      return { output, saved: [gates, both, cells.memory] };
    }),
  backward(upstream, { inputs, saved, options }) {
    const [, h0, c0, weight] = inputs as [Tensor, Tensor, Tensor, Tensor];
    const [gates, both, memory] = saved as [Tensor, Tensor, Tensor];
    const g = contiguous(upstream);
    const ghs = eachH(g, options);
    const [hidden, cells] = [statesIn(withStart(both, options), options), statesIn(memory, options)];
    const made = emptyBeside(gates, gates.shape);
    const [dh, dc] = [emptyBeside(h0, h0.shape), emptyBeside(c0, c0.shape)];
    let later: Tensor | undefined;
    for (const t of stepOrder(gates, options).toReversed()) {
      const own = select(made, 0, t);
      const gh = later === undefined ? select(ghs, 0, t) : addProduct(dh, select(ghs, 0, t), later, weight);
      const gc = later === undefined ? endOf(g, options) : dc;
      const read = [gh, gc, ...parts(select(gates, 0, t)), cells.before(t), cells.after(t)];
      updateAll_([...parts(own), dc], stepBack, read);
      later = own;
    }
    return [made, matmul(later as Tensor, weight), dc, weightGradient(made, hidden.allBefore)];
  },
  composed([x, h0, c0, weight], direction) {
    const turned = transpose(weight as Tensor);
    const after: Tensor[] = [];
    let [h, c] = [h0 as Tensor, c0 as Tensor];
    for (const t of stepOrder(x as Tensor, direction)) {
      const both = lstmGates(add(select(x as Tensor, 0, t), matmul(h, turned)), c);
      [h, c] = [select(both, 0, 0), select(both, 0, 1)];
      after[t] = h;
    }
    return stack(direction.reverse ? [c, ...after] : [...after, c]);
  },
});

/** Of `[h at the start, …, c at the end]`, or in reverse `[c at the end, …, h at the start]`: all h. */
const withStart = (both: Tensor, { reverse }: Direction): Tensor =>
  narrow(both, 0, reverse ? 1 : 0, (both.shape[0] as number) - 1);

/** All but h at the start. */
const withEnd = (both: Tensor, { reverse }: Direction): Tensor =>
  narrow(both, 0, reverse ? 0 : 1, (both.shape[0] as number) - 1);

/** Of an output or its gradient: the part of c. */
const endOf = (output: Tensor, { reverse }: Direction): Tensor => select(output, 0, reverse ? 0 : -1);

/** Of an output or its gradient: the part of h. */
const eachH = (output: Tensor, { reverse }: Direction): Tensor =>
  narrow(output, 0, reverse ? 1 : 0, (output.shape[0] as number) - 1);

/**
 * `c' = σ(f) c + σ(i) tanh(z)` and `h' = σ(o) tanh(c')` at every step, where i, f, z, o are the parts of `x + h Wᵀ`.
 *
 * - x: `[length, batch, 4 size]`, h and c (at the start): `[batch, size]`, weight: `[4 size, size]`
 * - output: `[length, batch, size]`, state: h and c, `[batch, size]` each
 */
export function lstmSequence(x: Tensor, h: Tensor, c: Tensor, weight: Tensor, direction: Direction): Ran<Tensor> {
  const both = afterAll([x, h, c, weight], direction);
  const output = eachH(both, direction);
  return { output, state: [lastState(output, direction), endOf(both, direction)] };
}
