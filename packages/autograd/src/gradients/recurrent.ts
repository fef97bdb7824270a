import { apply, cat, chunk, type ElementwiseOp, elementwise, select, type Tensor } from "@dl/tensor";
import { gradient, keeping } from "../rule.ts";

/* @__NO_SIDE_EFFECTS__ */
const formula = (name: string, inputs: readonly string[], text: string): ((...operands: Tensor[]) => Tensor) => {
  let op: ElementwiseOp | undefined;
  return (...operands) => {
    op ??= elementwise(`${name}Backward`, inputs, text);
    return apply(op, operands, {});
  };
};

/** Of c', from the gradients of h' and c'. */
const cellText = "let t = tanh(c1); gc + gh * sigmoid(o) * (1 - t * t)";

const lstm = {
  cell: formula("lstmCell", ["gh", "gc", "o", "c1"], cellText),
  input: formula("lstmInput", ["d", "i", "z"], "let s = sigmoid(i); d * tanh(z) * s * (1 - s)"),
  forget: formula("lstmForget", ["d", "f", "c"], "let s = sigmoid(f); d * c * s * (1 - s)"),
  candidate: formula("lstmCandidate", ["d", "i", "z"], "let t = tanh(z); d * sigmoid(i) * (1 - t * t)"),
  output: formula("lstmOutput", ["gh", "o", "c1"], "let s = sigmoid(o); gh * tanh(c1) * s * (1 - s)"),
  before: formula(
    "lstmBefore",
    ["gh", "gc", "f", "o", "c1"],
    `let t = tanh(c1); (gc + gh * sigmoid(o) * (1 - t * t)) * sigmoid(f)`,
  ),
};

const gruInputs = ["g", "xr", "xz", "xn", "hr", "hz", "hn"];
const update = "let z = sigmoid(xz + hz); let r = sigmoid(xr + hr); let n = tanh(xn + r * hn)";
const candidate = "g * (1 - z) * (1 - n * n)";

const gru = {
  reset: formula("gruReset", gruInputs, `${update}; ${candidate} * hn * r * (1 - r)`),
  update: formula("gruUpdate", [...gruInputs, "h"], `${update}; g * (h - n) * z * (1 - z)`),
  candidate: formula("gruCandidate", gruInputs, `${update}; ${candidate}`),
  hiddenCandidate: formula("gruCandidate", gruInputs, `${update}; ${candidate} * r`),
  before: formula("gruBefore", ["g", "xz", "hz"], "g * sigmoid(xz + hz)"),
};

type Four = [Tensor, Tensor, Tensor, Tensor];
type Three = [Tensor, Tensor, Tensor];

const parts = <T extends Tensor[]>(gates: Tensor, count: T["length"]): T => chunk(gates, count, { dim: 1 }) as T;

type GruSaved = Readonly<Record<"fromInput" | "fromHidden" | "h", Tensor>>;

/** The gradients of the three gates; `last` makes that of the candidate's. */
function gruGradient(g: Tensor, { fromInput, fromHidden, h }: GruSaved, last: typeof gru.candidate): Tensor {
  const sides = [...parts<Three>(fromInput, 3), ...parts<Three>(fromHidden, 3)];
  return cat([gru.reset(g, ...sides), gru.update(g, ...sides, h), last(g, ...sides)], { dim: 1 });
}

export const recurrences = {
  lstmGates: gradient({
    gates: keeping(["gates", "c", "output"], (g, { gates, c, output }) => {
      const [i, f, z, o] = parts<Four>(gates, 4);
      const [gh, c1] = [select(g, 0, 0), select(output, 0, 1)];
      const d = lstm.cell(gh, select(g, 0, 1), o, c1);
      const each = [lstm.input(d, i, z), lstm.forget(d, f, c), lstm.candidate(d, i, z), lstm.output(gh, o, c1)];
      return cat(each, { dim: 1 });
    }),
    c: keeping(["gates", "output"], (g, { gates, output }) => {
      const [, f, , o] = parts<Four>(gates, 4);
      return lstm.before(select(g, 0, 0), select(g, 0, 1), f, o, select(output, 0, 1));
    }),
  }),
  gruGates: gradient({
    fromInput: keeping(["fromInput", "fromHidden", "h"], (g, saved) => gruGradient(g, saved, gru.candidate)),
    fromHidden: keeping(["fromInput", "fromHidden", "h"], (g, saved) => gruGradient(g, saved, gru.hiddenCandidate)),
    h: keeping(["fromInput", "fromHidden"], (g, { fromInput, fromHidden }) =>
      gru.before(g, parts<Three>(fromInput, 3)[1], parts<Three>(fromHidden, 3)[1]),
    ),
  }),
};
