import { type DType, Tensor } from "@dl/tensor";

/** A dtype as an argument. */
export class DTypeValue {
  readonly dtype: DType;

  constructor(dtype: DType) {
    this.dtype = dtype;
  }
}

/** A slice in an index. */
export class SliceValue {
  readonly bounds: readonly (number | null)[];

  constructor(bounds: readonly (number | null)[]) {
    this.bounds = bounds;
  }
}

/** `...` in an index. */
export class EllipsisValue {
  readonly sign = "...";
}

/** An argument of a call, decoded. */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | string
  | Tensor
  | DTypeValue
  | SliceValue
  | EllipsisValue
  | readonly Value[]
  | ValueRecord;

export interface ValueRecord {
  readonly [key: string]: Value;
}

export const isRecord = (value: Value): value is ValueRecord =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

export const isValues = (value: Value): value is readonly Value[] => Array.isArray(value);

/** The value that `path` leads to from `root`. */
export function valueAt(root: Value, path: readonly (string | number)[]): Value {
  let value = root;
  for (const key of path) {
    if (isValues(value)) value = value[Number(key)];
    else if (isRecord(value)) value = value[key];
    else return undefined;
  }
  return value;
}

/** `root` with another value at `path`. */
export function withValueAt(root: Value, path: readonly (string | number)[], value: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (isValues(root)) return root.with(Number(key), withValueAt(root[Number(key)], rest, value));
  return isRecord(root) ? { ...root, [key]: withValueAt(root[key], rest, value) } : root;
}

/** All tensors in a value, in order. */
export function tensorsIn(value: Value): Tensor[] {
  if (value instanceof Tensor) return [value];
  if (isValues(value)) return value.flatMap(tensorsIn);
  return isRecord(value) ? Object.values(value).flatMap(tensorsIn) : [];
}
