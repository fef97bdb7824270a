import { operandsText } from "../errors.ts";
import { permute } from "../ops/view/permute.ts";
import type { Tensor } from "../tensor.ts";
import { conv1d } from "./conv.ts";

/**
 * `conv1d` with time first. Shapes x `[t, n, c]`, weight `[k, c, o]`, bias `[o]` to `[t + 2 pad - k + 1, n, o]`.
 *
 * @example
 * convTbc(ones([4, 1, 2]), ones([3, 2, 5]), ones([5])).shape; // => [2, 1, 5]
 */
export function convTbc(x: Tensor, weight: Tensor, bias: Tensor, { pad = 0 }: { pad?: number } = {}): Tensor {
  if (x.ndim !== 3 || weight.ndim !== 3)
    throw new RangeError(`convTbc: x and weight must have 3 dimensions ${operandsText({ x, weight })}`);
  return permute(conv1d(permute(x, [1, 2, 0]), permute(weight, [2, 1, 0]), bias, { padding: pad }), [2, 0, 1]);
}
