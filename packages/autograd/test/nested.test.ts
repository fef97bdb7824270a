import { add, exp, mul, scaledDotProductAttention, type Tensor, tensor, zeros } from "@dl/tensor";
import { expect, test } from "vitest";
import { customGradient, enableGrad, grad, registerHook, requiresGrad_ } from "../src/index.ts";

/** exp, whose gradient walks a history of its own. */
const walking = customGradient({
  name: "walking",
  forward: ([x]) => exp(x as Tensor),
  backward(g, { inputs: [x] }) {
    const leaf = requiresGrad_((x as Tensor).detach());
    const [inner] = grad([enableGrad(() => exp(leaf))], [leaf], { gradOutputs: [g] });
    return [add(inner as Tensor, mul(g, 0))];
  },
});

test("a walk inside a gradient leaves the gradient of the walk around it alone", () => {
  const x = requiresGrad_(tensor([0, 1]));
  const w = requiresGrad_(tensor([5, 5]));
  walking([x], undefined).add(w).mul(3).sum().backward();
  expect(x.grad?.tolist()).toEqual([3, Math.fround(3 * Math.fround(Math.E))]);
  expect(w.grad?.tolist()).toEqual([3, 3]);
});

test("a mask that learnt through the base it is a view of gets its gradient, however many scores", () => {
  for (const size of [8, 512]) {
    const bias = requiresGrad_(zeros([size, size]));
    const base = zeros([size, size]);
    const attnMask = base.view([size, size]);
    base.add_(bias);
    const q = requiresGrad_(tensor(Array.from({ length: 2 * size }, (_, i) => Math.sin(i))).view([size, 2]));
    scaledDotProductAttention(q, q, q, { attnMask }).square().sum().backward();
    expect(bias.grad?.abs().sum().item()).toBeGreaterThan(0);
  }
});

test("what kept a gradient is told when more is added to it", () => {
  const x = requiresGrad_(tensor([1]));
  const w = requiresGrad_(tensor([1]));
  x.mul(2).sum().backward();
  const product = w.mul(x.grad as Tensor);
  x.mul(3).sum().backward();
  expect(() => product.sum().backward()).toThrow("was changed in place since the forward pass");
});

test("a hook that walks what the walk around it still needs is an error that says so", () => {
  const x = requiresGrad_(tensor([1]));
  const h = x.exp();
  const s = h.sum();
  const y = h.mul(3);
  registerHook(y, () => {
    s.backward();
  });
  expect(() => y.sum().backward()).toThrow("the graph was walked already and what");
});
