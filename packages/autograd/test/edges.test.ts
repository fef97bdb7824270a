import { apply, type Op, sum, type Tensor, tensor, useDevice, zeros } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { describe, expect, test } from "vitest";
import { grad } from "../src/grad.ts";
import { requiresGrad_ } from "../src/leaf.ts";
import { type Edge, type Expected, readEdges } from "./edges/fixture.ts";

const edges = readEdges();
const table = new Map(Object.entries(primitives).map(([name, { op }]) => [name, op as Op<unknown>]));

/** PyTorch has no gradient for these: ours is stated to be 0. */
const flat = ["heaviside", "step"];
const integral = [
  "bitwiseAnd",
  "bitwiseLeftShift",
  "bitwiseNot",
  "bitwiseOr",
  "bitwiseRightShift",
  "bitwiseXor",
  "gcd",
  "lcm",
];

interface Exception {
  /** From which derivative on. */
  readonly order: 0 | 1 | 2;
  readonly at: (...inputs: number[]) => boolean;
  readonly why: string;
}

const isPole = (x: number): boolean => x < 0 && (Number.isInteger(x) || x === Number.NEGATIVE_INFINITY);

/** Points that are not compared: PyTorch's number is an artefact of its formula, or (atan2, addcmul) ours of float32. */
const exceptions: Readonly<Record<string, Exception>> = {
  polygamma: { order: 0, at: isPole, why: "PyTorch's sin(πx) is not 0 at whole numbers; nothing is defined at -∞" },
  digamma: { order: 1, at: isPole, why: "the derivative is polygamma" },
  lgamma: { order: 2, at: isPole, why: "the second derivative is polygamma" },
  sinc: { order: 2, at: (x) => Math.abs(x) < 1e-7, why: "PyTorch's cancels: it should be -π²/3" },
  atan2: { order: 2, at: (x, y) => Math.abs(x) === Math.abs(y), why: "1 / (x² + y²) cancels, to 1e-7 in float32" },
  preluOf: { order: 2, at: Number.isNaN, why: "PyTorch's is 0 at NaN, where its first derivative is not" },
  i0: { order: 2, at: Number.isNaN, why: "PyTorch's derivative of i1 at NaN is 0.5" },
  i1: { order: 1, at: Number.isNaN, why: "PyTorch's derivative at NaN is 0.5" },
  i1e: { order: 1, at: Number.isNaN, why: "PyTorch's derivative at NaN is 0.5" },
  zeta: { order: 0, at: Number.isNaN, why: "PyTorch looks for poles first: ζ(NaN, -1) is infinite there" },
  erfcx: { order: 2, at: (x) => x > 88, why: "2x erfcx(x) - 2/√π cancels, in PyTorch's float32 too" },
  logNdtr: { order: 2, at: (x) => x < -20, why: "g(x + g) cancels, in PyTorch's float32 too: -3.6e9 at -10,000" },
  addcmul: {
    order: 0,
    at: (x, y, z) => !Number.isFinite(x) && Math.abs(y * z) > 1e38,
    why: "PyTorch multiplies and adds in one rounding, so the product does not overflow",
  },
};

/** Elementwise ops that are functions of numbers, not formulas; PyTorch has no gradient for most. */
const ofNumbers = (
  "airyAi besselJ0 besselJ1 besselY0 besselY1 digamma erfcx erfinv frexpExponent frexpMantissa i0 i0e " +
  "i1 i1e lgamma logNdtr modifiedBesselK0 modifiedBesselK1 ndtri polygamma scaledModifiedBesselK0 " +
  "scaledModifiedBesselK1 sphericalBesselJ0 zeta"
).split(" ");
const formulas = [...table].flatMap(([name, op]) => (op.kind === "kernel" && op.formula !== undefined ? [name] : []));

test("every elementwise op has edges", () => {
  expect(
    [...formulas, ...ofNumbers].filter((name) => !edges.has(name) && !flat.includes(name) && !integral.includes(name)),
  ).toEqual([]);
});

describe.each(["cpu", "wasm"] as const)("on %s", (device) => {
  test.each([...edges.keys()])("%s is right at the edges of float32, with both derivatives", (name) => {
    useDevice(device);
    const edge = edges.get(name) as Edge;
    const op = table.get(name) as Op<unknown>;
    const results = resultsOf(op, edge);
    const failures = edge.results.flatMap((expected, k) =>
      mismatches(expected, results[k] as Tensor, placeOf(k, edge), edge, exceptions[name]),
    );
    expect(failures).toEqual([]);
  });

  test.each(flat)("%s has gradient 0 everywhere", (name) => {
    useDevice(device);
    const { inputs } = (name === "step" ? edges.get("relu") : edges.get("mul")) as Edge;
    const op = table.get(name) as Op<unknown>;
    const [, ...gradients] = resultsOf(op, { inputs, params: { threshold: 0 }, results: [] });
    for (const gradient of gradients)
      expect(
        gradient
          .detach()
          .toArray()
          .every((value) => value === 0),
      ).toBe(true);
  });
});

/** Inputs that are bool: every number but 0 is true. */
const truths: ReadonlySet<string> = new Set(["condition", "mask"]);

/** The value, the gradients and the second gradients, in the order of the fixture. */
function resultsOf(op: Op<unknown>, { inputs, params }: Edge): Tensor[] {
  const leaves = inputs.map((data, i) =>
    truths.has(op.inputs[i] ?? "") ? tensor(Array.from(data, (x) => x !== 0)) : requiresGrad_(tensor(data)),
  );
  const value = apply(op, leaves, params);
  const first = gradientsOf(value, leaves);
  return [value, ...first, ...first.flatMap((gradient) => gradientsOf(gradient, leaves))];
}

function gradientsOf(output: Tensor, leaves: readonly Tensor[]): Tensor[] {
  const tracked = leaves.filter((leaf) => leaf.requiresGrad);
  const found = output.requiresGrad ? grad([sum(output)], tracked, { createGraph: true, allowUnused: true }) : [];
  return leaves.map((leaf) => found[tracked.indexOf(leaf)] ?? zeros(leaf.shape));
}

function mismatches(
  { values, float32 }: Expected,
  result: Tensor,
  { order, label }: Place,
  { inputs }: Edge,
  exception: Exception | undefined,
): string[] {
  const got = result.detach().toArray();
  return Array.from(values, (exact, i) => {
    const own = float32.get(i) ?? exact;
    const point = inputs.map((column) => column[i] as number);
    const excepted = exception !== undefined && order >= exception.order && exception.at(...point);
    // Only where PyTorch has a number in both of its runs.
    if (Number.isNaN(own) || Number.isNaN(exact) || excepted) return "";
    const value = got[i] as number;
    const right = close(value, own) || (close(value, exact) && (Number.isFinite(value) || !Number.isFinite(own)));
    return right ? "" : `${label} at (${point.join(", ")}): ${value}, PyTorch ${own} (float64 ${exact})`;
  }).filter((line) => line !== "");
}

const close = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-6 + 1e-4 * Math.abs(b);

interface Place {
  readonly order: number;
  readonly label: string;
}

/** What the k-th result is. */
function placeOf(k: number, { inputs: { length } }: Edge): Place {
  if (k === 0) return { order: 0, label: "value" };
  if (k <= length) return { order: 1, label: `gradient ${k - 1}` };
  const second = k - 1 - length;
  return { order: 2, label: `second gradient ${Math.floor(second / length)}, ${second % length}` };
}
