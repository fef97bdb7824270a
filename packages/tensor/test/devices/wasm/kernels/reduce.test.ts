import { describe, expect, test } from "vitest";
import { Arena, builds, expectClose } from "./arena.ts";

const shapes = [
  [1, 1, 1],
  [5, 10, 1],
  [3, 1000, 1],
  [2, 777, 1],
  [1, 200, 37],
  [4, 70, 3],
  [2, 5, 64],
  [3, 0, 1],
  [2, 0, 5],
] as const;

describe.each(builds)("%s", (_, module) => {
  test.each(shapes)("sum over the middle of [%i, %i, %i]", (a, b, c) => {
    const arena = new Arena(module);
    const x = arena.random(a * b * c);
    const [from, out] = [arena.put(x), arena.room(4 * a * c)];
    arena.kernels.sum(from, out, a, b, c);
    const expected = new Float64Array(a * c);
    x.forEach((value, i) => {
      const to = Math.floor(i / (b * c)) * c + (i % c);
      expected[to] = (expected[to] as number) + value;
    });
    expectClose(arena.floats(out, a * c), expected, 3e-8 * Math.max(b, 33));
    arena.expectIntact();
  });

  test("sum keeps its precision over a million elements", () => {
    const arena = new Arena(module);
    const x = new Float32Array(2 ** 20).fill(0.1);
    const [from, out] = [arena.put(x), arena.room(4)];
    arena.kernels.sum(from, out, 1, x.length, 1);
    expectClose(arena.floats(out, 1), [Math.fround(0.1) * x.length], 1e-6);
    arena.kernels.sum(from, out, 1, x.length / 16, 16);
    expectClose(arena.floats(out, 1), [(Math.fround(0.1) * x.length) / 16], 1e-6);
  });

  test.each(shapes.filter(([, b]) => b > 0))("max and min over the middle of [%i, %i, %i]", (a, b, c) => {
    const arena = new Arena(module);
    const x = arena.random(a * b * c);
    if (x.length > 300) x[299] = Number.NaN;
    const [from, largest, smallest] = [arena.put(x), arena.room(4 * a * c), arena.room(4 * a * c)];
    arena.kernels.max(from, largest, a, b, c);
    arena.kernels.min(from, smallest, a, b, c);
    const groups = Array.from({ length: a * c }, (_group, to) =>
      x.filter((_value, i) => Math.floor(i / (b * c)) * c + (i % c) === to),
    );
    expect(arena.floats(largest, a * c)).toEqual(Float32Array.from(groups, (group) => Math.max(...group)));
    expect(arena.floats(smallest, a * c)).toEqual(Float32Array.from(groups, (group) => Math.min(...group)));
    arena.expectIntact();
  });

  test.each([1, 3, 10, 64, 1001])("softmax of rows of %i", (count) => {
    const arena = new Arena(module);
    const rows = 8;
    const x = arena.random(rows * count).map((value) => value * 30);
    if (count > 1) x[0] = -Infinity;
    x.fill(-Infinity, count, 2 * count);
    x[2 * count] = Infinity;
    x[3 * count] = Number.NaN;
    x[4 * count] = 1e30;
    const dy = arena.random(rows * count);
    const [from, dyAt] = [arena.put(x), arena.put(dy)];
    const [y, log, dx, dlog] = [0, 1, 2, 3].map(() => arena.room(4 * x.length)) as [number, number, number, number];
    arena.kernels.softmax(from, y, rows, count);
    arena.kernels.logSoftmax(from, log, rows, count);
    arena.kernels.softmaxGradient(dyAt, y, dx, rows, count);
    arena.kernels.logSoftmaxGradient(dyAt, log, dlog, rows, count);
    for (let row = 0; row < rows; row++) {
      const slice = (address: number): Float32Array => arena.floats(address + 4 * row * count, count);
      const given = dy.subarray(row * count, (row + 1) * count);
      const expected = softmaxOf(x.subarray(row * count, (row + 1) * count));
      const dot = expected.y.reduce((total, value, i) => total + value * (given[i] as number), 0);
      const total = given.reduce((sum, value) => sum + value, 0);
      expectClose(slice(y), expected.y, 5e-7);
      expectClose(slice(log), expected.log, 5e-7);
      expectClose(
        slice(dx),
        expected.y.map((value, i) => value * ((given[i] as number) - dot)),
        1e-6,
      );
      expectClose(
        slice(dlog),
        expected.y.map((value, i) => (given[i] as number) - value * total),
        1e-5,
      );
    }
    arena.expectIntact();
  });

  test("the exponential is right to about one unit in the last place, subnormals included", () => {
    const arena = new Arena(module);
    const count = 105_000;
    const logs = Float32Array.from({ length: 2 * count }, (_value, i) => -i / 2 / 1000);
    const ones = Float32Array.from(logs, (_value, i) => (i + 1) % 2);
    const out = arena.room(4 * logs.length);
    arena.kernels.logSoftmaxGradient(arena.put(ones), arena.put(logs), out, count, 2);
    const gradients = arena.floats(out, logs.length);
    let worst = 0;
    for (let i = 1; i < logs.length; i += 2) {
      const expected = Math.exp(logs[i] as number);
      const unit = 2 ** (Math.max(Math.floor(Math.log2(expected)), -126) - 23);
      worst = Math.max(worst, Math.abs((gradients[i] as number) + expected) / unit);
    }
    expect(worst).toBeLessThan(1.2);
  });
});

function softmaxOf(x: Float32Array): { y: Float64Array; log: Float64Array } {
  const largest = Math.max(...x);
  const shifted = Float64Array.from(x, (value) => value - largest);
  const total = shifted.reduce((sum, value) => sum + Math.exp(value), 0);
  return { y: shifted.map((value) => Math.exp(value) / total), log: shifted.map((value) => value - Math.log(total)) };
}
