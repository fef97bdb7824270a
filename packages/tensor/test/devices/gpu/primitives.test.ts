import { type Device, type Op, type Tensor, useDevice } from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import * as primitives from "@dl/tensor/primitives";
import { beforeAll, describe, expect, test } from "vitest";
import { kernelOf } from "../../../src/devices/gpu/table.ts";
import { inputsOf, type OpCase } from "../../cases/case.ts";
import { cases } from "../../cases/index.ts";
import { adapterForTests, reasonText } from "./adapter.ts";
import { expectClose } from "./compare.ts";

type Name = keyof typeof primitives;

const info = await adapterForTests();

const ops = new Map<Name, Op<never>>(
  Object.entries(primitives).map(([name, { op }]) => [name as Name, op as Op<never>]),
);

/** Whether the GPU must take every case of a primitive. */
function runs(name: Name): boolean {
  const op = ops.get(name);
  return op !== undefined && (op.kind === "view" || op.formula !== undefined || kernelOf(op) !== undefined);
}

/** Of values around 1 and above; 9.6e-7 was seen. */
const tolerance = 2e-6;
/** Recurrences whose terms are larger than their result; 1.8e-6 was seen. */
const tolerances: Partial<Record<Name, number>> = { orthogonalPolynomial: 5e-6 };

describe.skipIf(!info.available)(`primitives on the GPU${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
  });

  const names = Object.keys(primitives) as Name[];

  test.each(names.filter(runs))("%s gives the same as on the CPU", async (name) => {
    for (const each of cases[name]) {
      const actual = await outcomeOn(device, each);
      const expected = await outcomeOn("cpu", each);
      if (typeof actual === "string") expect(actual).toBe(expected);
      else expectClose(actual, expected as Tensor, tolerances[name] ?? tolerance);
    }
  });

  test.each(names.filter((name) => !runs(name)))("%s says that it is not there", async (name) => {
    for (const each of cases[name]) expect(await outcomeOn(device, each)).toMatch(refusals);
  });
});

const refusals = /not on gpu( \(.*\))?: use await x\.cpu\(\)|use await x\.cpu\(\) first/;

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
