import { apply, type Op, sum, type Tensor, tensor, useDevice, zeros } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { describe, expect, test } from "vitest";
import { grad } from "../src/grad.ts";
import { requiresGrad_ } from "../src/leaf.ts";
import { type Edge, type Expected, readEdges } from "./edges/fixture.ts";

const edges = readEdges();

/** PyTorch has no gradient for these: ours is stated to be 0. */
const flat = ["heaviside", "step"];
const integral = ["bitwiseAnd", "bitwiseLeftShift", "bitwiseNot", "bitwiseOr", "bitwiseRightShift", "bitwiseXor", "gcd", "lcm"];

const formulas = Object.entries(primitives).flatMap(([name, { op }]) => (op.kind === "kernel" && op.formula !== undefined ? [name] : []));

test("every elementwise op has edges", () => {
  expect(formulas.filter((name) => !edges.has(name) && !flat.includes(name) && !integral.includes(name))).toEqual([]);
});

describe.each(["cpu", "wasm"] as const)("on %s", (device) => {
  test.each([...edges.keys()])("%s is right at the edges of float32, with both derivatives", (name) => {
    useDevice(device);
    const edge = edges.get(name) as Edge;
    const { op } = primitives[name as keyof typeof primitives];
    const results = resultsOf(op as Op<unknown>, edge);
    const failures = edge.results.flatMap((expected, k) => mismatches(expected, results[k] as Tensor, labelOf(k, edge), edge));
    expect(failures).toEqual([]);
  });

  test.each(flat)("%s has gradient 0 everywhere", (name) => {
    useDevice(device);
    const { inputs } = (name === "step" ? edges.get("relu") : edges.get("mul")) as Edge;
    const { op } = primitives[name as keyof typeof primitives];
    const [, ...gradients] = resultsOf(op as Op<unknown>, { inputs, params: { threshold: 0 }, results: [] });
    for (const gradient of gradients) expect(gradient.toArray().every((value) => value === 0)).toBe(true);
  });
});

/** The value, the gradients and the second gradients, in the order of the fixture. */
function resultsOf(op: Op<unknown>, { inputs, params }: Edge): Tensor[] {
  const condition = op.inputs[0] === "condition";
  const leaves = inputs.map((data, i) => (condition && i === 0 ? tensor(Array.from(data, (x) => x !== 0)) : requiresGrad_(tensor(data))));
  const value = apply(op, leaves, params);
  const first = gradientsOf(value, leaves);
  return [value, ...first, ...first.flatMap((gradient) => gradientsOf(gradient, leaves))];
}

function gradientsOf(output: Tensor, leaves: readonly Tensor[]): Tensor[] {
  const tracked = leaves.filter((leaf) => leaf.requiresGrad);
  const found = output.requiresGrad ? grad([sum(output)], tracked, { createGraph: true, allowUnused: true }) : [];
  return leaves.map((leaf) => found[tracked.indexOf(leaf)] ?? zeros(leaf.shape));
}

function mismatches({ values, float32 }: Expected, result: Tensor, label: string, { inputs }: Edge): string[] {
  const got = result.toArray();
  return Array.from(values, (exact, i) => {
    const own = float32.get(i) ?? exact;
    const value = got[i] as number;
    const right = Number.isNaN(own) || close(value, own) || (close(value, exact) && (Number.isFinite(value) || !Number.isFinite(own)));
    return right ? "" : `${label} at (${inputs.map((column) => column[i]).join(", ")}): ${value}, PyTorch ${own} (float64 ${exact})`;
  }).filter((line) => line !== "");
}

const close = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-6 + 1e-4 * Math.abs(b);

function labelOf(k: number, { inputs: { length } }: Edge): string {
  if (k === 0) return "value";
  if (k <= length) return `gradient ${k - 1}`;
  return `second gradient ${Math.floor((k - 1 - length) / length)}, ${(k - 1) % length}`;
}
