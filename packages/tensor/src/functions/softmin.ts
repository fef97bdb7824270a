import { neg } from "../ops/elementwise/arithmetic.ts";
import { type SoftmaxOptions, softmax } from "../ops/softmax.ts";
import type { Tensor } from "../tensor.ts";

/**
 * `e^-x / Σ e^-x` along `dim`: `softmax` of `-x`. Shape `[...]` to `[...]`; floats only.
 *
 * @example
 * softmin(tensor([0, 0]), { dim: 0 }).tolist(); // => [0.5, 0.5]
 */
export const softmin = (x: Tensor, options: SoftmaxOptions): Tensor => softmax(neg(x), options);
