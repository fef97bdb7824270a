import { isFloat } from "../../dtype.ts";
import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { binary, unary } from "./define.ts";

const power = binary("pow", "pow(x, y)", undefined, { accepts: "numbers" });

/**
 * `xʸ`. Shapes broadcast; int32 wraps.
 *
 * Integers with a negative number as exponent throw a RangeError: convert to float first.
 *
 * @example
 * pow(tensor([1, 2, 3]), 2); // => [1, 4, 9]
 * pow(2, tensor([1, 2, 3])); // => [2, 4, 8]
 */
export const pow = callable((x: Tensor | number, y: Tensor | number): Tensor => {
  if (typeof x !== "number" && !isFloat(x.dtype) && typeof y === "number" && Number.isInteger(y) && y < 0) {
    throw new RangeError(`pow: an integer tensor has no negative powers: got exponent ${y} for dtype ${x.dtype}`);
  }
  return power(x, y);
}, power.op);

/**
 * `√x`, NaN below 0. Shape `[...]` to `[...]`.
 *
 * @example
 * sqrt(tensor([0, 4, 9])); // => [0, 2, 3]
 */
export const sqrt = unary("sqrt", "sqrt(x)");

/**
 * `1 / √x`. Shape `[...]` to `[...]`.
 *
 * @example
 * rsqrt(tensor([1, 4])); // => [1, 0.5]
 */
export const rsqrt = unary("rsqrt", "rsqrt(x)");

/**
 * `eˣ`. Shape `[...]` to `[...]`.
 *
 * @example
 * exp(tensor([0, 1])); // => [1, 2.7182817]
 */
export const exp = unary("exp", "exp(x)");

/**
 * `2ˣ`. Shape `[...]` to `[...]`.
 *
 * @example
 * exp2(tensor([0, 3])); // => [1, 8]
 */
export const exp2 = unary("exp2", "exp2(x)");

/**
 * `eˣ - 1`, exact also for small `x`. Shape `[...]` to `[...]`.
 *
 * @example
 * expm1(tensor([0, 1])); // => [0, 1.7182819]
 */
export const expm1 = unary("expm1", "expm1(x)");

/**
 * The natural logarithm: -∞ at 0, NaN below. Shape `[...]` to `[...]`.
 *
 * @example
 * log(tensor([1, 10])); // => [0, 2.3025851]
 */
export const log = unary("log", "log(x)");

/**
 * The logarithm to base 2. Shape `[...]` to `[...]`.
 *
 * @example
 * log2(tensor([1, 8])); // => [0, 3]
 */
export const log2 = unary("log2", "log2(x)");

/**
 * The logarithm to base 10. Shape `[...]` to `[...]`.
 *
 * @example
 * log10(tensor([1, 1000])); // => [0, 3]
 */
export const log10 = unary("log10", "log10(x)");

/**
 * `log(1 + x)`, exact also for small `x`. Shape `[...]` to `[...]`.
 *
 * @example
 * log1p(tensor([0, 1])); // => [0, 0.6931472]
 */
export const log1p = unary("log1p", "log1p(x)");

/**
 * `log(eˣ + eʸ)` without overflow. Shapes broadcast.
 *
 * @example
 * logaddexp(tensor([0, 1000]), tensor([0, 1000])); // => [0.6931472, 1000.6931]
 */
export const logaddexp = binary(
  "logaddexp",
  `x == y ? x + ${Math.LN2} : max(x, y) + log1p(exp(-abs(x - y)))`,
  undefined,
  { accepts: "floats" },
);

/**
 * `log₂(2ˣ + 2ʸ)` without overflow. Shapes broadcast.
 *
 * @example
 * logaddexp2(tensor([0, 1000]), tensor([0, 1000])); // => [1, 1001]
 */
export const logaddexp2 = binary(
  "logaddexp2",
  `x == y ? x + 1 : max(x, y) + ${Math.LOG2E} * log1p(exp2(-abs(x - y)))`,
  undefined,
  { accepts: "floats" },
);

/**
 * `x log(y)`, 0 where `x` is 0 (unless `y` is NaN). Shapes broadcast.
 *
 * @example
 * xlogy(tensor([0, 2]), tensor([0, 1])); // => [0, 0]
 */
export const xlogy = binary("xlogy", "isnan(y) ? nan : x == 0 ? 0 : x * log(y)", undefined, { result: "float" });

/**
 * `x log(1 + y)`, 0 where `x` is 0 (unless `y` is NaN). Shapes broadcast.
 *
 * @example
 * xlog1py(tensor([0, 2]), tensor([-1, 0])); // => [0, 0]
 */
export const xlog1py = binary("xlog1py", "isnan(y) ? nan : x == 0 ? 0 : x * log1p(y)", undefined, { result: "float" });
