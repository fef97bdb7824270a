import { add, mul, ones, sum, type Tensor, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { registerHook, requiresGrad_ } from "../src/index.ts";

const leaf = (): Tensor => requiresGrad_(tensor([1, 2, 3]));
const lossOf = (x: Tensor): Tensor => sum(mul(x, x));

test("clearGrad forgets the gradient and gives its memory back where nobody read it", () => {
  const x = leaf();
  lossOf(x).backward();
  const lent = x.tracer?.lendGrad();
  expect(lent?.tolist()).toEqual([2, 4, 6]);
  x.tracer?.clearGrad();
  expect([x.grad, lent?.storage.disposed]).toEqual([undefined, true]);
});

test("a gradient that was read outlives clearGrad", () => {
  const x = leaf();
  lossOf(x).backward();
  const { grad } = x;
  x.tracer?.clearGrad();
  lossOf(mul(x, 2)).backward();
  expect(grad?.tolist()).toEqual([2, 4, 6]);
  expect(x.grad?.tolist()).toEqual([8, 16, 24]);
});

test("a gradient that was assigned outlives clearGrad", () => {
  const x = leaf();
  const given = ones([3]);
  x.grad = given;
  x.tracer?.clearGrad();
  expect(given.tolist()).toEqual([1, 1, 1]);
});

test("a hook may hold on to the gradient it is given, of a leaf and of a result", () => {
  const x = leaf();
  const y = mul(x, 3);
  const seen: Tensor[] = [];
  registerHook(x, (g) => void seen.push(g));
  registerHook(y, (g) => void seen.push(g));
  sum(add(y, y)).backward();
  x.tracer?.clearGrad();
  expect(seen.map((g) => g.tolist())).toEqual([
    [2, 2, 2],
    [6, 6, 6],
  ]);
});

test("what a hook returns takes the place of the gradient", () => {
  const x = leaf();
  const y = mul(x, 3);
  registerHook(y, (g) => mul(g, 10));
  sum(add(y, y)).backward();
  expect(x.grad?.tolist()).toEqual([60, 60, 60]);
});
