import { type Tensor, transpose } from "@dl/tensor";
import { matmulBatch } from "@dl/tensor/primitives";
import { type Context, gradient, keeping } from "../rule.ts";

const left = keeping(["y"], (g: Tensor, { y }) => matmulBatch(g, transpose(y)));
const right = keeping(["x"], (g: Tensor, { x }, { inputs }) =>
  isTransposed(inputs.at(-1)) ? transpose(matmulBatch(transpose(g), x)) : matmulBatch(transpose(x), g),
);

/** Whether columns are packed: the gradient is wanted in the same order, such as that of the weight in `x Wᵀ`. */
const isTransposed = (y: Context["inputs"][number] | undefined): boolean =>
  y !== undefined && y.strides.at(-2) === 1 && y.strides.at(-1) !== 1;

export const linear = {
  matmulBatch: gradient({ x: left, y: right }),
  biasedMatmul: gradient({ bias: (g) => g, x: left, y: right }),
};
