import { type Device, Tensor, useDevice } from "@dl/tensor";
import { expect } from "vitest";

/** What a function gives: a tensor, or several by name. */
export type Results = Tensor | { readonly values: Tensor; readonly indices: Tensor } | Readonly<Record<string, Tensor>>;

/**
 * Computes `call` of the same inputs on the CPU and on the GPU and compares all results: `tolerance` times the larger of
 * 1 and the value on the CPU.
 */
export async function expectSame(
  device: Device,
  inputs: readonly Tensor[],
  call: (...inputs: Tensor[]) => Results,
  tolerance = 2e-6,
): Promise<void> {
  await useDevice("cpu");
  const wanted = parts(call(...inputs.map((x) => x.to("cpu"))));
  await useDevice(device);
  const got = parts(call(...inputs.map((x) => x.to(device))));
  await useDevice("cpu");
  expect(Object.keys(got)).toEqual(Object.keys(wanted));
  for (const [name, expected] of Object.entries(wanted)) {
    const actual = await (got[name] as Tensor).cpu();
    expectClose(actual, expected, tolerance);
  }
}

const parts = (results: Results): Readonly<Record<string, Tensor>> =>
  results instanceof Tensor ? { result: results } : { ...results };

/** Both on the CPU: alike but for `tolerance` times the larger of 1 and the value expected. */
export function expectClose(actual: Tensor, expected: Tensor, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.dtype).toBe(expected.dtype);
  const [got, wanted] = [actual.toArray(), expected.toArray()];
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [got[i] as number, wanted[i] as number];
    if (Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b))) continue;
    expect.fail(`element ${i}: ${a} on gpu, ${b} on cpu`);
  }
}
