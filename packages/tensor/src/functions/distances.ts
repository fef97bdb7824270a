import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { sub } from "../ops/elementwise/arithmetic.ts";
import { indexSelect } from "../ops/index/index-select.ts";
import { normBlock } from "../ops/reduce/norm.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";
import { checkTypes } from "./conv.ts";
import { fromTypedArray } from "./creation.ts";

export interface DistanceOptions {
  /** `(Σ |x - y|^p)^(1/p)`: from 0 (how many differ) to infinity (the largest). Default 2. */
  p?: number;
}

/**
 * The distance of every row of `x` from every row of `y`. Shapes `[..., m, d]` and `[..., n, d]` to `[..., m, n]`;
 * leading dimensions broadcast.
 *
 * @example
 * cdist(tensor([[0, 0]]), tensor([[3, 4], [0, 1]])).tolist(); // => [[5, 1]]
 */
export function cdist(x: Tensor, y: Tensor, { p = 2 }: DistanceOptions = {}): Tensor {
  checkPower("cdist", p);
  if (x.ndim < 2 || y.ndim < 2)
    throw new RangeError(`cdist: needs rows, that is at least 2 dimensions ${operandsText({ x, y })}`);
  if (x.shape.at(-1) !== y.shape.at(-1)) {
    throw new RangeError(`cdist: rows have ${x.shape.at(-1)} and ${y.shape.at(-1)} elements ${operandsText({ x, y })}`);
  }
  checkTypes("cdist", { x, y });
  return lengths("cdist", sub(unsqueeze(x, -2), unsqueeze(y, -3)), p);
}

/**
 * The distance of every two rows of `x`: 0 and 1, 0 and 2, … 1 and 2, …. Shape `[n, d]` to `[n (n - 1) / 2]`.
 *
 * @example
 * pdist(tensor([[0, 0], [3, 4], [0, 1]])).tolist(); // => [5, 1, 4.242640495300293]
 */
export function pdist(x: Tensor, { p = 2 }: DistanceOptions = {}): Tensor {
  checkPower("pdist", p);
  if (x.ndim !== 2) throw new RangeError(`pdist: needs a matrix, got ${x.ndim} dimensions ${operandsText({ x })}`);
  const rows = x.shape[0] as number;
  const pairs = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows - 1 - i }, (__, j) => [i, i + 1 + j] as const),
  ).flat();
  const side = (which: 0 | 1): Tensor => {
    const index = Int32Array.from(pairs, (pair) => pair[which]);
    return indexSelect(x, 0, fromTypedArray(index, [index.length], "int32", x.device));
  };
  return lengths("pdist", sub(side(0), side(1)), p);
}

function lengths(who: string, differences: Tensor, p: number): Tensor {
  if (!isFloat(differences.dtype))
    throw new TypeError(`${who}: needs floating-point tensors, got ${differences.dtype}`);
  return normBlock(differences, { dim: differences.ndim - 1, span: 1, p });
}

function checkPower(who: string, p: number): void {
  if (!(p >= 0)) throw new RangeError(`${who}: p must not be negative, got ${p}`);
}
