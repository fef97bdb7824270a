import { binary } from "./define.ts";

/**
 * `⌊x / y⌋`. Shapes broadcast; integers stay integers, and their division by zero throws a RangeError.
 *
 * @example
 * floorDivide(tensor([7, -7]), 2); // => [3, -4]
 */
export const floorDivide = binary("floorDivide", "floorDivide(x, y)", undefined, { accepts: "numbers" });

/**
 * `x - y ⌊x / y⌋`: the rest of a division, with the sign of `y`, as Python's `%`. Shapes broadcast.
 *
 * @example
 * remainder(tensor([7, -7]), 3); // => [1, 2]
 */
export const remainder = binary("remainder", "remainder(x, y)", undefined, { accepts: "numbers" });

/**
 * The rest of a division, with the sign of `x`, as C's `fmod` and JavaScript's `%`. Shapes broadcast.
 *
 * @example
 * fmod(tensor([7, -7]), 3); // => [1, -1]
 */
export const fmod = binary("fmod", "fmod(x, y)", undefined, { accepts: "numbers" });

/**
 * The greatest common divisor, never negative. Shapes broadcast; integers only.
 *
 * @example
 * gcd(tensor([12, -9], { dtype: "int32" }), 6); // => [6, 3]
 */
export const gcd = binary("gcd", "gcd(x, y)", undefined, { accepts: "int" });

/**
 * The least common multiple, never negative. Shapes broadcast; integers only.
 *
 * @example
 * lcm(tensor([4, -6], { dtype: "int32" }), 6); // => [12, 6]
 */
export const lcm = binary("lcm", "let d = gcd(x, y); abs(floorDivide(x, d == 0 ? 1 : d) * y)", undefined, {
  accepts: "int",
});
