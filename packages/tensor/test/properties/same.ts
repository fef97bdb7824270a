import { type Tensor, useDevice } from "@dl/tensor";

/** A tensor's shape, dtype and elements, or the sentence of the error. */
type Result =
  | { readonly shape: readonly number[]; readonly dtype: string; readonly values: ArrayLike<number> }
  | { readonly error: string };

/** What `make` gives on a device, as plain data. */
export function resultOn(device: "cpu" | "wasm", make: () => Tensor): Result {
  useDevice(device);
  try {
    const { shape, dtype, ...rest } = dataOf(make());
    return { shape, dtype, ...rest };
  } catch (error) {
    if (error instanceof Error && !(error instanceof WebAssembly.RuntimeError)) return { error: error.message };
    throw error;
  }
}

const dataOf = (x: Tensor): { shape: readonly number[]; dtype: string; values: ArrayLike<number> } => ({
  shape: x.shape,
  dtype: x.dtype,
  values: x.toArray(),
});

/** Throws unless both are the same: exactly for integers, else within `tolerance`, relative above 1. */
export function expectSame(actual: Result, expected: Result, tolerance: number): void {
  if ("error" in actual || "error" in expected) {
    if ("error" in actual && "error" in expected && actual.error === expected.error) return;
    throw new Error(`got ${summary(actual)}, expected ${summary(expected)}`);
  }
  if (actual.dtype !== expected.dtype || String(actual.shape) !== String(expected.shape)) {
    throw new Error(`got ${summary(actual)}, expected ${summary(expected)}`);
  }
  const allowed = actual.dtype.startsWith("float") ? tolerance : 0;
  for (let i = 0; i < expected.values.length; i++) {
    const [a, b] = [actual.values[i] as number, expected.values[i] as number];
    if (a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= allowed * Math.max(1, Math.abs(b)))
      continue;
    throw new Error(`element ${i} of ${summary(expected)}: got ${a}, expected ${b}`);
  }
}

const summary = (result: Result): string =>
  "error" in result ? `"${result.error}"` : `${result.dtype} [${result.shape.join(", ")}]`;
