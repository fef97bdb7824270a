import { customGradient } from "@dl/autograd";
import { add, matmul, mul, scope, select, stack, type Tensor, transpose } from "@dl/tensor";
import type { Ran } from "./climb.ts";
import { fused } from "./fused.ts";
import { backInTime, type Direction, lastState, statesBefore, stepOrder, weightGradient } from "./sequence.ts";

interface Plain extends Direction {
  readonly nonlinearity: "tanh" | "relu";
}

const tanhStep = fused("rnnStep", ["x", "y"], "tanh(x + y)");
const reluStep = fused("rnnStep", ["x", "y"], "relu(x + y)");
const tanhSlope = fused("rnnSlope", ["h"], "1 - h * h");
const reluSlope = fused("rnnSlope", ["h"], "h > 0 ? 1 : 0");

const afterAll = customGradient<Plain>({
  name: "rnn",
  forward: ([x, start, weight], options) =>
    scope(() => {
      const step = options.nonlinearity === "tanh" ? tanhStep : reluStep;
      const turned = transpose(weight as Tensor);
      const after: Tensor[] = [];
      let h = start as Tensor;
      for (const t of stepOrder(x as Tensor, options)) {
        h = step(select(x as Tensor, 0, t), matmul(h, turned));
        after[t] = h;
      }
      return stack(after);
    }),
  backward(g, { inputs, output, options }) {
    const [, start, weight] = inputs as [Tensor, Tensor, Tensor];
    const slope = (options.nonlinearity === "tanh" ? tanhSlope : reluSlope)(output);
    let later: Tensor | undefined;
    const sums = backInTime(g, options, (t) => {
      const own = select(g, 0, t);
      const sum = mul(later === undefined ? own : add(own, later), select(slope, 0, t));
      later = matmul(sum, weight);
      return sum;
    });
    return [sums, later, weightGradient(sums, statesBefore(output, start, options))];
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
