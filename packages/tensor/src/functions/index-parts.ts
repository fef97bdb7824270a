import { shapeText } from "../errors.ts";
import { nonzero } from "../ops/index/nonzero.ts";
import { select, slice } from "../ops/view/slice.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import { sizeOf } from "../shape.ts";
import type { Nested, Tensor } from "../tensor.ts";
import { madeBeside } from "./beside.ts";
import { readNested } from "./nested.ts";

/**
 * One part of an index: a whole number, a range as text (`":"`, `"1:"`, `"-3:-1"`, `"::2"`), `"..."` for all dimensions
 * not named, null for a new dimension, or a list: indices (numbers, an int32 tensor) or a mask (booleans, a bool tensor).
 */
export type IndexPart = number | string | null | boolean | Nested | Nested<boolean> | Tensor;

/** Which elements an index means: a view, and for its dimension `dim + k` the list `indices[k]`, if any. */
export interface Selection {
  /** What the numbers, ranges and new dimensions leave. */
  readonly view: Tensor;
  /** By dimension of `view`; int32, not yet broadcast. */
  readonly indices: readonly (Tensor | undefined)[];
}

/** Applies the parts that are views, and lines the lists up with the dimensions they index. */
export function selectParts(who: string, x: Tensor, parts: readonly IndexPart[]): Selection {
  const read = parts.map((part) => readPart(who, part, x));
  const used = read.reduce<number>((count, part) => count + dimsOf(part), 0);
  if (used > x.ndim) throw new RangeError(`${who}: ${used} indices for ${x.ndim} dimensions (x ${shapeText(x.shape)})`);
  if (read.filter((part) => part === "...").length > 1) throw new RangeError(`${who}: "..." may stand only once`);
  const left = x.ndim - used;
  let view = x;
  let dim = 0;
  const indices: (Tensor | undefined)[] = [];
  const list = (index: Tensor): void => {
    indices[dim++] = index;
  };
  for (const part of read) {
    if (part === "...") dim += left;
    else if (part === null) view = unsqueeze(view, dim++);
    else if (typeof part === "number") view = pick(who, view, dim, part, x);
    else if (!("storage" in part)) view = slice(view, { ...part, dim: dim++ });
    else if (part.dtype !== "bool") list(part);
    else if (part.ndim > 0) for (const index of maskIndices(who, part, view, dim)) list(index);
    else {
      view = unsqueeze(view, dim);
      list(madeBeside(x, new Int32Array(Number(part.item() !== 0)), [Number(part.item() !== 0)]));
    }
  }
  return { view, indices: view.shape.map((_, at) => indices[at]) };
}

interface Range {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number;
}

type Read = number | "..." | null | Range | Tensor;

function dimsOf(part: Read): number {
  if (part === null || part === "...") return 0;
  return typeof part === "object" && "storage" in part && part.dtype === "bool" ? part.ndim : 1;
}

function readPart(who: string, part: IndexPart, x: Tensor): Read {
  if (part === null || typeof part === "number" || part === "...") return part;
  if (typeof part === "string") return readRange(who, part);
  if (typeof part === "boolean") return madeBeside(x, Uint8Array.of(Number(part)), [], "bool");
  if (typeof part !== "object") throw new TypeError(`${who}: ${String(part)} is no index (x ${shapeText(x.shape)})`);
  if (!("storage" in part)) return listTensor(part, x);
  if (part.dtype !== "bool" && part.dtype !== "int32")
    throw new TypeError(`${who}: an index must be int32 or bool, got ${part.dtype}: convert with .to("int32")`);
  return part.ndim === 0 && part.dtype === "int32" ? part.item() : part;
}

function listTensor(list: Nested | Nested<boolean>, x: Tensor): Tensor {
  const { values, shape, dtype } = readNested(list);
  return dtype === "bool" ? madeBeside(x, values, shape, dtype) : madeBeside(x, Int32Array.from(values), shape);
}

const rangePattern = /^(-?\d+)?:(-?\d+)?(?::(-?\d+)?)?$/;

function readRange(who: string, text: string): Range {
  const found = rangePattern.exec(text.replaceAll(" ", ""));
  if (found === null)
    throw new SyntaxError(`${who}: "${text}" is no index: write "start:end", "start:end:step", ":" or "..."`);
  const [, start, end, step] = found.map((each) => (each === undefined ? undefined : Number(each)));
  if (step !== undefined && step < 1)
    throw new RangeError(`${who}: the step of "${text}" must be 1 or more: use flip to go backwards`);
  return { start, end, step: step ?? 1 };
}

function pick(who: string, view: Tensor, dim: number, index: number, x: Tensor): Tensor {
  const size = view.shape[dim] as number;
  if (Number.isInteger(index) && index >= -size && index < size) return select(view, dim, index);
  throw new RangeError(
    `${who}: index ${index} is out of range for a dimension of size ${size} (x ${shapeText(x.shape)})`,
  );
}

/** The indices of the true elements, one list for each dimension of the mask. */
function maskIndices(who: string, mask: Tensor, view: Tensor, dim: number): Tensor[] {
  const wrong = mask.shape.findIndex((length, k) => length !== view.shape[dim + k]);
  if (wrong >= 0) {
    throw new RangeError(
      `${who}: the mask does not fit: sizes ${mask.shape[wrong]} and ${view.shape[dim + wrong]} (mask ${shapeText(mask.shape)}, x ${shapeText(view.shape)})`,
    );
  }
  const found = nonzero(mask);
  return mask.shape.map((_, k) => select(found, 1, k));
}

/** Where the lists are among the dimensions, and what they leave. */
export interface Placement {
  /** The order in which the listed dimensions come together; none where they are neighbours already. */
  readonly order: readonly number[] | undefined;
  /** The first listed dimension, in that order. */
  readonly first: number;
  readonly lists: readonly Tensor[];
  readonly sizes: readonly number[];
  /** How many elements the listed dimensions have together. */
  readonly length: number;
}

/** Lists that are not neighbours come first in the result, as in PyTorch. */
export function placeLists({ view, indices }: Selection): Placement {
  const dims = indices.flatMap((index, dim) => (index === undefined ? [] : [dim]));
  const first = dims[0] ?? 0;
  const together = dims.every((dim, k) => dim === first + k);
  const rest = view.shape.map((_, dim) => dim).filter((dim) => !dims.includes(dim));
  const sizes = dims.map((dim) => view.shape[dim] as number);
  return {
    order: together ? undefined : [...dims, ...rest],
    first: together ? first : 0,
    lists: dims.map((dim) => indices[dim] as Tensor),
    sizes,
    length: sizeOf(sizes),
  };
}
