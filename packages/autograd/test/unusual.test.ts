import { at, copy_, scope, type Tensor, tensor, useDevice, zeros } from "@dl/tensor";
import { beforeEach, describe, expect, test } from "vitest";
import { grad, noGrad, registerHook, requiresGrad_ } from "../src/index.ts";

/** What plain JavaScript may pass where the types forbid it. */
const wrong = (value: unknown): never => value as never;
const leaf = (...values: number[]): Tensor => requiresGrad_(tensor(values));

describe.each(["cpu", "wasm"] as const)("on %s", (device) => {
  beforeEach(() => void useDevice(device));

  test("a hook that removes itself does not skip the next", () => {
    const x = leaf(1);
    const seen: string[] = [];
    const remove = registerHook(x, () => {
      seen.push("once");
      remove();
    });
    registerHook(x, () => void seen.push("always"));
    x.mul(2).backward();
    x.mul(2).backward();
    expect(seen).toEqual(["once", "always", "always"]);
  });

  test.each<[string, unknown]>([
    ["got float32 [1], expected float32 [2]", tensor([1])],
    ["got float64 [2], expected float32 [2]", tensor([1, 2], { dtype: "float64" })],
    ["got 3, expected float32 [2]", 3],
  ])("a hook that gives something else: %s", (sentence, given) => {
    const x = leaf(1, 2);
    registerHook(x, () => wrong(given));
    expect(() => x.sum().backward()).toThrow(sentence);
    expect(x.grad).toBeUndefined();
  });

  test("a hook may use a scope and give its result on", () => {
    const x = leaf(1, 2);
    const y = x.mul(2);
    registerHook(y, (g) => scope(() => g.mul(3).add(1)));
    y.mul(y).sum().backward();
    expect(x.grad?.tolist()).toEqual([26, 50]);
  });

  test("a gradient of another kind is refused before it is used", () => {
    const x = leaf(1, 2);
    const other = tensor([1, 2]).to(device === "cpu" ? "wasm" : "cpu");
    const sentence = "grad: must have the dtype and device of the tensor:";
    expect(() => Object.assign(x, { grad: tensor([1, 2], { dtype: "int32" }) })).toThrow(sentence);
    expect(() => Object.assign(x, { grad: other })).toThrow(sentence);
    expect(() => Object.assign(x, { grad: 5 })).toThrow("grad: the gradient must be a tensor, got 5");
    expect(x.grad).toBeUndefined();
    expect(() => x.mul(2).backward({ gradient: other })).toThrow("backward: the gradient must be on the device");
  });

  test("a start of another dtype is converted", () => {
    const x = leaf(1, 2);
    x.backward({ gradient: tensor([5, 6], { dtype: "int32" }) });
    expect([x.grad?.dtype, x.grad?.tolist()]).toEqual(["float32", [5, 6]]);
  });

  test("a view knows at once that its base was overwritten", () => {
    const x = leaf(1, 2);
    const rows = zeros([2, 2]);
    const before = at(rows, 1);
    expect(before.requiresGrad).toBe(false);
    copy_(at(rows, 1), x.mul(3));
    expect([before.requiresGrad, before.isLeaf, before.gradFn]).toEqual([true, false, "AsStridedBackward0"]);
    noGrad(() => before.mul(2));
    expect(before.requiresGrad).toBe(true);
    before.sum().backward();
    expect(x.grad?.tolist()).toEqual([3, 3]);
  });

  test("fourth derivative of x⁴", () => {
    const x = leaf(2);
    let y = x.mul(x).mul(x).mul(x).sum();
    const found: number[] = [];
    for (let order = 1; order <= 4; order++) {
      y = grad([y], [x], { createGraph: true })[0]?.sum() as Tensor;
      found.push(y.item());
    }
    expect(found).toEqual([32, 48, 48, 24]);
  });

  test("leaves do not share the memory of their gradients", () => {
    for (const createGraph of [false, true]) {
      const [a, b] = [leaf(1, 2), leaf(3, 4)];
      const start = tensor([1, 1]);
      a.add(b).backward({ gradient: start, createGraph });
      noGrad(() => a.grad?.mul_(5));
      expect([a.grad?.tolist(), b.grad?.tolist(), start.tolist()]).toEqual([
        [5, 5],
        [1, 1],
        [1, 1],
      ]);
    }
  });

  test("no gradient goes through integers", () => {
    const x = leaf(1.5, 2.5);
    const whole = x.to("int32");
    expect([whole.requiresGrad, whole.to("float32").requiresGrad, x.gt(2).requiresGrad]).toEqual([false, false, false]);
    x.mul(whole).sum().backward();
    expect(x.grad?.tolist()).toEqual([1, 2]);
  });
});
