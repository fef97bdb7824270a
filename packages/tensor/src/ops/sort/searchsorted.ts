import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { sameShape } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { gather } from "../index/gather.ts";

export interface SearchOptions {
  /** Go behind equal elements instead of before them. */
  right?: boolean;
  /** The indices that sort `sorted`, where it is not sorted itself; same shape, int32. */
  sorter?: Tensor | undefined;
}

export interface SearchAttrs {
  readonly right: boolean;
}

const op: KernelOp<SearchAttrs> = {
  kind: "kernel",
  name: "searchsorted",
  inputs: ["sorted", "x"],
  infer([sorted, x]) {
    const [line, values] = [sorted as Tensor, x as Tensor];
    const rows = sameShape(line.shape.slice(0, -1), values.shape.slice(0, -1)) && values.ndim > 0;
    if (line.ndim === 0 || (line.ndim > 1 && !rows)) {
      throw new RangeError(
        `searchsorted: sorted must have 1 dimension or those of x but for the last ${operandsText({ sorted: line, x: values })}`,
      );
    }
    return { shape: values.shape, dtype: "int32" };
  },
  reference([sorted, x], output, { right }) {
    const { shape } = sorted as Tensor;
    const length = shape.at(-1) as number;
    const from = elements(sorted as Tensor);
    const values = elements(x as Tensor);
    const to = elements(output);
    const width = shape.length === 1 ? values.length : ((x as Tensor).shape.at(-1) as number);
    for (let i = 0; i < values.length; i++) {
      to[i] = placeOf(from, Math.floor(i / width) * length, length, values[i] as number, right);
    }
  },
};

/**
 * Where each element of `x` would be inserted into ascending `sorted` so that it stays sorted.
 *
 * - sorted: `[n]`, or `[..., n]` for one line per row of `x`
 * - x: `[..., m]`, or a number
 * - result: shape of `x`, int32 from 0 to n
 *
 * @example
 * searchsorted(tensor([1, 3, 5]), tensor([3, 6])).tolist(); // => [1, 3]
 */
export const searchsorted = callable(
  (sorted: Tensor, x: Tensor | number, { right = false, sorter }: SearchOptions = {}): Tensor => {
    const line = sorter === undefined ? sorted : gather(sorted.detach(), -1, sorter);
    return apply(op, [line, typeof x === "number" ? sorted.number(x) : x], { right });
  },
  op,
);

/** NaN goes behind everything, as in PyTorch. */
function placeOf(sorted: ArrayLike<number>, start: number, length: number, value: number, right: boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[start + middle] as number;
    if (right ? there > value : there >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
