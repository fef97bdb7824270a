import * as dl from "@dl/tensor";
import { binaryRow, row, unaryRow } from "./row.ts";

export const inPlace = [
  unaryRow("Tensor.abs_", dl.abs_),
  row("Tensor.add_(input, other, *, alpha=1)", (a) =>
    dl.add_(a.tensor(), a.operand("other"), a.options({ alpha: "alpha" })),
  ),
  row("Tensor.addcmul_(input, tensor1, tensor2, *, value=1)", (a) =>
    dl.addcmul_(a.tensor(), a.tensor("tensor1"), a.tensor("tensor2"), a.options({ value: "value" })),
  ),
  row("Tensor.clamp_(input, min=None, max=None)", (a) => dl.clamp_(a.tensor(), a.options({ min: "min", max: "max" }))),
  row("Tensor.div_(input, other, *, rounding_mode=None)", (a) =>
    dl.div_(a.tensor(), a.operand("other"), a.options({ roundingMode: "rounding_mode" })),
  ),
  unaryRow("Tensor.exp_", dl.exp_),
  unaryRow("Tensor.floor_", dl.floor_),
  row("Tensor.lerp_(input, end, weight)", (a) => dl.lerp_(a.tensor(), a.tensor("end"), a.operand("weight"))),
  unaryRow("Tensor.logical_not_", dl.logicalNot_),
  binaryRow("Tensor.mul_", dl.mul_),
  unaryRow("Tensor.neg_", dl.neg_),
  row("Tensor.pow_(input, exponent)", (a) => dl.pow_(a.tensor(), a.operand("exponent"))),
  unaryRow("Tensor.reciprocal_", dl.reciprocal_),
  unaryRow("Tensor.relu_", dl.relu_),
  row("Tensor.round_(input, *, decimals=0)", (a) => dl.round_(a.tensor(), a.options({ decimals: "decimals" }))),
  unaryRow("Tensor.sigmoid_", dl.sigmoid_),
  unaryRow("Tensor.sqrt_", dl.sqrt_),
  row("Tensor.sub_(input, other, *, alpha=1)", (a) =>
    dl.sub_(a.tensor(), a.operand("other"), a.options({ alpha: "alpha" })),
  ),
  unaryRow("Tensor.tanh_", dl.tanh_),
];
