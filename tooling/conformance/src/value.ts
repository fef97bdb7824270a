import type { DType, Tensor } from "@dl/tensor";

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
