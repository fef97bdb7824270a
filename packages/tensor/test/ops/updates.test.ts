import { describe, expect, test } from "vitest";
import {
  arange,
  chunk,
  type DeviceChoice,
  expand,
  narrow,
  ones,
  tensor,
  updateAll_,
  updates,
  useDevice,
  zeros,
} from "../../src/index.ts";

const turn = updates("turn", ["x", "y"], [], ["c * x - s * y", "s * x + c * y", "c * x - s * y"], ["c", "s"]);
const gates = updates("gates", ["x", "y"], ["let s = sigmoid(x)", "let t = tanh(y)"], ["s", "t * t", "s + t"]);

describe.each<DeviceChoice>(["cpu", "wasm"])("updateAll_ on %s", (device) => {
  useDevice(device);
  const made = { device: zeros([1]).device };
  useDevice("wasm");

  test.each([1, 2, 3, 4, 5, 7, 8, 13])("writes all formulas over %i elements, and nothing behind them", (n) => {
    const memory = arange(3 * n + 1, undefined, 1, { ...made, dtype: "float32" });
    const [x, y, z] = [0, 1, 2].map((k) => narrow(memory, 0, k * n, n)) as [
      typeof memory,
      typeof memory,
      typeof memory,
    ];
    updateAll_([x, y, z], turn, [x, y], { c: 3, s: 2 });
    const first = Array.from({ length: n }, (_, i) => 3 * i - 2 * (n + i));
    const second = Array.from({ length: n }, (_, i) => 2 * i + 3 * (n + i));
    expect(memory.tolist()).toEqual([...first, ...second, ...first, 3 * n]);
  });

  test("reads and writes parts of rows", () => {
    const wide = tensor(
      [
        [1, 2, 3, 10, 20, 30],
        [4, 5, 6, 40, 50, 60],
      ],
      made,
    );
    const [x, y] = chunk(wide, 2, { dim: 1 }) as [typeof wide, typeof wide];
    updateAll_([y, x, zeros([2, 3], made)], turn, [x, y], { c: 0, s: 1 });
    expect(wide.tolist()).toEqual([
      [1, 2, 3, -10, -20, -30],
      [4, 5, 6, -40, -50, -60],
    ]);
  });

  test("shares what formulas have in common", () => {
    const [a, b, c] = [zeros([5], made), zeros([5], made), zeros([5], made)];
    updateAll_([a, b, c], gates, [ones([5], made), ones([5], made)]);
    const [s, t] = [1 / (1 + Math.exp(-1)), Math.tanh(1)];
    for (const [result, value] of [
      [a, s],
      [b, t * t],
      [c, s + t],
    ] as const)
      for (const each of result.toArray()) expect(each).toBeCloseTo(value, 6);
  });

  test("takes float64 and empty tensors too", () => {
    const [x, y] = [tensor([1], { ...made, dtype: "float64" }), tensor([0.1], { ...made, dtype: "float64" })];
    updateAll_([x, y, zeros([1], { ...made, dtype: "float64" })], turn, [x, y], { c: 0, s: 1 });
    expect([x.item(), y.item()]).toEqual([-0.1, 1]);
    const none = zeros([0], made);
    updateAll_([none, none, none], turn, [none, none], { c: 1, s: 1 });
    expect(none.shape).toEqual([0]);
  });

  test("counts as a change in place", () => {
    const x = ones([4], made);
    const before = x.storage.version;
    updateAll_([x, zeros([4], made), zeros([4], made)], turn, [x, ones([4], made)], { c: 1, s: 0 });
    expect(x.storage.version).toBeGreaterThan(before);
  });

  test("says what does not fit", () => {
    const [x, y] = [ones([2], made), ones([3], made)];
    expect(() => updateAll_([x, x, x], turn, [x, y])).toThrow("turn: all must have one shape and dtype");
    const elsewhere = ones([2], { device: device === "cpu" ? "wasm" : "cpu" });
    expect(() => updateAll_([x, x, x], turn, [x, elsewhere])).toThrow("turn: operands are on different devices");
    const repeated = expand(ones([1], made), [2]);
    expect(() => updateAll_([x, repeated, x], turn, [x, x])).toThrow(
      "turn: several elements share one place in memory",
    );
    expect(() => updateAll_([x], turn, [x, x])).toThrow("turn: takes 2 inputs and 3 targets, got 2 and 1");
  });
});
