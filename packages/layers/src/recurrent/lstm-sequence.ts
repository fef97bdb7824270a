import { customGradient } from "@dl/autograd";
import { add, cat, chunk, matmul, mul, scope, select, stack, type Tensor, transpose } from "@dl/tensor";
import type { Ran } from "./climb.ts";
import { fused } from "./fused.ts";
import { backInTime, type Direction, lastState, statesBefore, stepOrder, weightGradient } from "./sequence.ts";

const cellAfter = fused(
  "lstmCell",
  ["xi", "xf", "xz", "hi", "hf", "hz", "c"],
  "sigmoid(xf + hf) * c + sigmoid(xi + hi) * tanh(xz + hz)",
);
const hiddenAfter = fused("lstmHidden", ["xo", "ho", "c"], "sigmoid(xo + ho) * tanh(c)");

type Four = [i: Tensor, f: Tensor, z: Tensor, o: Tensor];

const parts = (gates: Tensor): Four => chunk(gates, 4, { dim: -1 }) as Four;

/** What the gradients of c' (for i, f, z) or h' (for o) are multiplied with to give those of the gates. */
const slopes = {
  i: fused("lstmInput", ["i", "z"], "let s = sigmoid(i); tanh(z) * s * (1 - s)"),
  f: fused("lstmForget", ["f", "c"], "let s = sigmoid(f); c * s * (1 - s)"),
  z: fused("lstmCandidate", ["i", "z"], "let t = tanh(z); sigmoid(i) * (1 - t * t)"),
  o: fused("lstmOutput", ["o", "after"], "let s = sigmoid(o); tanh(after) * s * (1 - s)"),
  kept: fused("lstmKept", ["f"], "sigmoid(f)"),
  shown: fused("lstmShown", ["o", "after"], "let t = tanh(after); sigmoid(o) * (1 - t * t)"),
};

const cellGradient = fused("lstmCell", ["g", "later", "gh", "shown"], "g + later + gh * shown");
const lastCellGradient = fused("lstmCell", ["g", "gh", "shown"], "g + gh * shown");

const afterAll = customGradient<Direction>({
  name: "lstm",
  forward: ([x, h0, c0, weight], direction) =>
    scope(() => {
      const turned = transpose(weight as Tensor);
      const [hs, cs]: [Tensor[], Tensor[]] = [[], []];
      let [h, c] = [h0 as Tensor, c0 as Tensor];
      for (const t of stepOrder(x as Tensor, direction)) {
        const [xi, xf, xz, xo] = parts(select(x as Tensor, 0, t));
        const [hi, hf, hz, ho] = parts(matmul(h, turned));
        c = cellAfter(xi, xf, xz, hi, hf, hz, c);
        h = hiddenAfter(xo, ho, c);
        [hs[t], cs[t]] = [h, c];
      }
      return stack([stack(hs), stack(cs)]);
    }),
  backward(g, { inputs, output, options }) {
    const [x, h0, c0, weight] = inputs as [Tensor, Tensor, Tensor, Tensor];
    const [hs, after] = [select(output, 0, 0), select(output, 0, 1)];
    const [ghs, gcs] = [select(g, 0, 0), select(g, 0, 1)];
    const [hBefore, cBefore] = [statesBefore(hs, h0, options), statesBefore(after, c0, options)];
    const [i, f, z, o] = parts(add(x, matmul(hBefore, transpose(weight))));
    const slope = cat([slopes.i(i, z), slopes.f(f, cBefore), slopes.z(i, z), slopes.o(o, after)], { dim: -1 });
    const [kept, shown] = [slopes.kept(f), slopes.shown(o, after)];
    let [dh, dc]: [Tensor | undefined, Tensor | undefined] = [undefined, undefined];
    const gates = backInTime(ghs, options, (t) => {
      const gh = dh === undefined ? select(ghs, 0, t) : add(select(ghs, 0, t), dh);
      const [gc, open] = [select(gcs, 0, t), select(shown, 0, t)];
      const cell = dc === undefined ? lastCellGradient(gc, gh, open) : cellGradient(gc, dc, gh, open);
      const sums = mul(cat([cell, cell, cell, gh], { dim: 1 }), select(slope, 0, t));
      dc = mul(cell, select(kept, 0, t));
      dh = matmul(sums, weight);
      return sums;
    });
    return [gates, dh, dc, weightGradient(gates, hBefore)];
  },
});

/**
 * `c' = σ(f) c + σ(i) tanh(z)` and `h' = σ(o) tanh(c')` at every step, where i, f, z, o are the parts of `x + h Wᵀ`.
 *
 * - x: `[length, batch, 4 size]`, h and c (at the start): `[batch, size]`, weight: `[4 size, size]`
 * - output: `[length, batch, size]`, state: h and c, `[batch, size]` each
 */
export function lstmSequence(x: Tensor, h: Tensor, c: Tensor, weight: Tensor, direction: Direction): Ran<Tensor> {
  const both = afterAll([x, h, c, weight], direction);
  const output = select(both, 0, 0);
  return { output, state: [lastState(output, direction), lastState(select(both, 0, 1), direction)] };
}
