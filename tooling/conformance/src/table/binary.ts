import * as dl from "@dl/tensor";
import { binaryRow, row } from "./row.ts";

const alpha = { alpha: "alpha" } as const;
const closeness = { rtol: "rtol", atol: "atol", equalNan: "equal_nan" } as const;

/** Python's operators with the tensor on the right: `Tensor.__rsub__(x, y)` is `y - x`. */
const reflected = [
  binaryRow("Tensor.__radd__", (x, y) => dl.add(y, x)),
  binaryRow("Tensor.__rand__", (x, y) => dl.bitwiseAnd(y, x)),
  binaryRow("Tensor.__rdiv__", (x, y) => dl.div(y, x)),
  binaryRow("Tensor.__rmatmul__", (x, y) => dl.matmul(y as dl.Tensor, x)),
  binaryRow("Tensor.__rmod__", (x, y) => dl.remainder(y, x)),
  binaryRow("Tensor.__rmul__", (x, y) => dl.mul(y, x)),
  binaryRow("Tensor.__ror__", (x, y) => dl.bitwiseOr(y, x)),
  // PyTorch takes the other operand as a constant here
  binaryRow("Tensor.__rpow__", (x, y) => dl.pow(typeof y === "number" ? y : y.detach(), x)),
  binaryRow("Tensor.__rsub__", (x, y) => dl.rsub(x, y)),
  binaryRow("Tensor.__rxor__", (x, y) => dl.bitwiseXor(y, x)),
];

export const binary = [
  ...reflected,
  row("torch.add(input, other, *, alpha=1)", (a) => dl.add(a.operand("input"), a.operand("other"), a.options(alpha))),
  row("torch.addcdiv(input, tensor1, tensor2, *, value=1)", (a) =>
    dl.addcdiv(a.tensor(), a.tensor("tensor1"), a.tensor("tensor2"), a.options({ value: "value" })),
  ),
  row("torch.addcmul(input, tensor1, tensor2, *, value=1)", (a) =>
    dl.addcmul(a.tensor(), a.tensor("tensor1"), a.tensor("tensor2"), a.options({ value: "value" })),
  ),
  row("torch.allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)", (a) =>
    dl.allclose(a.tensor(), a.tensor("other"), a.options(closeness)),
  ),
  binaryRow("torch.atan2", dl.atan2),
  binaryRow("torch.bitwise_and", dl.bitwiseAnd),
  binaryRow("torch.bitwise_left_shift", dl.bitwiseLeftShift),
  binaryRow("torch.bitwise_or", dl.bitwiseOr),
  binaryRow("torch.bitwise_right_shift", dl.bitwiseRightShift),
  binaryRow("torch.bitwise_xor", dl.bitwiseXor),
  row("torch.clamp(input, min=None, max=None)", (a) => dl.clamp(a.tensor(), a.options({ min: "min", max: "max" }))),
  row("torch.clamp_max(input, max)", (a) => dl.clampMax(a.tensor(), a.operand("max"))),
  row("torch.clamp_min(input, min)", (a) => dl.clampMin(a.tensor(), a.operand("min"))),
  row("torch.clip(input, min=None, max=None)", (a) => dl.clamp(a.tensor(), a.options({ min: "min", max: "max" }))),
  binaryRow("torch.copysign", dl.copysign),
  row("torch.cross(input, other, dim=None)", (a) => dl.cross(a.tensor(), a.tensor("other"), a.options({ dim: "dim" }))),
  row("torch.dist(input, other, p=2)", (a) => dl.dist(a.tensor(), a.tensor("other"), a.options({ p: "p" }))),
  row("torch.linalg.cross(input, other, *, dim=-1)", (a) =>
    dl.cross(a.tensor(), a.tensor("other"), { dim: a.maybe<number>("dim") ?? -1 }),
  ),
  row("torch.div(input, other, *, rounding_mode=None)", (a) =>
    dl.div(a.operand("input"), a.operand("other"), a.options({ roundingMode: "rounding_mode" })),
  ),
  binaryRow("torch.eq", dl.eq),
  row("torch.equal(input, other)", (a) => dl.equal(a.tensor(), a.tensor("other"))),
  binaryRow("torch.floor_divide", dl.floorDivide),
  binaryRow("torch.fmax", dl.fmax),
  binaryRow("torch.fmin", dl.fmin),
  binaryRow("torch.fmod", dl.fmod),
  binaryRow("torch.gcd", dl.gcd),
  binaryRow("torch.ge", dl.ge),
  binaryRow("torch.gt", dl.gt),
  row("torch.heaviside(input, values)", (a) => dl.heaviside(a.tensor(), a.tensor("values"))),
  binaryRow("torch.hypot", dl.hypot),
  row("torch.isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)", (a) =>
    dl.isclose(a.tensor(), a.tensor("other"), a.options(closeness)),
  ),
  binaryRow("torch.lcm", dl.lcm),
  row("torch.ldexp(input, other)", (a) => dl.ldexp(a.tensor(), a.tensor("other"))),
  binaryRow("torch.le", dl.le),
  row("torch.lerp(input, end, weight)", (a) => dl.lerp(a.tensor(), a.tensor("end"), a.operand("weight"))),
  binaryRow("torch.logaddexp", dl.logaddexp),
  binaryRow("torch.logaddexp2", dl.logaddexp2),
  binaryRow("torch.logical_and", dl.logicalAnd),
  binaryRow("torch.logical_or", dl.logicalOr),
  binaryRow("torch.logical_xor", dl.logicalXor),
  binaryRow("torch.lt", dl.lt),
  binaryRow("torch.maximum", dl.maximum),
  binaryRow("torch.minimum", dl.minimum),
  binaryRow("torch.mul", dl.mul),
  binaryRow("torch.ne", dl.ne),
  row("torch.pow(input, exponent)", (a) => dl.pow(a.operand("input"), a.operand("exponent"))),
  binaryRow("torch.remainder", dl.remainder),
  row("torch.rsub(input, other, *, alpha=1)", (a) => dl.rsub(a.tensor(), a.operand("other"), a.options(alpha))),
  binaryRow("torch.special.xlog1py", dl.xlog1py),
  row("torch.sub(input, other, *, alpha=1)", (a) => dl.sub(a.operand("input"), a.operand("other"), a.options(alpha))),
  binaryRow("torch.true_divide", (x, y) => dl.div(x, y)),
  row("torch.where(condition, input|self=None, other=None)", (a) =>
    a.has("input")
      ? dl.where(a.tensor("condition"), a.operand("input"), a.operand("other"))
      : dl.nonzeroTuple(a.tensor("condition")),
  ),
  binaryRow("torch.xlogy", dl.xlogy),
];
