import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { binary, unary } from "./define.ts";

const truth = { result: "bool" } as const;
const bits = { result: "same", accepts: "integers" } as const;
const shift = { result: "same", accepts: "int" } as const;

/**
 * Whether `x` is 0. Shape `[...]` to `[...]`, bool.
 *
 * @example
 * logicalNot(tensor([0, 2])); // => [true, false]
 */
export const logicalNot = unary("logicalNot", "!x", undefined, truth);

/**
 * Whether neither is 0. Shapes broadcast; bool.
 *
 * @example
 * logicalAnd(tensor([0, 2]), tensor([1, 1])); // => [false, true]
 */
export const logicalAnd = binary("logicalAnd", "x && y", undefined, truth);

/**
 * Whether one of them is not 0. Shapes broadcast; bool.
 *
 * @example
 * logicalOr(tensor([0, 2]), tensor([0, 1])); // => [false, true]
 */
export const logicalOr = binary("logicalOr", "x || y", undefined, truth);

/**
 * Whether exactly one of them is not 0. Shapes broadcast; bool.
 *
 * @example
 * logicalXor(tensor([0, 2]), tensor([1, 1])); // => [true, false]
 */
export const logicalXor = binary("logicalXor", "(x != 0) != (y != 0)", undefined, truth);

const complement = unary("bitwiseNot", "bitNot(x)", undefined, bits);

/**
 * Every bit turned over: `-x - 1` for int32, "not" for bool. Shape `[...]` to `[...]`; integers and bool.
 *
 * @example
 * bitwiseNot(tensor([0, 5], { dtype: "int32" })); // => [-1, -6]
 */
export const bitwiseNot = callable(
  (x: Tensor): Tensor => (x.dtype === "bool" ? logicalNot(x) : complement(x)),
  complement.op,
);

/**
 * The bits that both have. Shapes broadcast; integers and bool.
 *
 * @example
 * bitwiseAnd(tensor([12, 5], { dtype: "int32" }), 6); // => [4, 4]
 */
export const bitwiseAnd = binary("bitwiseAnd", "bitAnd(x, y)", undefined, bits);

/**
 * The bits that one of them has. Shapes broadcast; integers and bool.
 *
 * @example
 * bitwiseOr(tensor([12, 5], { dtype: "int32" }), 6); // => [14, 7]
 */
export const bitwiseOr = binary("bitwiseOr", "bitOr(x, y)", undefined, bits);

/**
 * The bits that exactly one of them has. Shapes broadcast; integers and bool.
 *
 * @example
 * bitwiseXor(tensor([12, 5], { dtype: "int32" }), 6); // => [10, 3]
 */
export const bitwiseXor = binary("bitwiseXor", "bitXor(x, y)", undefined, bits);

/**
 * `x · 2ʸ` by moving bits. Shapes broadcast; integers.
 *
 * @example
 * bitwiseLeftShift(tensor([1, 3], { dtype: "int32" }), 2); // => [4, 12]
 */
export const bitwiseLeftShift = binary("bitwiseLeftShift", "shiftLeft(x, y)", undefined, shift);

/**
 * `⌊x / 2ʸ⌋` by moving bits; the sign stays. Shapes broadcast; integers.
 *
 * @example
 * bitwiseRightShift(tensor([5, -8], { dtype: "int32" }), 1); // => [2, -4]
 */
export const bitwiseRightShift = binary("bitwiseRightShift", "shiftRight(x, y)", undefined, shift);
