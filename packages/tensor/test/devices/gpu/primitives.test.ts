import { type Device, type Op, type Tensor, useDevice } from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import * as primitives from "@dl/tensor/primitives";
import { beforeAll, describe, expect, test } from "vitest";
import { canRunOnGpu } from "../../../src/formula/gpu.ts";
import { inputsOf, type OpCase } from "../../cases/case.ts";
import { cases } from "../../cases/index.ts";
import { adapterForTests, reasonText } from "./adapter.ts";

const info = await adapterForTests();

/** Ops with loops that have a kernel. */
const withKernel = new Set(["biasedMatmul", "matmulBatch", "toCopy"]);

/** WGSL grants sin and cos an error of 2^-11; SwiftShader was seen to use 1.7e-4 of it. */
const tolerances: Partial<Record<keyof typeof primitives, number>> = { cos: 5e-4, sin: 5e-4, sinc: 5e-4 };
/** Of all others; 2.9e-7 was seen. */
const otherTolerance = 1e-6;

describe.skipIf(!info.available)(`primitives on the GPU${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
  });

  test.each(Object.keys(primitives) as (keyof typeof primitives)[])(
    "%s gives the same as on the CPU, or says that it is not there",
    async (name) => {
      let compared = 0;
      let integers = 0;
      for (const each of cases[name]) {
        const actual = await outcomeOn(device, each);
        if (typeof actual === "string") {
          expect(actual).toMatch(refusals);
          if (actual.includes("(for int32)")) integers++;
          continue;
        }
        const expected = await outcomeOn("cpu", each);
        expectClose(actual, expected as Tensor, tolerances[name] ?? otherTolerance);
        compared++;
      }
      if (runs(name)) expect(compared + integers).toBeGreaterThan(0);
    },
  );
});

const refusals =
  /not on gpu( \(.*\))?: use await x\.cpu\(\)|use await x\.cpu\(\) first|gpu: has no float64|cannot be read synchronously/;

const ops = new Map<string, Op<never>>(Object.entries(primitives).map(([name, { op }]) => [name, op as Op<never>]));

/** Whether the GPU must take at least one case of a primitive: all but integers. */
function runs(name: keyof typeof primitives): boolean {
  const op = ops.get(name);
  if (op === undefined) return false;
  if (op.kind === "view" || withKernel.has(name)) return true;
  return op.formula !== undefined && canRunOnGpu(op.formula.node);
}

/** The result, brought to the CPU, or the error's sentence. */
async function outcomeOn(device: Device | "cpu", each: OpCase): Promise<Tensor | string> {
  await useDevice(device);
  let result: Tensor;
  try {
    result = each.call(...inputsOf(each, "float32"));
  } catch (error) {
    return (error as Error).message;
  } finally {
    await useDevice("cpu");
  }
  return result.cpu();
}

function expectClose(actual: Tensor, expected: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.dtype).toBe(expected.dtype);
  const [got, wanted] = [actual.toArray(), expected.toArray()];
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [got[i] as number, wanted[i] as number];
    if (Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))) continue;
    expect.fail(`element ${i}: ${a} on gpu, ${b} on cpu`);
  }
}
