import { type Tensor, tensor } from "@dl/tensor";
import { expect, it } from "vitest";
import { LBFGS } from "../src/index.ts";
import { parameter } from "./parameter.ts";

/** `(1 - x)² + 100 (y - x²)²` */
function rosenbrock(p: Tensor): number {
  const [x = 0, y = 0] = p.detach().toArray();
  p.grad = tensor([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
}

it("finds the bottom of Rosenbrock's valley with a line search", () => {
  const p = parameter([-1.5, 2]);
  const optimizer = new LBFGS([p], { lineSearchFn: "strong_wolfe", maxIter: 100 });
  const first = optimizer.step(() => rosenbrock(p));
  expect(first).toBeCloseTo(12.5, 4);
  // PyTorch takes 40 iterations in float32
  expect([...optimizer.state.values()][0]?.iterations).toBeLessThan(50);
  expect(p.detach().toArray()[0]).toBeCloseTo(1, 3);
  expect(p.detach().toArray()[1]).toBeCloseTo(1, 3);
});

it("stops where the gradient is small", () => {
  const p = parameter([1, 1]);
  let calls = 0;
  new LBFGS([p]).step(() => {
    calls++;
    return rosenbrock(p);
  });
  expect([calls, p.tolist()]).toEqual([1, [1, 1]]);
});

it("works over several parameters, one without a gradient", () => {
  const [a, b] = [parameter([4]), parameter([[1]])];
  new LBFGS([a, b]).step(() => {
    const x = a.item();
    a.grad = tensor([2 * x]);
    return x * x;
  });
  expect(a.item()).toBeCloseTo(0, 5);
  expect(b.item()).toBe(1);
});

it("says what it needs", () => {
  const p = parameter([1]);
  expect(() => new LBFGS([p]).step()).toThrow(
    "LBFGS: step needs a closure that computes the loss and its gradients, got none",
  );
  expect(() => new LBFGS([p]).step(() => "loss")).toThrow(
    "LBFGS: the closure must return the loss, a tensor or a number, got string",
  );
  expect(() => new LBFGS([{ params: [p] }, { params: [parameter([1])] }])).toThrow(
    "LBFGS: takes one parameter group, got 2",
  );
  expect(() => new LBFGS([p], { lineSearchFn: "armijo" as "strong_wolfe" })).toThrow(
    'LBFGS: lineSearchFn must be "strong_wolfe" or null, got "armijo"',
  );
});
