import { apply, type ElementwiseOp, elementwise, type Tensor } from "@dl/tensor";

/** A formula over several tensors in one pass; differentiable to any order. */
/* @__NO_SIDE_EFFECTS__ */
export function fused(name: string, inputs: readonly string[], text: string): (...operands: Tensor[]) => Tensor {
  let op: ElementwiseOp | undefined;
  return (...operands) => {
    op ??= elementwise(name, inputs, text);
    return apply(op, operands, {});
  };
}
