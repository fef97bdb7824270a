import { describe, expect, test } from "vitest";
import { canEmit, derive, type Node, names, parse, toText, variable } from "../../src/formula/index.ts";
import { edges, runReference, runWasm } from "./run.ts";
import { words } from "./words.ts";

/** Points inside every function's domain, or outside with NaN on both sides, and away from kinks. */
const places: readonly (readonly [number, number, number])[] = [
  [0.3, 0.7, 0.9],
  [0.61, 0.2, 0.5],
  [0.8, 0.45, 0.65],
  [1.7, 2.3, 3.1],
];

const at = (formula: Node, [x, y, z]: readonly [number, number, number]): number =>
  runReference(formula, { x: [x], y: [y], z: [z] })[0] ?? Number.NaN;

describe("against central differences", () => {
  const cases = words.flatMap(({ text, arity }) =>
    ["x", "y", "z"].slice(0, arity).flatMap((name) => [1, 2].map((order) => ({ text, name, order }))),
  );
  const integers = /bit|shift|gcd/;

  test.each(cases.filter(({ text }) => !integers.test(text)))(
    "$text by $name, order $order",
    ({ text, name, order }) => {
      const formula = order === 1 ? parse(text) : derive(parse(text), name);
      const derivative = derive(formula, name);
      for (const place of places) check(formula, derivative, place, "xyz".indexOf(name));
    },
  );

  test.each([
    "let s = sigmoid(x * y); s * (1 - s) / z",
    "x > 0.5 ? x * x * y : exp(-x) * z",
    "pow(x, y) * pow(z, 3) - pow(2, x)",
    "x * tanh(log1p(exp(x))) + max(x, y) * min(y, z)",
    "let d = x - y; abs(d) < z ? 0.5 * d * d / z : abs(d) - 0.5 * z",
  ])("%s, to the third order", (text) => {
    let formula = parse(text);
    for (let order = 1; order <= 3; order++) {
      const derivative = derive(formula, "x");
      for (const place of places) check(formula, derivative, place, 0);
      formula = derivative;
    }
  });

  function check(formula: Node, derivative: Node, place: readonly [number, number, number], axis: number): void {
    const step = 1e-5;
    const moved = (by: number) => place.map((v, i) => (i === axis ? v + by : v)) as [number, number, number];
    const difference = (at(formula, moved(step)) - at(formula, moved(-step))) / (2 * step);
    const got = at(derivative, place);
    if (Number.isNaN(difference)) return;
    // Measured: 1.2e-8, from the difference's own error.
    expect(Math.abs(got - difference) / (1 + Math.abs(got)), toText(derivative)).toBeLessThan(3e-8);
  }
});

describe("as text", () => {
  test.each([
    ["5", "0"],
    ["y", "0"],
    ["x", "1"],
    ["3 * x + y", "3"],
    ["-x", "-1"],
    ["x - 2 / x", "2 / x / x + 1"],
    ["pow(x, 3)", "3 * pow(x, 2)"],
    ["pow(x, 2)", "2 * x"],
    ["x > 0 ? x : alpha * expm1(x)", "x > 0 ? 1 : alpha * exp(x)"],
    ["x * sigmoid(x)", "let t0 = sigmoid(x); x * (t0 * (1 - t0)) + t0"],
    ["0 * x", "0"],
    ["floor(x) * y", "0"],
    ["floor(x) * x", "floor(x)"],
  ])("%s", (text, expected) => {
    expect(toText(derive(parse(text), "x"))).toBe(expected);
  });

  test("times a gradient from above", () => {
    const g = variable("g");
    expect(toText(derive(parse("tanh(x)"), "x", g))).toBe("let t0 = tanh(x); g * (1 - t0 * t0)");
    expect(toText(derive(parse("relu(x)"), "x", g))).toBe("x <= 0 ? 0 : g");
    expect(toText(derive(parse("x / y"), "x", g))).toBe("g / y");
    expect(toText(derive(parse("x > 0 ? x : 2 * x"), "x", g))).toBe("x > 0 ? g : 2 * g");
  });

  test("a product with 0 is kept where the 0 is a value", () => {
    expect(toText(derive(parse("0 * exp(x)"), "x"))).toBe("0 * exp(x)");
  });
});

describe("kinks and edges as in PyTorch", () => {
  const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

  test.each([
    ["relu(x)", [-1, 0, 1, nan], [0, 0, 1, 1]],
    ["abs(x)", [-1, 0, 1], [-1, 0, 1]],
    ["max(x, 1)", [0, 1, 2], [0, 0.5, 1]],
    ["min(x, 1)", [0, 1, 2], [1, 0.5, 0]],
    ["clamp(x, -1, 1)", [-2, -1, 0, 1, 2], [0, 1, 1, 1, 0]],
    ["fmax(x, 1)", [0, 1, 2, nan], [0, 1, 1, 0]],
    ["fmin(x, 1)", [0, 1, 2, nan], [1, 1, 0, 0]],
    ["pow(x, 0)", [0, 1, nan], [0, 0, 0]],
    ["sqrt(x)", [0, 4, inf], [inf, 0.25, 0]],
    ["x > 0 ? log(x) : 0", [-1, 0, 2], [0, 0, 0.5]],
    ["sign(x) + floor(x) + (x > 0)", [-1, 0, 1], [0, 0, 0]],
  ])("%s", (text, x, expected) => {
    const derivative = derive(parse(text), "x");
    expect(Array.from(runReference(derivative, { x }))).toEqual(expected);
    expect(Array.from(runWasm(derivative, { x }))).toEqual(expected);
  });

  test.each([
    "sigmoid(x)",
    "tanh(x)",
    "x > 0 ? x : expm1(x)",
    "erf(x)",
    "atan(x)",
    "asinh(x)",
    "abs(x) / (1 + abs(x))",
  ])("%s, first and second order, is finite in float32 at finite inputs", (text) => {
    const x = edges.filter(Number.isFinite);
    let formula = parse(text);
    for (let order = 1; order <= 2; order++) {
      formula = derive(formula, "x");
      expect(canEmit(formula)).toBe(true);
      const bad = Array.from(runWasm(formula, { x })).flatMap((value, i) => (Number.isFinite(value) ? [] : [x[i]]));
      expect(bad, `${toText(formula)} of ${names(formula).join()}`).toEqual([]);
    }
  });

  test("silu does not overflow at -88 and beyond", () => {
    const derivative = derive(parse("x * sigmoid(x)"), "x");
    const got = runWasm(derivative, { x: [-20, -88, -104, -1e4, -3e38, 1e4, 3e38] });
    expect(got.every((value) => Number.isFinite(value))).toBe(true);
    expect(Array.from(got.subarray(5))).toEqual([1, 1]);
  });
});
