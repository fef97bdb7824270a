import { shapeText } from "./errors.ts";

export type Shape = readonly number[];

/** Where a tensor's elements lie in its storage, in elements. */
export interface Layout {
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let dim = 0; dim < shape.length; dim++) size *= shape[dim] as number;
  return size;
}

/** Row-major strides: `[12, 4, 1]` for `[2, 3, 4]`. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    strides[dim] = step;
    step *= Math.max(shape[dim] as number, 1);
  }
  return strides;
}

export function isContiguous({ shape, strides }: Layout): boolean {
  let step = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const length = shape[dim] as number;
    if (length === 0) return true;
    if (length !== 1 && strides[dim] !== step) return false;
    step *= length;
  }
  return true;
}

/** Whether the strides are `contiguousStrides`, also where a length of 1 or 0 leaves them open. */
export function isRowMajor({ shape, strides }: Layout): boolean {
  let step = 1;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    if (strides[dim] !== step) return false;
    step *= Math.max(shape[dim] as number, 1);
  }
  return true;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let dim = 0; dim < a.length; dim++) if (a[dim] !== b[dim]) return false;
  return true;
}

/** Throws unless every length is a whole number from 0 on. */
export function checkShape(who: string, shape: Shape): void {
  if (!Array.isArray(shape)) throw new TypeError(`${who}: sizes must be an array: got ${String(shape)}`);
  if (shape.every((length) => Number.isSafeInteger(length) && length >= 0)) return;
  throw new RangeError(`${who}: sizes must be whole numbers from 0 on: got ${shapeText(shape)}`);
}

/** `-1` becomes the last dimension; out of range throws. A 0-d tensor takes 0 and -1. */
export function normalizeDim(who: string, dim: number, rank: number): number {
  const limit = Math.max(rank, 1);
  if (Number.isInteger(dim) && dim >= -limit && dim < limit) return dim < 0 ? dim + limit : dim;
  throw new RangeError(`${who}: dim ${dim} is out of range for ${rank} dimensions: expected ${-limit} to ${limit - 1}`);
}

/** Sorted, without negatives; a repeated dimension throws. No `dims` means all of them. */
export function normalizeDims(who: string, dims: number | readonly number[] | undefined, rank: number): number[] {
  if (dims === undefined || (typeof dims !== "number" && dims.length === 0))
    return Array.from({ length: rank }, (_, dim) => dim);
  const list = typeof dims === "number" ? [dims] : dims;
  const normal = list.map((dim) => normalizeDim(who, dim, rank)).sort((a, b) => a - b);
  const repeated = normal.find((dim, i) => dim === normal[i + 1]);
  if (repeated !== undefined)
    throw new RangeError(`${who}: dim ${repeated} appears more than once in ${shapeText(list)}`);
  return rank === 0 ? [] : normal;
}

/** The common shape of all: `[3, 1]` and `[4]` give `[3, 4]`. `names` name the operands in the error. */
export function broadcastShapes(who: string, shapes: readonly Shape[], names: readonly string[] = []): Shape {
  let result = shapes[0] as Shape;
  for (let i = 1; i < shapes.length; i++) {
    const shape = shapes[i] as Shape;
    if (sameShape(shape, result) || shape.length === 0) continue;
    result = result.length === 0 ? shape : broadcastTwo(who, result, shape, () => namedShapes(shapes, names));
  }
  return result;
}

function broadcastTwo(who: string, a: Shape, b: Shape, describe: () => string): Shape {
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let back = 1; back <= rank; back++) {
    const left = a[a.length - back] ?? 1;
    const right = b[b.length - back] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new RangeError(
        `${who}: sizes ${left} and ${right} do not broadcast at dimension ${rank - back} ${describe()}`,
      );
    }
    result[rank - back] = left === 1 ? right : left;
  }
  return result;
}

const namedShapes = (shapes: readonly Shape[], names: readonly string[]): string =>
  `(${shapes.map((shape, i) => `${names[i] ?? "xyzuvw"[i]} ${shapeText(shape)}`).join(", ")})`;

/** Strides that read `layout` as if it had `shape`: 0 where it repeats. */
export function broadcastStrides(layout: Layout, shape: Shape): readonly number[] {
  if (sameShape(layout.shape, shape)) return layout.strides;
  const lead = shape.length - layout.shape.length;
  return shape.map((length, dim) =>
    dim < lead || (layout.shape[dim - lead] === 1 && length !== 1) ? 0 : (layout.strides[dim - lead] as number),
  );
}
