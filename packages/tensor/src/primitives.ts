/** Every op with a kernel or a view of its own, by name. `@dl/autograd` has a rule for each. */
export { toCopy } from "./ops/copy.ts";
export { add, div, mul, neg, sub } from "./ops/elementwise/arithmetic.ts";
export { biasedMatmul, matmulBatch } from "./ops/matmul.ts";
export { sumBlock } from "./ops/reduce/sum.ts";
export { asStrided, copySlices, stridedScatterAdd } from "./ops/view/as-strided.ts";
export { expand } from "./ops/view/expand.ts";
export { permute } from "./ops/view/permute.ts";
export { view } from "./ops/view/reshape.ts";
export { slice } from "./ops/view/slice.ts";
