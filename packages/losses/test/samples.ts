import { type DType, Generator, logSoftmax, randn, type Tensor, tensor } from "@dl/tensor";

/** Numbers that are the same in every run: normal, float64. */
export const normal = (shape: readonly number[], seed = 0): Tensor =>
  randn(shape, { generator: new Generator(seed), dtype: "float64" });

/** Logarithms of probabilities along the last dimension. */
export const logs = (shape: readonly number[], seed = 0): Tensor => logSoftmax(normal(shape, seed), { dim: -1 });

/** Numbers above 0. */
export const positive = (shape: readonly number[], seed = 0): Tensor => normal(shape, seed).exp();

/** Numbers between 0 and 1. */
export const share = (shape: readonly number[], seed = 0): Tensor => normal(shape, seed).sigmoid();

/** Values of one dtype, int32 by default. */
export const given = (values: Parameters<typeof tensor>[0], dtype: DType = "int32"): Tensor =>
  tensor(values, { dtype });
