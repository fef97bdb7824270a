import { shapeText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { indexSelect } from "../ops/index/index-select.ts";
import { expand } from "../ops/view/expand.ts";
import { flatten, reshape, view } from "../ops/view/reshape.ts";
import { checkShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";
import { atleast1d } from "./join.ts";

/**
 * `x` repeated `times` along each dimension; more of them than `x` has dimensions adds leading ones. Shape `[a, b]` to
 * `[times[0]·a, times[1]·b]`.
 *
 * @example
 * repeat(tensor([1, 2]), [2, 2]).tolist(); // => [[1, 2, 1, 2], [1, 2, 1, 2]]
 */
export function repeat(x: Tensor, times: readonly number[]): Tensor {
  const lead = times.length - x.ndim;
  if (lead < 0)
    throw new RangeError(
      `repeat: needs one number for each of ${x.ndim} dimensions: got ${shapeText(times)} (x ${shapeText(x.shape)})`,
    );
  checkShape("repeat", times);
  const own = [...new Array<number>(lead).fill(1), ...x.shape];
  const apart = own.flatMap((length) => [1, length]);
  const spread = own.flatMap((length, dim) => [times[dim] as number, length]);
  return view(
    toCopy(expand(reshape(x, apart), spread)),
    own.map((length, dim) => length * (times[dim] as number)),
  );
}

/**
 * As `repeat`, but missing numbers count as 1 for the first dimensions.
 *
 * @example
 * tile(tensor([[1, 2]]), [2]).tolist(); // => [[1, 2, 1, 2]]
 */
export const tile = (x: Tensor, times: readonly number[]): Tensor =>
  repeat(x, [...new Array<number>(Math.max(0, x.ndim - times.length)).fill(1), ...times]);

export interface RepeatInterleaveOptions {
  /** Along which dimension; left out, `x` is flattened. */
  dim?: number | undefined;
}

/**
 * Each element of `dim` repeated in place: `repeats` times, or as often as a list or an int32 tensor says for each.
 *
 * @example
 * repeatInterleave(tensor([1, 2]), [2, 1]).tolist(); // => [1, 1, 2]
 */
export function repeatInterleave(
  x: Tensor,
  repeats: number | readonly number[] | Tensor,
  { dim }: RepeatInterleaveOptions = {},
): Tensor {
  const source = dim === undefined ? flatten(x) : atleast1d(x);
  const axis = normalizeDim("repeatInterleave", dim ?? 0, source.ndim);
  const length = source.shape[axis] as number;
  const given = typeof repeats === "number" ? [repeats] : "storage" in repeats ? repeats.detach().toArray() : repeats;
  if (given.length !== 1 && given.length !== length) {
    throw new RangeError(
      `repeatInterleave: needs one number, or one for each of ${length} elements: got ${given.length} (x ${shapeText(x.shape)})`,
    );
  }
  const index: number[] = [];
  for (let i = 0; i < length; i++) {
    const times = given[given.length === 1 ? 0 : i] as number;
    if (!Number.isInteger(times) || times < 0)
      throw new RangeError(`repeatInterleave: repeats must be whole numbers from 0 on: got ${times}`);
    for (let k = 0; k < times; k++) index.push(i);
  }
  return indexSelect(source, axis, fromTypedArray(Int32Array.from(index), [index.length], "int32", x.device));
}
