import { binary, ternary } from "./define.ts";

/**
 * The larger of both; NaN where either is. Shapes broadcast. Ties share the gradient.
 *
 * @example
 * maximum(tensor([1, 5]), tensor([3, 2])); // => [3, 5]
 */
export const maximum = binary("maximum", "max(x, y)");

/**
 * The smaller of both; NaN where either is. Shapes broadcast. Ties share the gradient.
 *
 * @example
 * minimum(tensor([1, 5]), tensor([3, 2])); // => [1, 2]
 */
export const minimum = binary("minimum", "min(x, y)");

/**
 * The larger of both; where one is NaN, the other. Shapes broadcast. The gradient of a tie goes to `x`.
 *
 * @example
 * fmax(tensor([1, NaN]), tensor([3, 2])); // => [3, 2]
 */
export const fmax = binary("fmax", "fmax(x, y)");

/**
 * The smaller of both; where one is NaN, the other. Shapes broadcast. The gradient of a tie goes to `x`.
 *
 * @example
 * fmin(tensor([1, NaN]), tensor([3, 2])); // => [1, 2]
 */
export const fmin = binary("fmin", "fmin(x, y)");

/**
 * `x` raised to at least `min`. Shapes broadcast; gradient 1 on the bound.
 *
 * @example
 * clampMin(tensor([-1, 2]), 0); // => [0, 2]
 */
export const clampMin = binary("clampMin", "max(x, y)");

/**
 * `x` lowered to at most `max`. Shapes broadcast; gradient 1 on the bound.
 *
 * @example
 * clampMax(tensor([-1, 2]), 0); // => [-1, 0]
 */
export const clampMax = binary("clampMax", "min(x, y)");

/** `min(max(x, min), max)`: what `clamp` is with two bounds. */
export const betweenBounds = ternary("clamp", ["x", "min", "max"], "clamp(x, min, max)", undefined, {
  accepts: "numbers",
});
