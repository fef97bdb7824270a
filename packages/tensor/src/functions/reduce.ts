import { isFloat } from "../dtype.ts";
import { div } from "../ops/elementwise/arithmetic.ts";
import { sumBlock } from "../ops/reduce/sum.ts";
import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type ReduceOptions, reduceNested } from "./reduce-dims.ts";

/**
 * The sum over `dim`. Shape `[a, b, c]` to `[a, c]` for dim 1, `[a, 1, c]` with keepdim, `[]` over all.
 * Integers are added exactly and throw a RangeError where the sum leaves int32.
 *
 * @example
 * sum(tensor([[1, 2], [3, 4]]), { dim: 1 }).tolist(); // => [3, 7]
 */
export const sum = (x: Tensor, options: ReduceOptions = {}): Tensor => reduceNested("sum", x, options, sumBlock);

/**
 * The mean over `dim`. Shapes as for `sum`; floats only.
 *
 * @example
 * mean(tensor([1, 2, 3, 6])).item(); // => 3
 */
export function mean(x: Tensor, options: ReduceOptions = {}): Tensor {
  if (!isFloat(x.dtype)) throw new TypeError(`mean: needs a floating-point tensor, got ${x.dtype}: convert with .to("float32")`);
  const count = normalizeDims("mean", options.dim, x.ndim).reduce((total, dim) => total * (x.shape[dim] as number), 1);
  return div(sum(x, options), count);
}
