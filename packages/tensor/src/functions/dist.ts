import { sub } from "../ops/elementwise/arithmetic.ts";
import type { Tensor } from "../tensor.ts";
import { norm } from "./norms.ts";

/**
 * The p-norm of `x - y` (`p` 2). Shapes broadcast; the result has shape `[]`.
 *
 * @example
 * dist(tensor([1, 2]), tensor([4, 6])).item(); // => 5
 */
export const dist = (x: Tensor, y: Tensor, { p = 2 }: { p?: number } = {}): Tensor => norm(sub(x, y), { p });
