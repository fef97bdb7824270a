import { isFloat } from "../../dtype.ts";
import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { asTensors, binary, unary } from "./define.ts";
import { floorDivide, fmod } from "./division.ts";
import { trunc } from "./rounding.ts";

export interface AddOptions {
  /** Multiplies `y`. Default 1; whole for integers. */
  alpha?: number;
}

export interface DivOptions {
  /** `floor` or `trunc` (towards zero) rounds the quotient; integers then stay integers. */
  roundingMode?: "floor" | "trunc";
}

type Operand = Tensor | number;

const sum = binary("add", "x + y");
const difference = binary("sub", "x - y", undefined, { accepts: "numbers" });
const quotient = binary("div", "x / y", undefined, { result: "float" });

/**
 * `x + alpha · y`. Shapes broadcast.
 *
 * @example
 * add(tensor([1, 2]), 10); // => [11, 12]
 */
export const add = callable(
  (x: Operand, y: Operand, { alpha = 1 }: AddOptions = {}) => sum(x, scaled("add", x, y, alpha)),
  sum.op,
);

/**
 * `x - alpha · y`. Shapes broadcast.
 *
 * @example
 * sub(tensor([1, 2]), tensor([3, 5])); // => [-2, -3]
 */
export const sub = callable(
  (x: Operand, y: Operand, { alpha = 1 }: AddOptions = {}) => difference(x, scaled("sub", x, y, alpha)),
  difference.op,
);

/**
 * `x · y`, element by element. Shapes broadcast; int32 wraps.
 *
 * @example
 * mul(tensor([1, 2]), tensor([3, 5])); // => [3, 10]
 */
export const mul = binary("mul", "x * y");

/**
 * `x / y`. Shapes broadcast; integers become float32 unless `roundingMode` keeps them.
 *
 * @example
 * div(tensor([1, 2]), 4); // => [0.25, 0.5]
 * div(tensor([-7, 7]), 2, { roundingMode: "trunc" }); // => [-3, 3]
 */
export const div = callable((x: Operand, y: Operand, { roundingMode }: DivOptions = {}): Tensor => {
  if (roundingMode === undefined) return quotient(x, y);
  if (roundingMode === "floor") return floorDivide(x, y);
  if (roundingMode === "trunc") return truncatedQuotient(x, y);
  throw new TypeError(`div: roundingMode is "floor" or "trunc", not ${String(roundingMode)}`);
}, quotient.op);

/**
 * `-x`. Shape `[...]` to `[...]`.
 *
 * @example
 * neg(tensor([1, -2])); // => [-1, 2]
 */
export const neg = unary("neg", "-x", undefined, { result: "same", accepts: "numbers" });

/**
 * `1 / x`. Shape `[...]` to `[...]`.
 *
 * @example
 * reciprocal(tensor([2, -4])); // => [0.5, -0.25]
 */
export const reciprocal = unary("reciprocal", "1 / x");

const squared = unary("square", "x * x", undefined, { result: "same" });

/**
 * `x²`. Shape `[...]` to `[...]`; int32 wraps, bool becomes int32.
 *
 * @example
 * square(tensor([2, -3])); // => [4, 9]
 */
export const square = callable((x: Tensor): Tensor => (x.dtype === "bool" ? mul(x, 1) : squared(x)), squared.op);

/** `alpha · y`, which for integers must be an integer too. */
function scaled(who: string, x: Operand, y: Operand, alpha: number): Operand {
  if (alpha === 1) return y;
  const whole =
    Number.isInteger(alpha) || [x, y].some((operand) => typeof operand !== "number" && isFloat(operand.dtype));
  if (!whole) throw new TypeError(`${who}: alpha must be whole for integer tensors, got ${alpha}`);
  return typeof y === "number" ? alpha * y : mul(y, alpha);
}

function truncatedQuotient(x: Operand, y: Operand): Tensor {
  const operands = asTensors("div", [x, y]);
  if (operands.some(({ dtype }) => isFloat(dtype))) return trunc(quotient(x, y));
  return floorDivide(difference(x, fmod(x, y)), y);
}
