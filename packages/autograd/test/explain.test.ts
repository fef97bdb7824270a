import { Generator, logSoftmax, matmul, mul, randn, relu, sum, type Tensor, tensor, useDevice } from "@dl/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { type BackwardStep, explainBackward, numericalGrad, requiresGrad_ } from "../src/index.ts";

beforeAll(() => useDevice("cpu"));

const generator = new Generator(3);
const some = (...shape: number[]): Tensor => randn(shape, { dtype: "float64", generator });
const leaf = (...shape: number[]): Tensor => requiresGrad_(some(...shape));

const close = (found: Tensor, expected: ArrayLike<number>): void => {
  expect(found.size).toBe(expected.length);
  found.toArray().forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 6);
  });
};

/** `upstream · local`, summed over the output, in the shape of the input. */
function product({ upstream, shape }: BackwardStep, local: Tensor, elementwise: boolean): Tensor {
  if (elementwise) return mul(upstream, local);
  const ones = Array.from({ length: local.ndim - shape.length }, () => 1);
  const terms = mul(upstream.reshape([...shape, ...ones]), local);
  return shape.length === 0 ? terms : sum(terms, { dim: shape.map((_, dim) => dim) });
}

test("two layers: every step's product goes on, and the leaves get what numbers say", () => {
  const x = some(4, 3);
  const [w, b, v] = [leaf(3, 5), leaf(5), leaf(5, 2)];
  const model = (first: Tensor, bias: Tensor, second: Tensor): Tensor =>
    logSoftmax(matmul(relu(matmul(x, first).add(bias)), second), { dim: 1 })
      .mean()
      .neg();
  const { steps, leaves } = explainBackward(model(w, b, v), { names: { w, b, v } });
  expect(steps.map(({ op }) => op).filter((op) => op !== "view")).toEqual([
    "neg",
    "mean",
    "logSoftmax",
    "matmul",
    "relu",
    "add",
    "matmul",
  ]);
  for (const step of steps) {
    for (const { local, elementwise, gradient } of step.inputs) {
      if (local === undefined) throw new Error(`${step.op}: no local derivative`);
      const expected = product(step, local, elementwise);
      if (expected.size === gradient.size) close(gradient, expected.toArray());
      else close(gradient, sum(expected, { dim: 0 }).toArray());
    }
  }
  const numeric = numericalGrad(model, [w, b, v]);
  const found = Object.fromEntries(leaves.map(({ name, gradient }) => [name, gradient]));
  ["w", "b", "v"].forEach((name, i) => {
    close(found[name] as Tensor, numeric[i] as Float64Array);
  });
  expect(w.grad).toBeUndefined();
});

describe("local derivatives are those of the op alone", () => {
  test.each<[string, (x: Tensor) => Tensor, number[]]>([
    ["sigmoid", (x) => x.sigmoid(), [3]],
    ["softmax", (x) => x.softmax({ dim: 0 }), [4]],
    ["sum", (x) => x.sum({ dim: 0 }), [2, 3]],
    ["transpose", (x) => x.transpose(0, 1), [2, 3]],
  ])("%s", (_, fn, shape) => {
    const x = leaf(...shape);
    const y = fn(x);
    const { steps } = explainBackward(y, { gradient: some(...y.shape) });
    const { local, elementwise } = steps.at(-1)?.inputs[0] ?? {};
    const rows = Array.from(
      { length: y.size },
      (_row, at) => numericalGrad((v) => fn(v).reshape([-1]).at(at), [x])[0] as Float64Array,
    );
    close(local as Tensor, elementwise ? rows.map((row, at) => row[at] as number) : rows.flatMap((row) => [...row]));
  });
});

test("prints a table", () => {
  const w = requiresGrad_(tensor([2, 3]));
  expect(explainBackward(w.square().sum(), { names: { w } }).toString().split("\n")).toEqual([
    "step  op      output  upstream  to         local derivative  upstream · local",
    "----  ------  ------  --------  ---------  ----------------  ----------------",
    "1     sum     []      1         x: step 2  1 1               1 1",
    "2     square  [2]     1 1       x: w       4 6               4 6",
    "",
    "gradient of w: 4 6",
  ]);
});

test("leaves the graph as it was, and says what is too large", () => {
  const w = requiresGrad_(tensor([2, 3]));
  const loss = w.square().sum();
  const { steps } = explainBackward(loss, { largestLocal: 1 });
  expect(steps[0]?.inputs[0]?.local).toBeUndefined();
  expect(steps[1]?.inputs[0]).toMatchObject({ from: "leaf [2]", name: "x", elementwise: true });
  loss.backward();
  expect(w.grad?.tolist()).toEqual([4, 6]);
  expect(() => explainBackward(loss)).toThrow(
    "explainBackward: the graph was walked already and what sum kept is gone: pass retainGraph: true to backward",
  );
});

test("errors", () => {
  expect(() => explainBackward(tensor(1))).toThrow(
    "explainBackward: this tensor does not require a gradient: mark a leaf with requiresGrad_ (loss [])",
  );
  expect(() => explainBackward(leaf(2))).toThrow(
    "explainBackward: needs a gradient to start from, or a tensor of one element (x [2])",
  );
});
