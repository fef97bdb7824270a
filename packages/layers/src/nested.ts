import { Tensor } from "@dl/tensor";

/** The tensors in a result: itself, or in arrays and plain objects, in order. */
export function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  return isPlain(value) ? Object.values(value).flatMap(tensorsIn) : [];
}

/** The same with every tensor replaced. */
export function replacedIn(value: unknown, replace: (x: Tensor) => Tensor): unknown {
  if (value instanceof Tensor) return replace(value);
  if (Array.isArray(value)) return value.map((each: unknown) => replacedIn(each, replace));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replacedIn(each, replace)]));
}

const isPlain = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype);
