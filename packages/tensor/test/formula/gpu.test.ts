import { describe, expect, test } from "vitest";
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
    ...words.map(({ text }) => text).filter((text) => canRunOnGpu(parse(text))),
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
      // Measured: 2.4e-8, the series of expm1.
      else if (got !== value)
        expect(Math.abs(got - value) / Math.max(Math.abs(value), 1e-30), `${x?.[i]}`).toBeLessThan(1e-7);
    }
  });

  test("the derivatives of the plain activations run too", () => {
    for (const text of ["relu(x)", "tanh(x)", "sigmoid(x)", "x > 0 ? x : expm1(x)", "max(x, y)", "clamp(x, -1, 1)"]) {
      expect(canRunOnGpu(derive(parse(text), "x")), text).toBe(true);
    }
  });

  test("what it does not have throws", () => {
    expect(() => toKernelBody(parse("erf(x)"), reads)).toThrow('formula: erf does not run on the GPU in "erf(x)"');
    expect(() => toKernelBody(parse("x + inf"), reads)).toThrow(
      'formula: the number Infinity does not exist on the GPU in "x + inf"',
    );
    expect(() => toKernelBody(parse("x + q"), reads)).toThrow('formula: "q" is not read in "x + q"');
  });
});
