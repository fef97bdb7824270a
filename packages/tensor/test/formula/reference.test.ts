import { describe, expect, test } from "vitest";
import { compileReference, parse } from "../../src/formula/index.ts";
import { runReference } from "./run.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** What `Math` says, for the functions that it has. */
const oracles: readonly (readonly [string, (x: number, y: number) => number])[] = [
  ["x + y", (x, y) => x + y],
  ["x - y", (x, y) => x - y],
  ["x * y", (x, y) => x * y],
  ["x / y", (x, y) => x / y],
  ["-x", (x) => -x],
  ["x < y", (x, y) => Number(x < y)],
  ["x <= y", (x, y) => Number(x <= y)],
  ["x > y", (x, y) => Number(x > y)],
  ["x >= y", (x, y) => Number(x >= y)],
  ["x == y", (x, y) => Number(x === y)],
  ["x != y", (x, y) => Number(x !== y)],
  ["!x", (x) => Number(x === 0)],
  ["x && y", (x, y) => Number(x !== 0 && y !== 0)],
  ["x || y", (x, y) => Number(x !== 0 || y !== 0)],
  ["x ? y : 2", (x, y) => (x !== 0 ? y : 2)],
  ["abs(x)", Math.abs],
  ["sign(x)", (x) => (Number.isNaN(x) ? 0 : Math.sign(x))],
  ["floor(x)", Math.floor],
  ["ceil(x)", Math.ceil],
  ["trunc(x)", Math.trunc],
  ["sqrt(x)", Math.sqrt],
  ["rsqrt(x)", (x) => 1 / Math.sqrt(x)],
  ["reciprocal(x)", (x) => 1 / x],
  ["square(x)", (x) => x * x],
  ["exp(x)", Math.exp],
  ["exp2(x)", (x) => 2 ** x],
  ["expm1(x)", Math.expm1],
  ["log(x)", Math.log],
  ["log2(x)", Math.log2],
  ["log10(x)", Math.log10],
  ["log1p(x)", Math.log1p],
  ["sin(x)", Math.sin],
  ["cos(x)", Math.cos],
  ["tan(x)", Math.tan],
  ["asin(x)", Math.asin],
  ["acos(x)", Math.acos],
  ["atan(x)", Math.atan],
  ["sinh(x)", Math.sinh],
  ["cosh(x)", Math.cosh],
  ["tanh(x)", Math.tanh],
  ["asinh(x)", Math.asinh],
  ["acosh(x)", Math.acosh],
  ["atanh(x)", Math.atanh],
  ["atan2(x, y)", Math.atan2],
  ["sigmoid(x)", (x) => 1 / (1 + Math.exp(-x))],
  ["relu(x)", (x) => Math.max(x, 0)],
  ["max(x, y)", Math.max],
  ["min(x, y)", Math.min],
  ["fmod(x, y)", (x, y) => x % y],
  ["hypot(x, y)", Math.hypot],
  ["isnan(x)", (x) => Number(Number.isNaN(x))],
  ["isinf(x)", (x) => Number(Math.abs(x) === inf)],
  ["isfinite(x)", (x) => Number(Number.isFinite(x))],
];

const xs = [0.3, -0.3, 0, 1, -1, 2.5, -7.25, 20, 1e300, inf, -inf, nan, 0.3];
const ys = [0.7, 2, 3, -1, 0, -2.5, 3, 1.5, nan, 2, inf, nan, 0.3];

describe("float", () => {
  test.each(oracles)("%s", (text, oracle) => {
    const got = Array.from(runReference(text, { x: xs, y: ys }), (value) => value + 0);
    expect(got).toEqual(xs.map((x, i) => oracle(x, ys[i] ?? nan) + 0));
  });

  test.each([
    ["round(x)", [0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 1e300, nan, inf], [0, 2, 2, -0, -2, 2, 1e300, nan, inf]],
    ["pow(x, 2)", [3, -3, inf, nan], [9, 9, inf, nan]],
    ["pow(x, 0)", [0, nan, inf], [1, 1, 1]],
    ["pow(1, x)", [nan, inf, -inf], [1, 1, 1]],
    ["pow(-1, x)", [inf, -inf, 3, 0.5, nan], [1, 1, -1, nan, nan]],
    ["remainder(x, 3)", [-7, 7, -6, 0.5, nan], [2, 1, -0, 0.5, nan]],
    ["remainder(x, -3)", [-7, 7, 0.5], [-1, -2, -2.5]],
    ["floorDivide(x, 3)", [-7, 7, -6, 0.5, -0.5, inf], [-3, 2, -2, 0, -1, nan]],
    ["floorDivide(x, 0)", [1, -1, 0], [inf, -inf, nan]],
    ["floorDivide(x, 0.1)", [1, 0.3], [9, 2]],
    ["fmax(x, 1)", [nan, 0, 2], [1, 1, 2]],
    ["fmin(1, x)", [nan, 0, 2], [1, 0, 1]],
    ["clamp(x, -1, 2)", [-3, 0.5, 3, nan, inf], [-1, 0.5, 2, nan, 2]],
    ["copysign(x, -0)", [3, -3, 0], [-3, -3, -0]],
    ["copysign(-2, x)", [3, -3, 0, -0], [2, -2, 2, -2]],
    ["relu(x)", [nan, -1, 2], [nan, 0, 2]],
  ])("%s", (text, x, expected) => {
    expect(Array.from(runReference(text, { x }))).toEqual(expected);
  });

  test("a shared value is computed once and blocks join", () => {
    const x = Float64Array.from({ length: 1500 }, (_, i) => i / 100);
    const got = runReference("let s = sigmoid(x * a + b); s * (1 - s) + x", { x }, { a: 2, b: -1 });
    const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
    expect(got).toEqual(x.map((v) => sigmoid(v * 2 - 1) * (1 - sigmoid(v * 2 - 1)) + v));
  });

  test("the branch not taken does not contribute", () => {
    expect(Array.from(runReference("x > 0 ? log(x) : 0", { x: [-1, 0, 1] }))).toEqual([0, 0, 0]);
  });

  test("a kernel runs again with other parameters", () => {
    const kernel = compileReference(parse("2 * p"), [], ["p"], "float");
    const results: number[] = [];
    for (const p of [1, 5])
      kernel.run(
        () => {},
        [p],
        (register) => results.push(register[0] ?? nan),
        1,
      );
    expect(results).toEqual([2, 10]);
  });
});

describe("int", () => {
  const run = (text: string, x: readonly number[]): number[] => Array.from(runReference(text, { x }, {}, "int"));

  test.each([
    ["x + 1", [2147483647, -1], [-2147483648, 0]],
    ["x - 1", [-2147483648], [2147483647]],
    ["x * x", [2147483647, 65536, -3], [1, 0, 9]],
    ["-x", [-2147483648, 5], [-2147483648, -5]],
    ["abs(x)", [-2147483648, -5], [-2147483648, 5]],
    ["pow(x, 5)", [3, -2, 100], [243, -32, 1410065408]],
    ["pow(x, -1)", [1, -1, 2, 0], [1, -1, 0, 0]],
    ["floorDivide(x, 3)", [-7, 7, -6], [-3, 2, -2]],
    ["floorDivide(x, -1)", [-2147483648], [-2147483648]],
    ["fmod(x, 3)", [-7, 7, -6], [-1, 1, 0]],
    ["remainder(x, 3)", [-7, 7, -6], [2, 1, 0]],
    ["remainder(x, -3)", [-7, 7], [-1, -2]],
    ["bitAnd(x, 6) + bitOr(x, 8) * 100 + bitXor(x, 1) * 10000", [5], [41304]],
    ["bitNot(x)", [0, 5, -1], [-1, -6, 0]],
    ["shiftLeft(x, 3)", [1, 536870912], [8, 0]],
    ["shiftRight(x, 1)", [-5, 5], [-3, 2]],
    ["shiftRight(-1, x)", [31, 32], [-1, -1]],
    ["shiftLeft(1, x)", [31, 32], [-2147483648, 0]],
    ["gcd(x, 12)", [18, -8, 0], [6, 4, 12]],
    ["clamp(x, -2, 2) + max(x, 0) * 10 + sign(x) * 100", [-5, 5], [-102, 152]],
    ["x > 2 ? x : round(x) + floor(x)", [1, 3], [2, 3]],
    ["isfinite(x) + isnan(x) + isinf(x)", [7], [1]],
  ])("%s", (text, x, expected) => {
    expect(run(text, x).map((value) => value + 0)).toEqual(expected);
  });

  test.each(["floorDivide", "remainder", "fmod"])("%s by zero throws", (fn) => {
    expect(() => run(`${fn}(1, x)`, [1, 0])).toThrow(new RangeError(`${fn}: integer division by zero`));
  });

  test("what integers do not have throws", () => {
    expect(() => run("exp(x)", [1])).toThrow('formula: exp is not defined on integers in "exp(x)"');
    expect(() => run("x * 0.5", [1])).toThrow('formula: 0.5 is not a 32-bit integer in "x * 0.5"');
    expect(() => runReference("x * p", { x: [1] }, { p: 0.5 }, "int")).toThrow(
      'formula: p = 0.5 is not a 32-bit integer in "x * p"',
    );
  });
});

test("what floats do not have, and unknown names, throw", () => {
  expect(() => runReference("bitNot(x)", { x: [1] })).toThrow(
    'formula: bitNot is not defined on floats in "bitNot(x)"',
  );
  expect(() => runReference("x + q", { x: [1] }, { p: 1 })).toThrow(
    'formula: "q" is none of the inputs and parameters (x, p) in "x + q"',
  );
  const kernel = compileReference(parse("x + p"), ["x"], ["p"], "float");
  expect(() =>
    kernel.run(
      () => {},
      [],
      () => {},
      1,
    ),
  ).toThrow('formula: 1 parameters expected, 0 given in "x + p"');
});
