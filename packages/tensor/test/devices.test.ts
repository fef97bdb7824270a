import { type Tensor, useDevice } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { describe, expect, test } from "vitest";
import { inputsOf, type OpCase } from "./cases/case.ts";
import { cases } from "./cases/index.ts";

test("every primitive has cases, and nothing else has", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(primitives).sort());
});

describe.each(Object.entries(cases))("%s gives the same on wasm as on cpu", (_, list) => {
  test.each(list.map((each, index) => ({ ...each, index })))("case $index", (each) => {
    const expected = onDevice("cpu", each);
    const actual = onDevice("wasm", each);
    expect(actual.shape).toEqual(expected.shape);
    expect(actual.dtype).toBe(expected.dtype);
    expectClose(actual, expected, each.tolerance ?? 1e-5);
  });
});

function onDevice(device: "cpu" | "wasm", each: OpCase): Tensor {
  useDevice(device);
  return each.call(...inputsOf(each, "float32"));
}

function expectClose(actual: Tensor, expected: Tensor, tolerance: number): void {
  const [got, wanted] = [actual.toArray(), expected.toArray()];
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [got[i] as number, wanted[i] as number];
    if (Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))) continue;
    expect.fail(`element ${i}: ${a} on wasm, ${b} on cpu`);
  }
}
