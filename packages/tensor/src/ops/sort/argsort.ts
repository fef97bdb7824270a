import { shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { normalizeDim } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { blockOf } from "../reduce/define.ts";
import { lineOf, orderOf } from "./order.ts";

export interface SortOptions {
  /** Default the last. */
  dim?: number;
  /** Largest first. */
  descending?: boolean;
}

export interface SortAttrs {
  readonly dim: number;
  readonly descending: boolean;
}

const argsortOp: KernelOp<SortAttrs> = {
  kind: "kernel",
  name: "argsort",
  inputs: ["x"],
  infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: "int32" }),
  reference([x], output, { dim, descending }) {
    const { outer, length, inner } = blockOf((x as Tensor).shape, { dim, span: 1 });
    const from = elements(x as Tensor);
    const to = elements(output);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const at = o * length * inner + i;
        const order = orderOf(lineOf(from, at, inner, length), descending);
        for (let k = 0; k < length; k++) to[at + k * inner] = order[k] as number;
      }
    }
  },
};

/**
 * The indices that sort `x` along `dim`; equal elements keep their order, NaN counts as largest. Shape `[...]` to
 * `[...]`, int32.
 *
 * @example
 * argsort(tensor([3, 1, 2])).tolist(); // => [1, 2, 0]
 */
export const argsort = callable(
  (x: Tensor, { dim = -1, descending = false }: SortOptions = {}): Tensor =>
    apply(argsortOp, [x], { dim: normalizeDim("argsort", dim, x.ndim), descending }),
  argsortOp,
);

export interface TopkAttrs {
  readonly dim: number;
  readonly k: number;
  readonly largest: boolean;
}

const topkOp: KernelOp<TopkAttrs> = {
  kind: "kernel",
  name: "topk",
  inputs: ["x"],
  infer([x], { dim, k }) {
    const { shape } = x as Tensor;
    const length = shape[dim] ?? 1;
    if (!Number.isInteger(k) || k < 0 || k > length) {
      throw new RangeError(
        `topk: k must be a whole number from 0 to the size of dim ${dim}: got ${k} and ${length} (x ${shapeText(shape)})`,
      );
    }
    return { shape: shape.length === 0 ? shape : shape.with(dim, k), dtype: "int32" };
  },
  reference([x], output, { dim, k, largest }) {
    const { outer, length, inner } = blockOf((x as Tensor).shape, { dim, span: 1 });
    const from = elements(x as Tensor);
    const to = elements(output);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) {
        const best = bestOf(lineOf(from, o * length * inner + i, inner, length), Math.min(k, length), largest);
        for (let j = 0; j < best.length; j++) to[(o * k + j) * inner + i] = best[j] as number;
      }
    }
  },
};

export interface TopkOptions {
  /** Default the last. */
  dim?: number;
  /** Default true; false for the smallest. */
  largest?: boolean;
}

/**
 * The indices of the `k` largest along `dim`, largest first. Shape `[..., n, ...]` to `[..., k, ...]`, int32.
 *
 * @example
 * topkIndices(tensor([1, 5, 3]), 2).tolist(); // => [1, 2]
 */
export const topkIndices = callable(
  (x: Tensor, k: number, { dim = -1, largest = true }: TopkOptions = {}): Tensor =>
    apply(topkOp, [x], { dim: normalizeDim("topk", dim, x.ndim), k, largest }),
  topkOp,
);

/** A full sort where many are wanted, else a list of the best so far that each element is inserted into. */
function bestOf(line: Float64Array, k: number, largest: boolean): Int32Array {
  if (k > 16 && k * 8 > line.length) return orderOf(line, largest).subarray(0, k);
  const places = new Int32Array(k);
  if (k === 0) return places;
  for (let i = 0; i < line.length; i++) {
    const value = line[i] as number;
    let at = Math.min(i, k);
    while (at > 0 && comesBefore(value, line[places[at - 1] as number] as number, largest)) at--;
    if (at === k) continue;
    places.copyWithin(at + 1, at, Math.min(i, k - 1));
    places[at] = i;
  }
  return places;
}

/** NaN counts as largest. */
function comesBefore(a: number, b: number, largest: boolean): boolean {
  if (Number.isNaN(b)) return !largest && !Number.isNaN(a);
  return Number.isNaN(a) ? largest : largest ? a > b : a < b;
}
