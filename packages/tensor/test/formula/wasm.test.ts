import { describe, expect, test } from "vitest";
import { canEmit, emitWasm, type FunctionName, hasRelaxedSimd, parse } from "../../src/formula/index.ts";
import { edges, points, runReference, runWasm, ulps } from "./run.ts";
import { words } from "./words.ts";

/**
 * The greatest distance in float32 numbers to the float64 result, measured over 2 million points of all
 * sizes; the other functions gave the float32 nearest to it, everywhere.
 */
const measured: Partial<Readonly<Record<FunctionName, number>>> = {
  exp: 1,
  exp2: 1,
  rsqrt: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  log: 1,
  expm1: 2,
  log1p: 2,
  tanh: 2,
  sigmoid: 2,
  erf: 3,
  erfc: 4,
};

/** These go to the reference. */
const withoutWasm: ReadonlySet<FunctionName> = new Set<FunctionName>([
  "bitAnd",
  "bitOr",
  "bitXor",
  "bitNot",
  "shiftLeft",
  "shiftRight",
  "gcd",
]);

/** Series by multiplication and addition, and by multiply-add where the engine has it. */
const variants = hasRelaxedSimd() ? [false, true] : [false];

const x = points(100_000, 1);
const y = points(100_000, 2);
const z = points(100_000, 3);
const pairs = edges.flatMap((a) => edges.map((b) => [a, b] as const));
const left = Float32Array.from(pairs, ([a]) => a);
const right = Float32Array.from(pairs, ([, b]) => b);

describe("every word against the reference", () => {
  test.each(words)("$text", ({ name, arity, text }) => {
    expect(canEmit(parse(text))).toBe(!withoutWasm.has(name));
    if (withoutWasm.has(name)) {
      expect(() => emitWasm(parse(text), ["x", "y"], [])).toThrow(`formula: no WebAssembly form for "${text}"`);
      return;
    }
    const limit = measured[name] ?? 0;
    expect(worst(text, arity === 1 ? { x } : arity === 2 ? { x, y } : { x, y, z })).toBeLessThanOrEqual(limit);
    if (arity === 2) expect(worst(text, { x: left, y: right })).toBeLessThanOrEqual(limit);
  });

  test("floorDivide by an infinity, with the sign of zero", () => {
    const { POSITIVE_INFINITY: inf } = Number;
    const pairs = { x: [5, -5, 5, -5, 0, -0], y: [inf, inf, -inf, -inf, -inf, -inf] };
    expect(Array.from(runWasm("floorDivide(x, y)", pairs))).toEqual([0, -1, -1, 0, -0, 0]);
    expect(Array.from(runReference("floorDivide(x, y)", pairs))).toEqual([0, -1, -1, 0, -0, 0]);
  });

  test("x ? y : z", () => {
    expect(worst("x ? y : z", { x, y, z })).toBe(0);
    expect(worst("x > y && !(y <= z) ? (x < 0 || z == 1) : x != y", { x, y, z })).toBe(0);
  });

  test.each(["max(x, 0)", "max(x, -inf)", "min(x, 1)", "min(max(x, -1e30), inf)", "max(x, nan)"])("%s", (text) => {
    expect(worst(text, { x })).toBe(0);
  });

  test.each([
    "x * sigmoid(x)",
    "0.5 * x * (1 + erf(x * 0.7071067811865476))",
    "max(x, 0) + log1p(exp(-abs(x)))",
    "x > 0 ? x : expm1(x)",
    "pow(x, 2) + pow(x, 3)",
  ])("%s stays within the rounding of its steps", (text) => {
    const range = Float32Array.from({ length: 10_001 }, (_, i) => (i - 5000) / 250);
    const want = runReference(text, { x: range });
    for (const relaxed of variants) {
      const got = runWasm(text, { x: range }, {}, { relaxed });
      // Measured: 2.4e-7, relative to the larger of the value and 1.
      for (let i = 0; i < got.length; i++) {
        const [a, b] = [got[i] ?? Number.NaN, want[i] ?? Number.NaN];
        expect(Math.abs(a - b) / Math.max(1, Math.abs(b))).toBeLessThan(5e-7);
      }
    }
  });

  test("1 + erf(x) as one function, at its edges too", () => {
    const values = Float32Array.from([...edges, ...x]);
    const want = runReference("1 + erf(x)", { x: values });
    for (const relaxed of variants) {
      const got = runWasm("1 + erf(x)", { x: values }, {}, { relaxed });
      for (const [i, value] of got.entries()) {
        const exact = want[i] ?? Number.NaN;
        if (Number.isNaN(exact)) expect(value).toBeNaN();
        // Measured: 9.6e-7, near 0.
        else expect(Math.abs(value - exact), `at ${values[i]}`).toBeLessThan(1.5e-6);
      }
    }
  });
});

describe("the kernel", () => {
  const formula = "let s = sigmoid(x); s * (1 - s) + y * p";

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 31])("%d elements, and nothing beyond", (n) => {
    const inputs = { x: x.subarray(40, 40 + n), y: y.subarray(40, 40 + n) };
    const whole = runWasm(formula, { x: x.subarray(40, 80), y: y.subarray(40, 80) }, { p: 0.5 });
    expect(runWasm(formula, inputs, { p: 0.5 })).toEqual(whole.slice(0, n));
    expect(runWasm(formula, inputs, { p: 0.5 }, { inPlace: true })).toEqual(whole.slice(0, n));
  });

  test("one value for all elements", () => {
    const a = [1, 2, 3, 4, 5];
    expect(Array.from(runWasm("x * exp2(y) + 1", { x: a, y: [3] }, {}, { splat: [false, true] }))).toEqual([
      9, 17, 25, 33, 41,
    ]);
    const inPlace = runWasm("x - y", { y: [2], x: a }, {}, { splat: [true, false], inPlace: true });
    expect(Array.from(inPlace)).toEqual([-1, 0, 1, 2, 3]);
  });

  test("what stays the same for all elements may be anything", () => {
    const got = runWasm("x * (sin(p) + erf(q)) + log(2)", { x: [1, 2, 3] }, { p: 2e7, q: 0.5 });
    const want = runReference("x * (sin(p) + erf(q)) + log(2)", { x: [1, 2, 3] }, { p: 2e7, q: 0.5 });
    // Measured: 7.4e-8.
    for (const [i, value] of got.entries()) expect(Math.abs(value - (want[i] ?? 0))).toBeLessThan(3e-7);
    expect(Array.from(runWasm("p", { x: [1, 2, 3] }, { p: 4 }))).toEqual([4, 4, 4]);
    expect(Array.from(runWasm("2 * 3", { x: [1, 2, 3] }))).toEqual([6, 6, 6]);
    expect(Array.from(runWasm("x", { x: [1, 2, 3] }))).toEqual([1, 2, 3]);
  });

  test.each([1, 2, 3, 4, 7, 16])("bytes for a mask of %d elements", (n) => {
    const a = Array.from({ length: n }, (_, i) => i - 2);
    expect(Array.from(runWasm("x > 0", { x: a }, {}, { result: "bool" }))).toEqual(a.map((v) => Number(v > 0)));
    expect(Array.from(runWasm("x", { x: a }, {}, { result: "bool" }))).toEqual(a.map((v) => Number(v !== 0)));
  });

  test.each([1, 2, 3, 4, 7, 16])("masks of %d bytes as inputs", (n) => {
    const mask = Array.from({ length: n }, (_, i) => (i * 7) % 3);
    const a = Array.from({ length: n }, (_, i) => i + 0.5);
    const got = runWasm(
      "m ? x * c : -m",
      { m: mask, x: a, c: [200] },
      {},
      { bytes: [true, false, true], splat: [false, false, true] },
    );
    expect(Array.from(got, (v) => v + 0)).toEqual(a.map((v, i) => (mask[i] === 0 ? 0 : v * 200)));
    const inPlace = runWasm("!m", { m: mask }, {}, { bytes: [true], result: "bool", inPlace: true });
    expect(Array.from(inPlace)).toEqual(mask.map((v) => Number(v === 0)));
  });

  test("over shared memory", () => {
    expect(Array.from(runWasm("x + 1", { x: [1, 2] }, {}, { sharedMemory: true }))).toEqual([2, 3]);
  });

  test("a lane does not depend on its neighbours", () => {
    const calm = runWasm("sin(x)", { x: [0.1, 1e6, 0.3, 0.4] });
    const wild = runWasm("sin(x)", { x: [0.1, 1e6, 3e38, 0.4] });
    expect([wild[0], wild[1], wild[3]]).toEqual([calm[0], calm[1], calm[3]]);
  });

  test("an unknown name throws", () => {
    expect(() => emitWasm(parse("x + q"), ["x"], ["p"])).toThrow(
      'formula: "q" is none of the inputs and parameters (x, p) in "x + q"',
    );
  });
});

function worst(text: string, inputs: Readonly<Record<string, ArrayLike<number>>>): number {
  const want = Float32Array.from(runReference(text, inputs));
  let result = 0;
  for (const relaxed of variants) {
    const got = runWasm(text, inputs, {}, { relaxed });
    for (let i = 0; i < got.length; i++) result = Math.max(result, ulps(got[i] as number, want[i] as number));
  }
  return result;
}
