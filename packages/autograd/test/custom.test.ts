import { mul, sum, type Tensor, tensor, useDevice } from "@dl/tensor";
import { beforeAll, expect, test } from "vitest";
import { customGradient, grad, requiresGrad_ } from "../src/index.ts";
import { gradcheck } from "../src/testing.ts";

beforeAll(() => useDevice("cpu"));

const product = customGradient({
  name: "product",
  forward: ([x, y]: readonly Tensor[]) => mul(x as Tensor, y as Tensor),
  backward: (g, { inputs: [x, y] }) => [mul(g, y as Tensor), mul(g, x as Tensor)],
});

const cube = customGradient({
  name: "cube",
  forward: ([x]: readonly Tensor[]) => (x as Tensor).pow(3),
  backward: (g, { inputs: [x] }) => [g.mul((x as Tensor).square()).mul(3)],
  once: true,
});

test("a gradient in tensor functions is differentiated again", () => {
  const inputs = [tensor([1, -2], { dtype: "float64" }), tensor([3, 0.5], { dtype: "float64" })];
  gradcheck((x, y) => product([x, y], undefined), inputs, { second: true });
});

test("the same upstream gradient twice counts twice", () => {
  const [x, y] = [requiresGrad_(tensor([1, 2])), requiresGrad_(tensor([3, 4]))];
  const z = product([x, y], undefined);
  const gradient = tensor([1, 10]);
  for (let time = 0; time < 3; time++) z.backward({ gradient, retainGraph: true });
  expect([x.grad?.tolist(), y.grad?.tolist()]).toEqual([
    [9, 120],
    [3, 60],
  ]);
});

test("one input's gradient, then the other's", () => {
  const [x, y] = [requiresGrad_(tensor([1, 2])), requiresGrad_(tensor([3, 4]))];
  const z = product([x, y], undefined);
  const gradOutputs = [tensor([1, 10])];
  expect(grad([z], [x], { gradOutputs, retainGraph: true })[0]?.tolist()).toEqual([3, 40]);
  expect(grad([z], [y], { gradOutputs, retainGraph: true })[0]?.tolist()).toEqual([1, 20]);
});

test("a gradient that has changed since, or that is recorded now, is computed anew", () => {
  const [x, y] = [requiresGrad_(tensor([1, 2])), requiresGrad_(tensor([3, 4]))];
  const z = product([x, y], undefined);
  const gradient = tensor([1, 10]);
  const of = (each: Tensor, createGraph: boolean) =>
    grad([z], [each], { gradOutputs: [gradient], retainGraph: true, createGraph })[0];
  of(x, true);
  gradient.mul_(2);
  expect(of(y, true)?.tolist()).toEqual([2, 40]);
  of(x, false);
  expect(of(y, true)?.requiresGrad).toBe(true);
});

test("once: the first derivative is there under createGraph, the second is an error with the name", () => {
  const x = requiresGrad_(tensor([2, 3]));
  const [first] = grad([sum(cube([x], undefined))], [x], { createGraph: true });
  expect(first?.tolist()).toEqual([12, 27]);
  expect(first?.gradFn).toBe("CubeBackwardBackward0");
  expect(() => grad([sum(first as Tensor)], [x])).toThrow(
    "cube: has no second derivative: differentiate it once, or leave createGraph out",
  );
  expect(() => sum(first as Tensor).backward()).toThrow("cube: has no second derivative");
});

const powers = customGradient<number>({
  name: "powers",
  forward: ([x, y], exponent) => {
    const saved = (x as Tensor).pow(exponent - 1);
    return { output: saved.mul(x as Tensor).mul(y as Tensor), saved: [saved] };
  },
  backward: (g, { inputs: [x, y], saved: [power], options }) => [
    g.mul((power as Tensor).mul(options)).mul(y as Tensor),
    g.mul(power as Tensor).mul(x as Tensor),
  ],
  composed: ([x, y], exponent) => (x as Tensor).pow(exponent).mul(y as Tensor),
});

test("what forward saves shortens the way back, and higher derivatives are those of the composed function", () => {
  const inputs = [tensor([1, -2], { dtype: "float64" }), tensor([3, 0.5], { dtype: "float64" })];
  gradcheck((x, y) => powers([x, y], 3), inputs, { second: true });
});

test("composed: an input made of another one counts by itself", () => {
  const x = requiresGrad_(tensor(2, { dtype: "float64" }));
  const [first] = grad([powers([x, x.square()], 3)], [x], { createGraph: true });
  const [second] = grad([first as Tensor], [x]);
  expect([first?.item(), second?.item()]).toEqual([5 * 16, 20 * 8]);
});
