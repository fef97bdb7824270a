import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { binary, unary } from "./define.ts";

const whole = { result: "same", accepts: "numbers" } as const;

/**
 * The next integer below. Shape `[...]` to `[...]`; gradient 0.
 *
 * @example
 * floor(tensor([1.5, -1.5])); // => [1, -2]
 */
export const floor = unary("floor", "floor(x)", undefined, whole);

/**
 * The next integer above. Shape `[...]` to `[...]`; gradient 0.
 *
 * @example
 * ceil(tensor([1.5, -1.5])); // => [2, -1]
 */
export const ceil = unary("ceil", "ceil(x)", undefined, whole);

/**
 * The next integer towards zero. Shape `[...]` to `[...]`; gradient 0.
 *
 * @example
 * trunc(tensor([1.5, -1.5])); // => [1, -1]
 */
export const trunc = unary("trunc", "trunc(x)", undefined, whole);

/**
 * `x - trunc(x)`, with the sign of `x`. Shape `[...]` to `[...]`.
 *
 * @example
 * frac(tensor([1.5, -1.25])); // => [0.5, -0.25]
 */
export const frac = unary("frac", "x - trunc(x)", undefined, { accepts: "floats" });

export interface RoundOptions {
  /** How many digits to keep after the point; negative ones count before it. Default 0. Floats only. */
  decimals?: number;
}

const nearest = unary("round", "round(x)", undefined, whole);

/** To a multiple of `1 / scale`. */
export const roundFraction = unary("round", "round(x * scale) / scale", { scale: 1 }, { accepts: "floats" });

/** To a multiple of `unit`. */
export const roundMultiple = unary("round", "round(x / unit) * unit", { unit: 1 }, { accepts: "floats" });

/**
 * The nearest integer, halves to the even one. Shape `[...]` to `[...]`; gradient 0.
 *
 * @example
 * round(tensor([0.5, 1.5, -1.2])); // => [0, 2, -1]
 * round(tensor([1.25, 1.14]), { decimals: 1 }); // => [1.2, 1.1]
 */
export const round = callable((x: Tensor, { decimals = 0 }: RoundOptions = {}): Tensor => {
  if (!Number.isInteger(decimals)) throw new RangeError(`round: decimals must be a whole number, got ${decimals}`);
  if (decimals === 0) return nearest(x);
  return decimals > 0 ? roundFraction(x, { scale: 10 ** decimals }) : roundMultiple(x, { unit: 10 ** -decimals });
}, nearest.op);

/**
 * `|x|`. Shape `[...]` to `[...]`; gradient 0 at 0.
 *
 * @example
 * abs(tensor([1, -2])); // => [1, 2]
 */
export const abs = unary("abs", "abs(x)", undefined, whole);

/**
 * -1, 0 or 1. Shape `[...]` to `[...]`; gradient 0.
 *
 * @example
 * sign(tensor([3, 0, -2])); // => [1, 0, -1]
 */
export const sign = unary("sign", "sign(x)", undefined, { result: "same" });

/**
 * `|x|` with the sign of `y`. Shapes broadcast; integers become float32.
 *
 * @example
 * copysign(tensor([1, -2]), -1); // => [-1, -2]
 */
export const copysign = binary("copysign", "copysign(x, y)", undefined, { result: "float" });

/**
 * Whether the sign is minus, also of -0. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * signbit(tensor([1, -0, -2])); // => [false, true, true]
 */
export const signbit = unary("signbit", "copysign(1, x) < 0", undefined, { result: "bool" });
