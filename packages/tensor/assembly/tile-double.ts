/**
 * Register tiles twice as wide as those of `tile.ts`, with the same bits: `C[R, 16] = start[R, 16] + A[R, k] B[k, 16]`,
 * R from 1 to 6.
 *
 * Their sums take 24 vectors of four floats. That is more than the registers of such vectors, and slower, but where the
 * engine joins two neighbours into one vector of eight, the twelve fit and every multiply-add does twice the work.
 */
import { madd } from "./simd";

/** A[i, p] at `a + p * aStep + 4 * i`; B[p, :] in two halves at `b + p * bStep` and `second` bytes behind. */
export function doubleTileColumns(
  rows: i32,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  second: usize,
  start: usize,
  startStride: usize,
  c: usize,
  cStride: usize,
  k: i32,
): void {
  switch (rows) {
    case 1:
      columns(1, false, a, aStep, b, bStep, second, start, startStride, c, cStride, k);
      return;
    case 2:
      columns(2, false, a, aStep, b, bStep, second, start, startStride, c, cStride, k);
      return;
    case 3:
      columns(3, false, a, aStep, b, bStep, second, start, startStride, c, cStride, k);
      return;
    case 4:
      columns(4, false, a, aStep, b, bStep, second, start, startStride, c, cStride, k);
      return;
    case 5:
      columns(5, false, a, aStep, b, bStep, second, start, startStride, c, cStride, k);
      return;
    case 6:
      columns(6, false, a, aStep, b, bStep, second, start, startStride, c, cStride, k);
      return;
  }
}

/** A[i, p] at `a + p * aStep + 4 * i`; B[p, :] at `b + table[p]` (int32 byte offsets). */
export function doubleTileGather(
  rows: i32,
  a: usize,
  aStep: usize,
  b: usize,
  table: usize,
  start: usize,
  startStride: usize,
  c: usize,
  cStride: usize,
  k: i32,
): void {
  switch (rows) {
    case 1:
      columns(1, true, a, aStep, b, table, 32, start, startStride, c, cStride, k);
      return;
    case 2:
      columns(2, true, a, aStep, b, table, 32, start, startStride, c, cStride, k);
      return;
    case 3:
      columns(3, true, a, aStep, b, table, 32, start, startStride, c, cStride, k);
      return;
    case 4:
      columns(4, true, a, aStep, b, table, 32, start, startStride, c, cStride, k);
      return;
    case 5:
      columns(5, true, a, aStep, b, table, 32, start, startStride, c, cStride, k);
      return;
    case 6:
      columns(6, true, a, aStep, b, table, 32, start, startStride, c, cStride, k);
      return;
  }
}

@inline
function columns(
  R: i32,
  GATHER: bool,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  second: usize,
  start: usize,
  startStride: usize,
  c: usize,
  cStride: usize,
  k: i32,
): void {
  let c00 = v128.load(start);
  let c01 = v128.load(start, 16);
  let c02 = v128.load(start, 32);
  let c03 = v128.load(start, 48);
  if (R > 1) start += startStride;
  let c10 = R > 1 ? v128.load(start) : c00;
  let c11 = R > 1 ? v128.load(start, 16) : c01;
  let c12 = R > 1 ? v128.load(start, 32) : c02;
  let c13 = R > 1 ? v128.load(start, 48) : c03;
  if (R > 2) start += startStride;
  let c20 = R > 2 ? v128.load(start) : c00;
  let c21 = R > 2 ? v128.load(start, 16) : c01;
  let c22 = R > 2 ? v128.load(start, 32) : c02;
  let c23 = R > 2 ? v128.load(start, 48) : c03;
  if (R > 3) start += startStride;
  let c30 = R > 3 ? v128.load(start) : c00;
  let c31 = R > 3 ? v128.load(start, 16) : c01;
  let c32 = R > 3 ? v128.load(start, 32) : c02;
  let c33 = R > 3 ? v128.load(start, 48) : c03;
  if (R > 4) start += startStride;
  let c40 = R > 4 ? v128.load(start) : c00;
  let c41 = R > 4 ? v128.load(start, 16) : c01;
  let c42 = R > 4 ? v128.load(start, 32) : c02;
  let c43 = R > 4 ? v128.load(start, 48) : c03;
  if (R > 5) start += startStride;
  let c50 = R > 5 ? v128.load(start) : c00;
  let c51 = R > 5 ? v128.load(start, 16) : c01;
  let c52 = R > 5 ? v128.load(start, 32) : c02;
  let c53 = R > 5 ? v128.load(start, 48) : c03;
  for (let p = k; p > 0; p--) {
    const line = GATHER ? b + load<u32>(bStep) : b;
    const b0 = v128.load(line);
    const b1 = v128.load(line, 16);
    const b2 = v128.load(line + second);
    const b3 = v128.load(line + second, 16);
    let s = v128.load32_splat(a);
    c00 = madd(s, b0, c00);
    c01 = madd(s, b1, c01);
    c02 = madd(s, b2, c02);
    c03 = madd(s, b3, c03);
    if (R > 1) {
      s = v128.load32_splat(a, 4);
      c10 = madd(s, b0, c10);
      c11 = madd(s, b1, c11);
      c12 = madd(s, b2, c12);
      c13 = madd(s, b3, c13);
    }
    if (R > 2) {
      s = v128.load32_splat(a, 8);
      c20 = madd(s, b0, c20);
      c21 = madd(s, b1, c21);
      c22 = madd(s, b2, c22);
      c23 = madd(s, b3, c23);
    }
    if (R > 3) {
      s = v128.load32_splat(a, 12);
      c30 = madd(s, b0, c30);
      c31 = madd(s, b1, c31);
      c32 = madd(s, b2, c32);
      c33 = madd(s, b3, c33);
    }
    if (R > 4) {
      s = v128.load32_splat(a, 16);
      c40 = madd(s, b0, c40);
      c41 = madd(s, b1, c41);
      c42 = madd(s, b2, c42);
      c43 = madd(s, b3, c43);
    }
    if (R > 5) {
      s = v128.load32_splat(a, 20);
      c50 = madd(s, b0, c50);
      c51 = madd(s, b1, c51);
      c52 = madd(s, b2, c52);
      c53 = madd(s, b3, c53);
    }
    a += aStep;
    if (GATHER) bStep += 4;
    else b += bStep;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c02, 32);
  v128.store(c, c03, 48);
  if (R > 1) {
    c += cStride;
    v128.store(c, c10);
    v128.store(c, c11, 16);
    v128.store(c, c12, 32);
    v128.store(c, c13, 48);
  }
  if (R > 2) {
    c += cStride;
    v128.store(c, c20);
    v128.store(c, c21, 16);
    v128.store(c, c22, 32);
    v128.store(c, c23, 48);
  }
  if (R > 3) {
    c += cStride;
    v128.store(c, c30);
    v128.store(c, c31, 16);
    v128.store(c, c32, 32);
    v128.store(c, c33, 48);
  }
  if (R > 4) {
    c += cStride;
    v128.store(c, c40);
    v128.store(c, c41, 16);
    v128.store(c, c42, 32);
    v128.store(c, c43, 48);
  }
  if (R > 5) {
    c += cStride;
    v128.store(c, c50);
    v128.store(c, c51, 16);
    v128.store(c, c52, 32);
    v128.store(c, c53, 48);
  }
}
