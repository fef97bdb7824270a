import { type Tensor, transpose } from "@dl/tensor";
import { matmulBatch } from "@dl/tensor/primitives";
import { gradient, keeping } from "../rule.ts";

const left = keeping(["y"], (g: Tensor, { y }) => matmulBatch(g, transpose(y)));
const right = keeping(["x"], (g: Tensor, { x }) => matmulBatch(transpose(x), g));

export const linear = {
  matmulBatch: gradient({ x: left, y: right }),
  biasedMatmul: gradient({ bias: (g) => g, x: left, y: right }),
};
