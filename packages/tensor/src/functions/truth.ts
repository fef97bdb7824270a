import { allBlock, anyBlock } from "../ops/reduce/truth.ts";
import type { Tensor } from "../tensor.ts";
import { type ReduceOptions, reduceNested } from "./reduce-dims.ts";

/**
 * Whether no element over `dim` is 0; true over nothing. Shapes as for `sum`; bool (uint8 for uint8, as in PyTorch).
 *
 * @example
 * all(tensor([[1, 2], [0, 3]]), { dim: 1 }).tolist(); // => [true, false]
 */
export const all = (x: Tensor, options: ReduceOptions = {}): Tensor => reduceNested("all", x, options, allBlock);

/**
 * Whether some element over `dim` is not 0; false over nothing. Shapes and dtype as for `all`.
 *
 * @example
 * any(tensor([0, 0, 1])).item(); // => 1
 */
export const any = (x: Tensor, options: ReduceOptions = {}): Tensor => reduceNested("any", x, options, anyBlock);
