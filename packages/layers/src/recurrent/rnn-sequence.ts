import { customGradient } from "@dl/autograd";
import {
  add,
  contiguous,
  type ElementwiseOp,
  elementwise,
  emptyBeside,
  matmul,
  relu,
  scope,
  select,
  stack,
  type Tensor,
  tanh,
  transpose,
  update_,
} from "@dl/tensor";
import type { Ran } from "./climb.ts";
import { addProduct, copyTo, type Direction, lastState, statesIn, stepOrder, weightGradient } from "./sequence.ts";

interface Plain extends Direction {
  readonly nonlinearity: "tanh" | "relu";
}

const functions = { tanh, relu };

/** From the gradient of h' and h' to the gradient of the sum. */
const slopes: Readonly<Record<Plain["nonlinearity"], ElementwiseOp>> = {
  tanh: elementwise("rnnBackward", ["gh", "h"], "gh * (1 - h * h)"),
  relu: elementwise("rnnBackward", ["gh", "h"], "h > 0 ? gh : 0"),
};

const afterAll = customGradient<Plain>({
  name: "rnn",
  forward: ([x, start, weight], options) =>
    scope(() => {
      const [sums, h0] = [x, start] as [Tensor, Tensor];
      const turned = transpose(weight as Tensor);
      const hidden = statesIn(emptyBeside(h0, [(sums.shape[0] as number) + 1, ...h0.shape]), options);
      copyTo(hidden.start, h0);
      for (const t of stepOrder(sums, options)) {
        const own = addProduct(hidden.after(t), select(sums, 0, t), hidden.before(t), turned);
        update_(own, functions[options.nonlinearity].op, [own]);
      }
      return { output: hidden.allAfter, saved: [hidden.memory] };
    }),
  backward(upstream, { inputs, saved, options }) {
    const [x, h0, weight] = inputs as [Tensor, Tensor, Tensor];
    const hidden = statesIn(saved[0] as Tensor, options);
    const g = contiguous(upstream);
    const made = emptyBeside(x, x.shape);
    const dh = emptyBeside(h0, h0.shape);
    let later: Tensor | undefined;
    for (const t of stepOrder(x, options).toReversed()) {
      const gh = later === undefined ? select(g, 0, t) : addProduct(dh, select(g, 0, t), later, weight);
      later = update_(select(made, 0, t), slopes[options.nonlinearity], [gh, hidden.after(t)]);
    }
    return [made, matmul(later as Tensor, weight), weightGradient(made, hidden.allBefore)];
  },
  composed([x, start, weight], options) {
    const turned = transpose(weight as Tensor);
    const after: Tensor[] = [];
    let h = start as Tensor;
    for (const t of stepOrder(x as Tensor, options)) {
      h = functions[options.nonlinearity](add(select(x as Tensor, 0, t), matmul(h, turned)));
      after[t] = h;
    }
    return stack(after);
  },
});

/**
 * `h' = tanh(x + h Wᵀ)` at every step, or relu in place of tanh.
 *
 * - x: `[length, batch, size]`, h (at the start): `[batch, size]`, weight: `[size, size]`
 * - output: `[length, batch, size]`, state: `[batch, size]`
 */
export function rnnSequence(x: Tensor, h: Tensor, weight: Tensor, options: Plain): Ran<Tensor> {
  const output = afterAll([x, h, weight], options);
  return { output, state: [lastState(output, options)] };
}
