import { binary, unary } from "./define.ts";

/**
 * `x + y`. Shapes broadcast.
 *
 * @example
 * add(tensor([1, 2]), 10); // => [11, 12]
 */
export const add = binary("add", "x + y");

/**
 * `x - y`. Shapes broadcast.
 *
 * @example
 * sub(tensor([1, 2]), tensor([3, 5])); // => [-2, -3]
 */
export const sub = binary("sub", "x - y");

/**
 * `x · y`, element by element. Shapes broadcast; int32 wraps.
 *
 * @example
 * mul(tensor([1, 2]), tensor([3, 5])); // => [3, 10]
 */
export const mul = binary("mul", "x * y");

/**
 * `x / y`. Shapes broadcast; integers become float32.
 *
 * @example
 * div(tensor([1, 2]), 4); // => [0.25, 0.5]
 */
export const div = binary("div", "x / y", undefined, { result: "float" });

/**
 * `-x`. Shape `[...]` to `[...]`.
 *
 * @example
 * neg(tensor([1, -2])); // => [-1, 2]
 */
export const neg = unary("neg", "-x", undefined, { result: "same" });
