import { type AddOptions, mul, sub } from "../ops/elementwise/arithmetic.ts";
import { exp2 } from "../ops/elementwise/power.ts";
import type { Tensor } from "../tensor.ts";
import { full } from "./creation.ts";

/**
 * `y - alpha · x`: `sub` with its operands exchanged. Shapes broadcast.
 *
 * @example
 * rsub(tensor([1, 2]), 10); // => [9, 8]
 */
export const rsub = (x: Tensor, y: Tensor | number, options: AddOptions = {}): Tensor => sub(y, x, options);

/**
 * `x · 2ʸ`. Shapes broadcast.
 *
 * @example
 * ldexp(tensor([1, 3]), tensor([2, 1])); // => [4, 6]
 */
export const ldexp = (x: Tensor, y: Tensor): Tensor => mul(x, exp2(y));

/**
 * `x` itself. Shape `[...]` to `[...]`; bool has no sign and throws.
 *
 * @example
 * positive(tensor([1, -2])); // => [1, -2]
 */
export function positive(x: Tensor): Tensor {
  if (x.dtype === "bool") throw new TypeError("positive: takes numbers, got bool");
  return x;
}

/**
 * Whether the imaginary part is 0: true everywhere. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * isreal(tensor([1, NaN])); // => [true, true]
 */
export const isreal = (x: Tensor): Tensor => full(x.shape, true, { device: x.device });
