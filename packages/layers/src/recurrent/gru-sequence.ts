import { customGradient } from "@dl/autograd";
import { add, cat, chunk, linear, matmul, mul, scope, select, stack, sum, type Tensor } from "@dl/tensor";
import type { Ran } from "./climb.ts";
import { fused } from "./fused.ts";
import { backInTime, type Direction, lastState, statesBefore, stepOrder, weightGradient } from "./sequence.ts";

const stateAfter = fused(
  "gruStep",
  ["xr", "xz", "xn", "hr", "hz", "hn", "h"],
  "let z = sigmoid(xz + hz); let n = tanh(xn + sigmoid(xr + hr) * hn); n + z * (h - n)",
);

type Three = [Tensor, Tensor, Tensor];

const parts = (gates: Tensor): Three => chunk(gates, 3, { dim: -1 }) as Three;

const gate = fused("gruGate", ["x", "h"], "sigmoid(x + h)");
const candidate = fused("gruCandidate", ["x", "r", "h"], "tanh(x + r * h)");

/** What the gradient of h' is multiplied with to give those of the parts. */
const slopes = {
  n: fused("gruCandidate", ["z", "n"], "(1 - z) * (1 - n * n)"),
  z: fused("gruUpdate", ["z", "n", "h"], "(h - n) * z * (1 - z)"),
  r: fused("gruReset", ["slope", "hn", "r"], "slope * hn * r * (1 - r)"),
};

const before = fused("gruBefore", ["through", "gh", "z"], "through + gh * z");

const afterAll = customGradient<Direction>({
  name: "gru",
  forward: ([x, start, weight, bias], direction) =>
    scope(() => {
      const after: Tensor[] = [];
      let h = start as Tensor;
      for (const t of stepOrder(x as Tensor, direction)) {
        const sides = [...parts(select(x as Tensor, 0, t)), ...parts(linear(h, weight as Tensor, bias))];
        h = stateAfter(...sides, h);
        after[t] = h;
      }
      return stack(after);
    }),
  backward(g, { inputs, output, options }) {
    const [x, start, weight, bias] = inputs as [Tensor, Tensor, Tensor, Tensor | undefined];
    const h = statesBefore(output, start, options);
    const [[xr, xz, xn], [hr, hz, hn]] = [parts(x), parts(linear(h, weight, bias))];
    const [r, z] = [gate(xr, hr), gate(xz, hz)];
    const n = candidate(xn, r, hn);
    const slope = { n: slopes.n(z, n), z: slopes.z(z, n, h) };
    const both = [slopes.r(slope.n, hn, r), slope.z];
    const towardsHidden = cat([...both, mul(slope.n, r)], { dim: -1 });
    let later: Tensor | undefined;
    const totals: Tensor[] = [];
    const fromHidden = backInTime(g, options, (t) => {
      const gh = later === undefined ? select(g, 0, t) : add(select(g, 0, t), later);
      totals[t] = gh;
      const sums = mul(cat([gh, gh, gh], { dim: 1 }), select(towardsHidden, 0, t));
      later = before(matmul(sums, weight), gh, select(z, 0, t));
      return sums;
    });
    const total = stack(totals);
    const fromInput = mul(cat([total, total, total], { dim: -1 }), cat([...both, slope.n], { dim: -1 }));
    const biasGradient = bias && sum(fromHidden, { dim: [0, 1] });
    return [fromInput, later, weightGradient(fromHidden, h), ...(biasGradient === undefined ? [] : [biasGradient])];
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
