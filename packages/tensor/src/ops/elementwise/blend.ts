import { isFloat } from "../../dtype.ts";
import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { ne } from "./comparison.ts";
import { binary, ternary, unary } from "./define.ts";

type Operand = Tensor | number;

const choice = ternary("where", ["condition", "x", "y"], "condition ? x : y");

/**
 * `x` where the condition holds, `y` elsewhere. Shapes broadcast; the condition is bool or uint8.
 *
 * @example
 * where(tensor([true, false]), tensor([1, 2]), 0); // => [1, 0]
 */
export const where = callable((condition: Tensor, x: Operand, y: Operand): Tensor => {
  if (condition.dtype === "uint8") return choice(ne(condition, 0), x, y);
  if (condition.dtype !== "bool")
    throw new TypeError(`where: the condition must be bool, got ${condition.dtype}: compare first, as in ne(x, 0)`);
  return choice(condition, x, y);
}, choice.op);

/**
 * `x + weight · (y - x)`. Shapes broadcast; floats.
 *
 * @example
 * lerp(tensor([0, 10]), tensor([10, 20]), 0.5); // => [5, 15]
 */
export const lerp = ternary(
  "lerp",
  ["x", "y", "weight"],
  "weight < 0.5 ? x + weight * (y - x) : y - (y - x) * (1 - weight)",
  undefined,
  {
    accepts: "floats",
  },
);

export interface ValueOptions {
  /** A factor. Default 1. */
  value?: number;
}

const plusProduct = ternary("addcmul", ["x", "y", "z"], "x + value * y * z", { value: 1 });

/**
 * `x + value · y · z`. Shapes broadcast; for integers the value is cut to an integer.
 *
 * @example
 * addcmul(tensor([1]), tensor([2]), tensor([3]), { value: 0.5 }); // => [4]
 */
export const addcmul = callable((x: Operand, y: Operand, z: Operand, { value = 1 }: ValueOptions = {}): Tensor => {
  const floats = [x, y, z].some((operand) =>
    typeof operand === "number" ? !Number.isInteger(operand) : isFloat(operand.dtype),
  );
  return plusProduct(x, y, z, { value: floats ? value : Math.trunc(value) });
}, plusProduct.op);

/**
 * `x + value · y / z`. Shapes broadcast; floats.
 *
 * @example
 * addcdiv(tensor([1]), tensor([6]), tensor([3]), { value: 0.5 }); // => [2]
 */
export const addcdiv = ternary("addcdiv", ["x", "y", "z"], "x + value * y / z", { value: 1 }, { accepts: "floats" });

const unitStep = binary("heaviside", "x == 0 ? y : x > 0");

/**
 * The unit step: 0 below 0, 1 above, `y` at 0. Shapes broadcast; one dtype. The gradient is 0 for `x`.
 *
 * @example
 * heaviside(tensor([-2, 0, 3]), tensor(0.5)); // => [0, 0.5, 1]
 */
export const heaviside = callable((x: Tensor, y: Tensor): Tensor => {
  if (x.dtype !== y.dtype) throw new TypeError(`heaviside: both must have one dtype, got ${x.dtype} and ${y.dtype}`);
  return unitStep(x, y);
}, unitStep.op);

const withoutNan = unary(
  "nanToNum",
  "isnan(x) ? forNan : x == inf ? forPositive : x == -inf ? forNegative : x",
  { forNan: 0, forPositive: 0, forNegative: 0 },
  { accepts: "floats" },
);

export interface NanToNumOptions {
  /** Instead of NaN. Default 0. */
  nan?: number;
  /** Instead of ∞. Default the largest number of the dtype. */
  posinf?: number;
  /** Instead of -∞. Default the lowest number of the dtype. */
  neginf?: number;
}

const largest = { float32: 3.4028234663852886e38, float64: Number.MAX_VALUE };

/**
 * `x` with numbers in place of NaN and infinities. Shape `[...]` to `[...]`; gradient 0 there.
 *
 * @example
 * nanToNum(tensor([NaN, Infinity, 1]), { posinf: 9 }); // => [0, 9, 1]
 */
export const nanToNum = callable((x: Tensor, { nan = 0, posinf, neginf }: NanToNumOptions = {}): Tensor => {
  const { dtype } = x;
  if (dtype !== "float32" && dtype !== "float64") return x;
  return withoutNan(x, { forNan: nan, forPositive: posinf ?? largest[dtype], forNegative: neginf ?? -largest[dtype] });
}, withoutNan.op);
