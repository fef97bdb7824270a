import { isFloat } from "../../dtype.ts";
import { operandsText } from "../../errors.ts";
import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { toCopy } from "../copy.ts";
import { asTensors, elementwise } from "./define.ts";

const op = elementwise("maskedFill", ["x", "mask", "value"], "mask != 0 ? value : x");

/**
 * `value` where `mask` is true, `x` elsewhere. `x` and `mask` (bool) broadcast; `value` is a number or a 0-d tensor and
 * takes the dtype of `x`.
 *
 * @example
 * maskedFill(tensor([1, 2]), tensor([true, false]), -1).tolist(); // => [-1, 2]
 */
export const maskedFill = callable((x: Tensor, mask: Tensor, value: Tensor | number): Tensor => {
  if (mask.dtype !== "bool")
    throw new TypeError(`maskedFill: mask must be bool, got ${mask.dtype} ${operandsText({ x, mask })}`);
  const [filled] = asTensors("maskedFill", [value, x]) as [Tensor];
  if (filled.ndim > 0)
    throw new RangeError(`maskedFill: value must be a number or a 0-d tensor ${operandsText({ x, value: filled })}`);
  if (filled.isNumber && x.dtype === "bool") return toCopy(apply(op, [x, mask, filled], {}), "bool");
  if (isFloat(filled.dtype) && !isFloat(x.dtype)) {
    throw new TypeError(`maskedFill: value is ${filled.dtype} and does not fit x, which is ${x.dtype}`);
  }
  return apply(op, [x, mask, filled.isNumber || filled.dtype === x.dtype ? filled : toCopy(filled, x.dtype)], {});
}, op);
