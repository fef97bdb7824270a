import { describe, expect, it } from "vitest";
import { fillBernoulli, fillExponential, fillRandint, fillUniform } from "../../src/random/distributions.ts";
import { Generator } from "../../src/random/generator.ts";
import { fillNormal } from "../../src/random/normal.ts";
import { drawMultinomial, drawPermutation } from "../../src/random/sampling.ts";
import reference from "./pytorch.json" with { type: "json" };

const COUNT = 37;
const row = [1, 3, 0, 6, 2, 0.5, 7];
const weights = new Float32Array([...row, ...row.toReversed()]);
const ramp = (i: number): number => i / (COUNT - 1);
const { state: _state, ...draws } = reference;

/** float64 values pass through the engine's log, cos and sin, which differ from libm's in the last bits. */
const lastBits = 1e-15;

const cases: Record<keyof typeof draws, { draw: (g: Generator) => ArrayLike<number>; within?: number }> = {
  "uniform float32": { draw: (g) => fillUniform(g, new Float32Array(COUNT), -0.0357, 1.7) },
  "uniform float64": { draw: (g) => fillUniform(g, new Float64Array(COUNT), -0.0357, 1.7) },
  "normal float32": { draw: (g) => fillNormal(g, new Float32Array(COUNT), 2, 0.3) },
  "normal float64": { draw: (g) => fillNormal(g, new Float64Array(COUNT), 2, 0.3), within: lastBits },
  "normal float32, one by one": { draw: (g) => twice(() => fillNormal(g, new Float32Array(15), 2, 0.3)) },
  "normal float64, one by one": {
    draw: (g) => twice(() => fillNormal(g, new Float64Array(15), 2, 0.3)),
    within: lastBits,
  },
  "normal and uniform in turn": {
    draw: (g) => [
      ...fillNormal(g, new Float32Array(3), 0, 1),
      ...fillUniform(g, new Float32Array(5), 0, 1),
      ...fillNormal(g, new Float32Array(2), 0, 1),
      ...fillNormal(g, new Float32Array(20), 0, 1),
    ],
  },
  randint: { draw: (g) => fillRandint(g, new Int32Array(COUNT), -3, 1000) },
  "randint of every int32": { draw: (g) => fillRandint(g, new Int32Array(COUNT), -(2 ** 31), 2 ** 31) },
  bernoulli: { draw: (g) => fillBernoulli(g, new Uint8Array(COUNT), 0.3) },
  "bernoulli of float32": {
    draw: (g) =>
      fillBernoulli(
        g,
        new Float32Array(COUNT),
        Float32Array.from({ length: COUNT }, (_, i) => ramp(i)),
      ),
  },
  "bernoulli of float64": {
    draw: (g) =>
      fillBernoulli(
        g,
        new Float64Array(COUNT),
        Float64Array.from({ length: COUNT }, (_, i) => ramp(i)),
      ),
  },
  "exponential float32": { draw: (g) => fillExponential(g, new Float32Array(COUNT), 1.5) },
  "exponential float64": { draw: (g) => fillExponential(g, new Float64Array(COUNT), 1.5), within: lastBits },
  randperm: { draw: (g) => drawPermutation(g, COUNT) },
  "multinomial with replacement": {
    draw: (g) => drawMultinomial(g, weights, row.length, { samples: COUNT, replacement: true }),
  },
  multinomial: { draw: (g) => drawMultinomial(g, weights, row.length, { samples: 5 }) },
  "multinomial of one": { draw: (g) => drawMultinomial(g, weights, row.length, { samples: 1 }) },
};

describe.each(Object.entries(cases))("%s", (name, { draw, within = 0 }) => {
  const seeds: Record<string, number[]> = draws[name as keyof typeof draws];
  it.each(Object.entries(seeds))("is PyTorch's with seed %s", (seed, expected) => {
    const values = Array.from(draw(new Generator(Number(seed))));
    expect(values.length).toBe(expected.length);
    const off = values.filter((value, i) => {
      const target = expected[i] ?? Number.NaN;
      return !(Math.abs(value - target) <= within * Math.max(1, Math.abs(target)));
    });
    expect(off).toEqual([]);
  });
});

describe("bad arguments", () => {
  const g = new Generator(0);
  const floats = new Float32Array(4);
  const before = g.getState();
  it.each([
    [() => fillRandint(g, new Int32Array(2), 5, 5), "randint: low must be below high: 5 and 5"],
    [() => fillRandint(g, new Int32Array(2), 0.5, 5), "randint: low and high must be integers: 0.5 and 5"],
    [
      () => fillRandint(g, new Int32Array(2), 0, 2 ** 31 + 1),
      "randint: low and high must lie in [-2147483648, 2147483648]: 0 and 2147483649",
    ],
    [() => fillUniform(g, floats, 5, 3), "uniform: low must not be above high: 5 and 3"],
    [() => fillUniform(g, floats, Number.NaN, 3), "uniform: low must not be above high: NaN and 3"],
    [() => fillUniform(g, floats, 0, Infinity), "uniform: high - low must be finite: 0 and Infinity"],
    [() => fillNormal(g, floats, 0, -1), "normal: std must not be negative, got -1"],
    [() => fillBernoulli(g, floats, 1.5), "bernoulli: p must lie in [0, 1], got 1.5"],
    [() => fillBernoulli(g, floats, new Float64Array([0, 1, 0, -1])), "bernoulli: p must lie in [0, 1], got -1"],
    [
      () => fillBernoulli(g, floats, new Float32Array(3)),
      "bernoulli: as many probabilities as elements are needed: 3 and 4",
    ],
    [() => fillExponential(g, floats, -1), "exponential: rate must not be negative, got -1"],
    [() => drawPermutation(g, -1), "randperm: n must be an integer from 0 to 214748363, got -1"],
    [() => drawMultinomial(g, weights, 5, { samples: 1 }), "multinomial: 14 weights are not rows of 5 categories"],
    [() => drawMultinomial(g, weights, 7, { samples: 0 }), "multinomial: samples must be an integer from 1 on, got 0"],
    [
      () => drawMultinomial(g, weights, 7, { samples: 9 }),
      "multinomial: without replacement samples cannot exceed categories: 9 and 7",
    ],
    [
      () => drawMultinomial(g, new Float32Array([1, -2]), 2, { samples: 1 }),
      "multinomial: weights must be finite and not negative, got -2 at 1",
    ],
    [
      () => drawMultinomial(g, new Float32Array([1, 0, 0]), 1, { samples: 1 }),
      "multinomial: row 1 has no positive weight",
    ],
  ])("%s", (draw, message) => {
    expect(draw).toThrow(new RangeError(message));
    expect(g.getState()).toEqual(before);
  });
});

describe("borders", () => {
  it("fills nothing without drawing", () => {
    const g = new Generator(1);
    fillNormal(g, new Float32Array(0), 0, 1);
    fillUniform(g, new Float32Array(0), 0, 1);
    expect(drawPermutation(g, 0)).toEqual(new Int32Array(0));
    expect(drawPermutation(g, 1)).toEqual(new Int32Array([0]));
    expect(g.random()).toBe(new Generator(1).random());
  });

  it("gives constants for std 0, p 0, p 1 and an empty interval", () => {
    const g = new Generator(1);
    expect(new Set(fillNormal(g, new Float32Array(40), 3, 0))).toEqual(new Set([3]));
    expect(new Set(fillBernoulli(g, new Uint8Array(40), 0))).toEqual(new Set([0]));
    expect(new Set(fillBernoulli(g, new Uint8Array(40), 1))).toEqual(new Set([1]));
    expect(new Set(fillUniform(g, new Float64Array(40), 2, 2))).toEqual(new Set([2]));
    expect(fillExponential(g, new Float32Array(2), 0)).toEqual(new Float32Array([Infinity, Infinity]));
  });

  it("never draws an index of weight 0 with replacement", () => {
    const drawn = drawMultinomial(new Generator(3), new Float32Array([0, 1, 0]), 3, {
      samples: 500,
      replacement: true,
    });
    expect(new Set(drawn)).toEqual(new Set([1]));
  });
});

function twice(draw: () => ArrayLike<number>): number[] {
  return [...Array.from(draw()), ...Array.from(draw())];
}
