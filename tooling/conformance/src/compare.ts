import { type DType, shapeText, Tensor } from "@dl/tensor";
import type { Expected } from "./decode.ts";
import type { Result } from "./table/row.ts";

/** How far a value may be from its reference: `|x - r| <= atol + rtol |r|`. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
  /** Told of the difference of every element and what is allowed there. */
  readonly note?: ((difference: number, allowed: number) => void) | undefined;
}

/** A case failed: what was found and what was wanted. */
export class Mismatch extends Error {}

/** All results of a call in order, tuples opened. */
export function flatten(result: Result): (Tensor | number | boolean | string | undefined)[] {
  if (typeof result !== "object" || result instanceof Tensor) return [result];
  return result.flatMap(flatten);
}

/** @throws Mismatch if the flat results are not those expected */
export async function compareAll(result: Result, expected: readonly Expected[], tolerance: Tolerance): Promise<void> {
  const found = flatten(result);
  if (found.length !== expected.length) throw new Mismatch(`${found.length} results, expected ${expected.length}`);
  for (const [i, each] of expected.entries()) await compareOne(`output ${i}`, found[i], each, tolerance);
}

/** @throws Mismatch if a result is not the expected one */
export async function compareOne(
  what: string,
  found: Tensor | number | boolean | string | undefined,
  expected: Expected,
  tolerance: Tolerance,
): Promise<void> {
  if (expected.kind === "value") return comparePlain(what, found, expected, tolerance);
  if (!(found instanceof Tensor)) throw new Mismatch(`${what}: got ${String(found)}, expected a tensor`);
  if (shapeText(found.shape) !== shapeText(expected.shape)) {
    throw new Mismatch(`${what}: shape ${shapeText(found.shape)}, expected ${shapeText(expected.shape)}`);
  }
  if (found.dtype !== expected.dtype) throw new Mismatch(`${what}: dtype ${found.dtype}, expected ${expected.dtype}`);
  compareElements(what, await found.read(), expected.data, exactFor(expected.dtype) ? exact : tolerance);
}

/** @throws Mismatch if an element is too far from its reference */
export function compareElements(
  what: string,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
): void {
  let wrong = 0;
  let first = -1;
  for (let i = 0; i < expected.length; i++) {
    if (isClose(found[i] as number, expected[i] as number, tolerance)) continue;
    if (first < 0) first = i;
    wrong++;
  }
  if (wrong === 0) return;
  const others = wrong > 1 ? ` (${wrong} of ${expected.length} elements differ)` : "";
  throw new Mismatch(`${what}: element ${first} is ${found[first]}, expected ${expected[first]}${others}`);
}

/** @throws Mismatch if a gradient is there where none flows, or differs */
export async function compareGradient(
  what: string,
  found: Tensor | undefined,
  expected: Expected,
  tolerance: Tolerance,
): Promise<void> {
  if (expected.kind === "tensor") {
    const zeros = found === undefined && expected.data.every((value) => value === 0);
    if (!zeros) await compareOne(what, found, expected, tolerance);
    return;
  }
  if (found === undefined) return;
  const values = await found.read();
  if (values.some((value) => value !== 0)) throw new Mismatch(`${what}: got a gradient, expected none`);
}

/** NaN equals NaN, an infinity only itself. */
export function isClose(x: number, reference: number, { rtol, atol, note }: Tolerance): boolean {
  const difference = Math.abs(x - reference);
  const allowed = atol + rtol * Math.abs(reference);
  note?.(difference, allowed);
  if (x === reference || (Number.isNaN(x) && Number.isNaN(reference))) return true;
  return Number.isFinite(reference) && difference <= allowed;
}

const exact: Tolerance = { rtol: 0, atol: 0 };

const exactFor = (dtype: DType): boolean => dtype !== "float32" && dtype !== "float64";

function comparePlain(
  what: string,
  found: unknown,
  expected: Expected & { kind: "value" },
  tolerance: Tolerance,
): void {
  const { value } = expected;
  const same =
    typeof found === "number" && typeof value === "number"
      ? isClose(found, value, tolerance)
      : found === (value ?? undefined);
  if (!same) throw new Mismatch(`${what}: got ${String(found)}, expected ${String(value)}`);
}
