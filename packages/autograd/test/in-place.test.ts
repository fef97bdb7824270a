import { add_, exp_, mul, sigmoid_, sqrt_, sum, type Tensor, tensor, toCopy, useDevice } from "@dl/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { grad, requiresGrad_ } from "../src/index.ts";
import { gradcheck } from "../src/testing.ts";

beforeAll(() => useDevice("cpu"));

describe("what was written in place is differentiated twice", () => {
  test.each<[string, (x: Tensor) => Tensor]>([
    ["exp_", (x) => exp_(toCopy(x))],
    ["sqrt_", (x) => sqrt_(toCopy(x))],
    ["sigmoid_ of exp_", (x) => sigmoid_(exp_(toCopy(x)))],
    ["add_ to itself", (x) => add_(exp_(toCopy(x)), x)],
  ])("%s", (_, fn) => {
    gradcheck((x) => mul(fn(x), fn(x)), [tensor([0.5, 1], { dtype: "float64" })], { second: true });
  });
});

test("the gradient's own name stays, and the graph is walked once", () => {
  const x = requiresGrad_(tensor([0.5, 1]));
  const y = exp_(toCopy(x));
  expect(y.gradFn).toBe("ExpBackward0");
  const loss = sum(mul(y, y));
  loss.backward();
  expect(() => loss.backward()).toThrow("backward: the graph was walked already");
  expect(() => grad([sum(y)], [x])).toThrow("walked already");
});
