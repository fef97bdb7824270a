import { normalizeDim, normalizeDims } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { view } from "./reshape.ts";

/**
 * Drops dimensions of length 1: those of `dims`, or all; a view. Others are left alone. Shape `[1, 3, 1]` to `[3]`.
 *
 * @example
 * squeeze(zeros([1, 3, 1]), 0).shape; // => [3, 1]
 */
export function squeeze(x: Tensor, dims?: number | readonly number[]): Tensor {
  const drop = normalizeDims("squeeze", dims, x.ndim);
  return view(
    x,
    x.shape.filter((length, dim) => length !== 1 || !drop.includes(dim)),
  );
}

/**
 * Inserts a dimension of length 1 before `dim`; a view. Shape `[3]` to `[1, 3]` for dim 0.
 *
 * @example
 * unsqueeze(zeros([3]), -1).shape; // => [3, 1]
 */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  const at = normalizeDim("unsqueeze", dim, x.ndim + 1);
  return view(x, x.shape.toSpliced(at, 0, 1));
}
