import { stack, Tensor, tensor } from "@dl/tensor";

/** What samples of type `T` become as a batch. */
export type Collated<T> = CollatedValue<Awaited<T>>;

type CollatedValue<V> = V extends Tensor | number | boolean
  ? Tensor
  : V extends string
    ? string[]
    : V extends object
      ? { -readonly [K in keyof V]: CollatedValue<V[K]> }
      : never;

/**
 * Samples as one batch: tensors are stacked along a new first dimension, numbers become a float32 tensor, booleans a bool
 * one, strings an array; arrays and plain objects are collated place by place.
 *
 * Errors: no samples; samples of different kinds, lengths or shapes.
 *
 * @example
 * const { x, name } = collate([{ x: tensor([1, 2]), name: "a" }, { x: tensor([3, 4]), name: "b" }]);
 * [x.tolist(), name]; // => [[[1, 2], [3, 4]], ["a", "b"]]
 */
export function collate<T>(samples: readonly T[]): Collated<T> {
  if (samples.length === 0) throw new RangeError("collate: needs at least one sample, got none");
  return collateAny(samples) as Collated<T>;
}

function collateAny(samples: readonly unknown[]): unknown {
  const [first] = samples;
  const kind = kindOf(first);
  const other = samples.map(kindOf).find((each) => each !== kind);
  if (other !== undefined) throw new TypeError(`collate: samples are of different kinds: ${kind} and ${other}`);
  switch (kind) {
    case "tensor":
      return stack(samples as readonly Tensor[], { dim: 0 });
    case "number":
      return tensor(samples as readonly number[]);
    case "boolean":
      return tensor(samples as readonly boolean[]);
    case "string":
      return [...samples];
    case "array":
      return collateArrays(samples as readonly (readonly unknown[])[]);
    case "object":
      return collateObjects(samples as readonly Readonly<Record<string, unknown>>[]);
    default:
      throw new TypeError(`collate: cannot make a batch of ${kind}s: give the loader a collate function`);
  }
}

function kindOf(sample: unknown): string {
  if (sample instanceof Tensor) return "tensor";
  if (Array.isArray(sample)) return "array";
  if (sample === null || typeof sample !== "object") return sample === null ? "null" : typeof sample;
  const prototype: unknown = Object.getPrototypeOf(sample);
  return prototype === Object.prototype || prototype === null ? "object" : sample.constructor.name;
}

function collateArrays(samples: readonly (readonly unknown[])[]): unknown[] {
  const [first = []] = samples;
  const other = samples.find(({ length }) => length !== first.length);
  if (other !== undefined)
    throw new RangeError(`collate: samples have different lengths: ${first.length} and ${other.length}`);
  return first.map((_, i) => collateAny(samples.map((sample) => sample[i])));
}

function collateObjects(samples: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  const [first = {}] = samples;
  return Object.fromEntries(Object.keys(first).map((key) => [key, collateAny(samples.map((sample) => sample[key]))]));
}
