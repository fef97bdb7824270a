import { describe, expect, test } from "vitest";
import { kernelCalls } from "../../src/formula/gpu.ts";
import { dividesIntegers, isIntegerOnGpu, toIntegerWgsl } from "../../src/formula/gpu-integers.ts";
import { canRunOnGpu, derive, parse, toKernelBody } from "../../src/formula/index.ts";
import { points, runReference } from "./run.ts";
import { words } from "./words.ts";

const reads = { x: "x", y: "y", z: "z" };

describe("kernel source", () => {
  test("one statement per value", () => {
    expect(toKernelBody(parse("x * x + c"), { x: "x[this.thread.x]", c: "this.constants.c" })).toBe(
      "const t0 = x[this.thread.x];\nconst t1 = t0 * t0;\nconst t2 = this.constants.c;\nreturn t1 + t2;",
    );
    expect(toKernelBody(parse("x > 0 ? x : -2"), reads)).toBe(
      "const t0 = x;\nconst t1 = t0 > 0 ? 1.0 : 0.0;\nreturn t1 == 0.0 ? (-2) : t0;",
    );
  });

  const texts = [
    ...words.map(({ text }) => text).filter(isPlain),
    "x > y && !(z < 0) || x == 1 ? x * -2 : y / z",
    "0.5 * x + (x < 0 ? 1 : 2)",
  ];

  test.each(texts)("%s runs as JavaScript and agrees with the reference", (text) => {
    const kernel = new Function("x", "y", "z", toKernelBody(parse(text), reads)) as (...args: number[]) => number;
    const [x, y, z] = [points(400, 4), points(400, 5), points(400, 6)].map((all) =>
      all.filter(Number.isFinite).slice(0, 400),
    );
    const want = runReference(text, { x: x ?? [], y: y ?? [], z: z ?? [] });
    for (const [i, value] of want.entries()) {
      const got = kernel(x?.[i] ?? 0, y?.[i] ?? 0, z?.[i] ?? 0);
      if (Number.isNaN(value)) expect(got).toBeNaN();
      else if (got !== value) expect(got, `${x?.[i]}`).toBeCloseTo(value, 12);
    }
  });

  test("the derivatives of the plain activations run too", () => {
    for (const text of ["relu(x)", "tanh(x)", "sigmoid(x)", "x > 0 ? x : expm1(x)", "max(x, y)", "clamp(x, -1, 1)"]) {
      expect(canRunOnGpu(derive(parse(text), "x")), text).toBe(true);
    }
  });

  test("what GPU.js lacks is called by name", () => {
    expect(toKernelBody(parse("erf(x) + pow(x, y)"), reads)).toBe(
      "const t0 = x;\nconst t1 = erf(t0);\nconst t2 = y;\nconst t3 = pow(t0, t2);\nreturn t1 + t3;",
    );
    expect(toKernelBody(parse("x == inf ? nan : -inf"), reads)).toContain("(-infinity()) : notANumber()");
    expect([...kernelCalls(parse("x == -inf ? nan : pow(x, y)"))]).toEqual([
      ["infinity", 0],
      ["notANumber", 0],
      ["pow", 2],
    ]);
  });

  test("functions of integers throw", () => {
    expect(() => toKernelBody(parse("gcd(x, y)"), reads)).toThrow(
      'formula: gcd does not run on the GPU in "gcd(x, y)"',
    );
    expect(() => toKernelBody(parse("x + q"), reads)).toThrow('formula: "q" is not read in "x + q"');
  });
});

describe("integer WGSL", () => {
  test("one statement per value, with the helpers it calls", () => {
    expect(toIntegerWgsl("f", parse("x > 0 ? x * y : -2"), ["x", "y"])).toBe(
      `
fn f(user_x : i32, user_y : i32) -> i32 {
  let t0 : i32 = user_x;
  let t1 : i32 = i32(0);
  let t2 : i32 = select(0, 1, t0 > t1);
  let t3 : i32 = user_y;
  let t4 : i32 = t0 * t3;
  let t5 : i32 = i32(-2);
  let t6 : i32 = select(t5, t4, t2 != 0);
  return t6;
}`,
    );
    expect(toIntegerWgsl("f", parse("gcd(x, y)"), ["x", "y"])).toContain("fn greatestDivisor(");
    const both = toIntegerWgsl("f", parse("remainder(x, y) + floorDivide(x, y)"), ["x", "y"]);
    expect(both.match(/fn wholeRemainder\(/g)).toHaveLength(1);
  });

  test("takes what wraps and what divides, not what is broken", () => {
    expect(isIntegerOnGpu(parse("bitAnd(x, y) + 1"))).toBe(true);
    expect(isIntegerOnGpu(parse("x / y"))).toBe(false);
    expect(isIntegerOnGpu(parse("x * 0.5"))).toBe(false);
    expect(dividesIntegers(parse("fmod(x, y)"))).toBe(true);
    expect(dividesIntegers(parse("x * y"))).toBe(false);
  });
});

/** Without functions that the device supplies. */
function isPlain(text: string): boolean {
  return canRunOnGpu(parse(text)) && kernelCalls(parse(text)).size === 0;
}
