import { gemm } from "./gemm";

/** `count` products as `gemm` computes each; their operands are so many bytes apart, 0 for one that all share. */
export function gemmBatch(
  count: i32,
  aStep: usize,
  bStep: usize,
  cStep: usize,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  flags: i32,
  bias: usize,
  scratch: usize,
): void {
  for (; count > 0; count--) {
    gemm(m, n, k, a, b, c, flags, bias, scratch);
    a += aStep;
    b += bStep;
    c += cStep;
  }
}
