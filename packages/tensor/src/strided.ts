import { type DType, newArray, type TypedArray } from "./dtype.ts";
import { isContiguous, type Layout, type Shape, sizeOf } from "./shape.ts";

/** The elements of a contiguous tensor, writable, starting at index 0. For kernels: valid until the next allocation. */
export function elements(x: Layout & { readonly storage: { readonly data: TypedArray } }): TypedArray {
  const { data } = x.storage;
  const size = sizeOf(x.shape);
  return x.offset === 0 && data.length === size ? data : data.subarray(x.offset, x.offset + size);
}

/** The elements of any view in row-major order, as a copy. `data` stands in for the storage's own array. */
export function readStrided(x: Layout & { readonly dtype: DType }, data: TypedArray): TypedArray {
  const size = sizeOf(x.shape);
  if (isContiguous(x)) return data.slice(x.offset, x.offset + size);
  const out = newArray(x.dtype, size);
  let next = 0;
  forEachRun(x.shape, [x.strides], [x.offset], (starts, steps, length) => {
    const step = steps[0] as number;
    for (let i = 0, at = starts[0] as number; i < length; i++, at += step) out[next++] = data[at] as number;
  });
  return out;
}

/** A shape and the strides of several operands over it. */
export interface Walk {
  readonly shape: Shape;
  readonly strides: readonly (readonly number[])[];
}

/** Merges neighbouring dimensions that every operand steps through evenly, and drops those of length 1. */
export function collapse(shape: Shape, strides: readonly (readonly number[])[]): Walk {
  const lengths: number[] = [];
  const merged: number[][] = [];
  for (let k = 0; k < strides.length; k++) merged.push([]);
  for (let dim = 0; dim < shape.length; dim++) {
    const length = shape[dim] as number;
    if (length === 1) continue;
    const last = lengths.length - 1;
    const joins = last >= 0 && continues(merged, strides, last, dim, length);
    if (joins) lengths[last] = (lengths[last] as number) * length;
    else lengths.push(length);
    const at = joins ? last : last + 1;
    for (let k = 0; k < strides.length; k++)
      (merged[k] as number[])[at] = (strides[k] as readonly number[])[dim] as number;
  }
  return { shape: lengths, strides: merged };
}

/** Whether a step in the merged dimension `last` is `length` steps in `dim`, for every operand. */
function continues(
  merged: readonly number[][],
  strides: readonly (readonly number[])[],
  last: number,
  dim: number,
  length: number,
): boolean {
  for (let k = 0; k < strides.length; k++) {
    if ((merged[k] as number[])[last] !== length * ((strides[k] as readonly number[])[dim] as number)) return false;
  }
  return true;
}

type Visit = (starts: readonly number[], steps: readonly number[], length: number) => void;

/**
 * Visits every innermost run of several operands over one shape, in row-major order. `starts` (indices of the first
 * elements) and `steps` are by operand; `starts` is reused between calls.
 */
export function forEachRun(
  shape: Shape,
  strides: readonly (readonly number[])[],
  offsets: readonly number[],
  visit: Visit,
): void {
  if (sizeOf(shape) > 0) forEachRunOf(collapse(shape, strides), offsets, visit);
}

/** `forEachRun` over what is collapsed already and not empty. */
export function forEachRunOf(walk: Walk, offsets: readonly number[], visit: Visit): void {
  const inner = walk.shape.length - 1;
  const starts = offsets.slice();
  if (inner < 0) {
    const still = offsets.map(() => 0);
    visit(starts, still, 1);
    return;
  }
  const steps = walk.strides.map((own) => own[inner] as number);
  const length = walk.shape[inner] as number;
  const index = new Array<number>(inner).fill(0);
  for (;;) {
    visit(starts, steps, length);
    let dim = inner - 1;
    for (; dim >= 0; dim--) {
      const next = (index[dim] as number) + 1;
      const wraps = next === walk.shape[dim];
      const by = wraps ? -(next - 1) : 1;
      for (let k = 0; k < starts.length; k++)
        starts[k] = (starts[k] as number) + by * (walk.strides[k]?.[dim] as number);
      index[dim] = wraps ? 0 : next;
      if (!wraps) break;
    }
    if (dim < 0) return;
  }
}
