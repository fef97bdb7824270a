import { shapeText } from "../errors.ts";
import { view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";

/** One number for every spatial dimension, or one for each. */
export type PerDim = number | readonly number[];

/** One number for each of `rank` dimensions, whole and not below `least`. */
export function perDim(who: string, name: string, value: PerDim, rank: number, least: number): readonly number[] {
  const list =
    typeof value === "number"
      ? new Array<number>(rank).fill(value)
      : value.length === 1
        ? new Array<number>(rank).fill(value[0] as number)
        : value;
  if (list.length !== rank) throw new RangeError(`${who}: ${name} needs one number or ${rank}, got ${shapeText(list)}`);
  const wrong = list.find((each) => !Number.isInteger(each) || each < least);
  if (wrong === undefined) return list;
  throw new RangeError(
    `${who}: ${name} must be a whole number from ${least} on: got ${typeof value === "number" ? value : shapeText(value)}`,
  );
}

/**
 * Runs `body` on `x` `[n, c, ...spatial]` with `rank` spatial dimensions; `[c, ...spatial]` counts as a batch of one,
 * which goes away again.
 */
export function overBatch(who: string, x: Tensor, rank: number, body: (x: Tensor) => Tensor): Tensor {
  checkRank(who, x, rank);
  if (x.ndim === rank + 2) return body(x);
  const result = body(unsqueeze(x, 0));
  return view(result, result.shape.slice(1));
}

export function checkRank(who: string, x: Tensor, rank: number): void {
  if (x.ndim === rank + 1 || x.ndim === rank + 2) return;
  throw new RangeError(
    `${who}: x must have ${rank + 1} dimensions (one image) or ${rank + 2} (a batch), got ${x.ndim} (x ${shapeText(x.shape)})`,
  );
}
