import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const ints = tensor([1, 2, 3], { dtype: "int32" });
const bools = tensor([true, false, true]);
const floats = tensor([1, 2, 3]);

test.each<readonly [() => unknown, string]>([
  [() => dl.add(floats, zeros([2, 4])), "add: sizes 3 and 4 do not broadcast at dimension 1 (x [3], y [2, 4])"],
  [
    () => dl.lerp(floats, floats, zeros([2])),
    "lerp: sizes 3 and 2 do not broadcast at dimension 0 (x [3], y [3], weight [2])",
  ],
  [() => dl.add(1, 2), "add: needs at least one tensor, got only numbers (1, 2)"],
  [() => dl.add(ints, ints, { alpha: 0.5 }), "add: alpha must be whole for integer tensors, got 0.5"],
  [() => dl.div(ints, 2, { roundingMode: "up" as "floor" }), 'div: roundingMode is "floor" or "trunc", not up'],
  [() => dl.floorDivide(ints, 0), "floorDivide: integer division by zero"],
  [() => dl.remainder(ints, tensor([1, 0, 1], { dtype: "int32" })), "remainder: integer division by zero"],
  [() => dl.sub(bools, bools), "sub: takes numbers, got bool"],
  [() => dl.neg(bools), "neg: takes numbers, got bool"],
  [() => dl.positive(bools), "positive: takes numbers, got bool"],
  [() => dl.pow(ints, -1), "pow: an integer tensor has no negative powers: got exponent -1 for dtype int32"],
  [() => dl.bitwiseAnd(floats, 1), "bitwiseAnd: takes integer and bool tensors, got float32"],
  [() => dl.bitwiseLeftShift(bools, bools), "bitwiseLeftShift: takes integer tensors, got bool"],
  [() => dl.gcd(floats, 2), "gcd: takes integer tensors, got float32"],
  [() => dl.addcdiv(ints, ints, ints), "addcdiv: takes floating-point tensors, got int32"],
  [() => dl.hypot(ints, ints), "hypot: takes floating-point tensors, got int32"],
  [() => dl.elu(ints), "elu: takes floating-point tensors, got int32"],
  [() => dl.round(floats, { decimals: 0.5 }), "round: decimals must be a whole number, got 0.5"],
  [() => dl.polygamma(-1, floats), "polygamma: n must be a whole number from 0 on, got -1"],
  [() => dl.clamp(floats, {}), "clamp: needs min, max or both"],
  [() => dl.where(floats, 1, 0), "where: the condition must be bool, got float32: compare first, as in ne(x, 0)"],
  [() => dl.heaviside(floats, ints), "heaviside: both must have one dtype, got float32 and int32"],
  [() => dl.isclose(floats, ints), "isclose: both must have one dtype, got float32 and int32"],
  [() => dl.isclose(floats, floats, { rtol: -1 }), "isclose: rtol and atol must not be negative, got -1 and 1e-8"],
  [() => dl.gelu(floats, { approximate: "erf" as "none" }), 'gelu: approximate is "none" or "tanh", not erf'],
  [() => dl.celu(floats, { alpha: 0 }), "celu: alpha must not be 0"],
  [() => dl.softshrink(floats, { lambd: -1 }), "softshrink: lambd must not be negative, got -1"],
  [() => dl.glu(floats), "glu: dim -1 has an odd size, 3 (x [3])"],
  [() => dl.glu(tensor(1)), "glu: needs at least one dimension (x [])"],
  [() => dl.prelu(zeros([2, 3]), zeros([2])), "prelu: 2 weights for 3 channels (x [2, 3], weight [2])"],
  [() => dl.prelu(tensor(1), zeros([2])), "prelu: a 0-d input takes one weight, got 2 (x [], weight [2])"],
  [() => dl.rrelu(floats, { lower: 0.5, upper: 0.1 }), "rrelu: lower must not be above upper: 0.5 and 0.1"],
  [() => dl.rrelu(ints), "rrelu: takes floating-point tensors, got int32 [3]"],
  [
    () => dl.cross(zeros([2, 4]), zeros([2, 4])),
    "cross: needs three components along some dimension (x [2, 4], y [2, 4])",
  ],
  [
    () => dl.cross(zeros([3, 2]), zeros([3, 2]), { dim: 1 }),
    "cross: needs three components along dim 1 (x [3, 2], y [3, 2])",
  ],
  [() => dl.cross(floats, zeros([2, 3])), "cross: needs as many dimensions in both (x [3], y [2, 3])"],
  [() => dl.sqrt_(tensor([1, 4], { dtype: "int32" })), "sqrt_: a float32 result cannot be stored in a int32 tensor"],
  [() => dl.add_(tensor([1, 2]), zeros([3, 2])), "add_: the result does not fit in place (x [2], result [3, 2])"],
])("%# %s", (call, message) => {
  expect(call).toThrow(message);
});
