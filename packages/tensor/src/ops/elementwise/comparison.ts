import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { binary, unary } from "./define.ts";

const truth = { result: "bool" } as const;

/**
 * Whether `x = y`, element by element. Shapes broadcast; bool.
 *
 * @example
 * eq(tensor([1, 2, 3]), 2); // => [false, true, false]
 */
export const eq = binary("eq", "x == y", undefined, truth);

/**
 * Whether `x ≠ y`, element by element. Shapes broadcast; bool.
 *
 * @example
 * ne(tensor([1, 2, 3]), 2); // => [true, false, true]
 */
export const ne = binary("ne", "x != y", undefined, truth);

/**
 * Whether `x < y`, element by element. Shapes broadcast; bool.
 *
 * @example
 * lt(tensor([1, 2, 3]), 2); // => [true, false, false]
 */
export const lt = binary("lt", "x < y", undefined, truth);

/**
 * Whether `x ≤ y`, element by element. Shapes broadcast; bool.
 *
 * @example
 * le(tensor([1, 2, 3]), 2); // => [true, true, false]
 */
export const le = binary("le", "x <= y", undefined, truth);

/**
 * Whether `x > y`, element by element. Shapes broadcast; bool.
 *
 * @example
 * gt(tensor([1, 2, 3]), 2); // => [false, false, true]
 */
export const gt = binary("gt", "x > y", undefined, truth);

/**
 * Whether `x ≥ y`, element by element. Shapes broadcast; bool.
 *
 * @example
 * ge(tensor([1, 2, 3]), 2); // => [false, true, true]
 */
export const ge = binary("ge", "x >= y", undefined, truth);

/**
 * Whether `x` is NaN. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * isnan(tensor([NaN, Infinity, -Infinity, 1])); // => [true, false, false, false]
 */
export const isnan = unary("isnan", "isnan(x)", undefined, truth);

/**
 * Whether `x` is infinite. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * isinf(tensor([NaN, Infinity, -Infinity, 1])); // => [false, true, true, false]
 */
export const isinf = unary("isinf", "isinf(x)", undefined, truth);

/**
 * Whether `x` is neither infinite nor NaN. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * isfinite(tensor([NaN, Infinity, -Infinity, 1])); // => [false, false, false, true]
 */
export const isfinite = unary("isfinite", "isfinite(x)", undefined, truth);

/**
 * Whether `x` is +∞. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * isposinf(tensor([NaN, Infinity, -Infinity, 1])); // => [false, true, false, false]
 */
export const isposinf = unary("isposinf", "x == inf", undefined, truth);

/**
 * Whether `x` is -∞. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * isneginf(tensor([NaN, Infinity, -Infinity, 1])); // => [false, false, true, false]
 */
export const isneginf = unary("isneginf", "x == -inf", undefined, truth);

export interface ClosenessOptions {
  /** Relative to `|y|`. Default 1e-5. */
  rtol?: number;
  /** Default 1e-8. */
  atol?: number;
  /** Whether two NaN count as close. */
  equalNan?: boolean;
}

const close = binary(
  "isclose",
  "x == y || (equalNan && isnan(x) && isnan(y)) || (isfinite(x - y) && abs(x - y) <= atol + abs(rtol * y))",
  { rtol: 1e-5, atol: 1e-8, equalNan: 0 },
  truth,
);

/**
 * Whether `|x - y| ≤ atol + rtol · |y|`, element by element. Shapes broadcast; bool.
 *
 * @example
 * isclose(tensor([1, 2]), tensor([1.000001, 2.1])); // => [true, false]
 */
export const isclose = callable(
  (x: Tensor, y: Tensor, { rtol = 1e-5, atol = 1e-8, equalNan = false }: ClosenessOptions = {}): Tensor => {
    if (x.dtype !== y.dtype) throw new TypeError(`isclose: both must have one dtype, got ${x.dtype} and ${y.dtype}`);
    if (!(rtol >= 0 && atol >= 0))
      throw new RangeError(`isclose: rtol and atol must not be negative, got ${rtol} and ${atol}`);
    return close(x, y, { rtol, atol, equalNan: equalNan ? 1 : 0 });
  },
  close.op,
);
