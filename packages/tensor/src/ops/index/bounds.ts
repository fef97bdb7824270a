import { operandsText } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";

/** What is thrown for an index that names nothing in dimension `dim` of `x`. */
export function outOfRange(
  who: string,
  pick: number,
  dim: number,
  { x, index }: { readonly x: Tensor; readonly index: Tensor },
): RangeError {
  return new RangeError(
    `${who}: index ${pick} is out of range for dim ${dim} of size ${x.shape[dim] ?? 1} ${operandsText({ x, index })}`,
  );
}
