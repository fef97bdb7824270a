/**
 * Register tiles: `C[R, W] = start[R, W] + A[R, k] B[k, W]`, R from 1 to 6, W 8 or 4.
 *
 * Every output is one chain over k in ascending order that begins with `start`, so a block of k goes on from a stored
 * partial result and the tile size never shows in the bits. A row stride of 0 for `start` repeats one row.
 */
import { madd } from "./simd";

/** A[i, p] at `a + p * aStep + 4 * i`; B[p, :] at `b + p * bStep`. */
export function tileColumns(
  rows: i32,
  wide: bool,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  start: usize,
  startStride: usize,
  c: usize,
  cStride: usize,
  k: i32,
): void {
  if (wide) {
    switch (rows) {
      case 1:
        columns(1, 8, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 2:
        columns(2, 8, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 3:
        columns(3, 8, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 4:
        columns(4, 8, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 5:
        columns(5, 8, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 6:
        columns(6, 8, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
    }
  } else {
    switch (rows) {
      case 1:
        columns(1, 4, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 2:
        columns(2, 4, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 3:
        columns(3, 4, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 4:
        columns(4, 4, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 5:
        columns(5, 4, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
      case 6:
        columns(6, 4, false, a, aStep, b, bStep, start, startStride, c, cStride, k);
        return;
    }
  }
}

/** A[i, p] at `a + p * aStep + 4 * i`; B[p, :] at `b + table[p]` (int32 byte offsets). */
export function tileGather(
  rows: i32,
  wide: bool,
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
  if (wide) {
    switch (rows) {
      case 1:
        columns(1, 8, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 2:
        columns(2, 8, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 3:
        columns(3, 8, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 4:
        columns(4, 8, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 5:
        columns(5, 8, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 6:
        columns(6, 8, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
    }
  } else {
    switch (rows) {
      case 1:
        columns(1, 4, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 2:
        columns(2, 4, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 3:
        columns(3, 4, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 4:
        columns(4, 4, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 5:
        columns(5, 4, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
      case 6:
        columns(6, 4, true, a, aStep, b, table, start, startStride, c, cStride, k);
        return;
    }
  }
}

/** A[i, p] at `a_i + p * 4`, where p runs over `outer` lines of `inner` elements with `skip` bytes between lines. */
export function tileRows(
  rows: i32,
  wide: bool,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  a5: usize,
  skip: usize,
  b: usize,
  bStep: usize,
  start: usize,
  startStride: usize,
  c: usize,
  cStride: usize,
  inner: i32,
  outer: i32,
): void {
  if (wide) {
    switch (rows) {
      case 1:
        lines(1, 8, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 2:
        lines(2, 8, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 3:
        lines(3, 8, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 4:
        lines(4, 8, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 5:
        lines(5, 8, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 6:
        lines(6, 8, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
    }
  } else {
    switch (rows) {
      case 1:
        lines(1, 4, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 2:
        lines(2, 4, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 3:
        lines(3, 4, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 4:
        lines(4, 4, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 5:
        lines(5, 4, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
      case 6:
        lines(6, 4, a0, a1, a2, a3, a4, a5, skip, b, bStep, start, startStride, c, cStride, inner, outer);
        return;
    }
  }
}

@inline
function columns(
  R: i32,
  W: i32,
  GATHER: bool,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  start: usize,
  startStride: usize,
  c: usize,
  cStride: usize,
  k: i32,
): void {
  let c00 = v128.load(start);
  let c01 = W == 8 ? v128.load(start, 16) : c00;
  if (R > 1) start += startStride;
  let c10 = R > 1 ? v128.load(start) : c00;
  let c11 = R > 1 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 2) start += startStride;
  let c20 = R > 2 ? v128.load(start) : c00;
  let c21 = R > 2 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 3) start += startStride;
  let c30 = R > 3 ? v128.load(start) : c00;
  let c31 = R > 3 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 4) start += startStride;
  let c40 = R > 4 ? v128.load(start) : c00;
  let c41 = R > 4 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 5) start += startStride;
  let c50 = R > 5 ? v128.load(start) : c00;
  let c51 = R > 5 && W == 8 ? v128.load(start, 16) : c00;
  for (let p = k; p > 0; p--) {
    const line = GATHER ? b + load<u32>(bStep) : b;
    const b0 = v128.load(line);
    const b1 = W == 8 ? v128.load(line, 16) : b0;
    let s = v128.load32_splat(a);
    c00 = madd(s, b0, c00);
    if (W == 8) c01 = madd(s, b1, c01);
    if (R > 1) {
      s = v128.load32_splat(a, 4);
      c10 = madd(s, b0, c10);
      if (W == 8) c11 = madd(s, b1, c11);
    }
    if (R > 2) {
      s = v128.load32_splat(a, 8);
      c20 = madd(s, b0, c20);
      if (W == 8) c21 = madd(s, b1, c21);
    }
    if (R > 3) {
      s = v128.load32_splat(a, 12);
      c30 = madd(s, b0, c30);
      if (W == 8) c31 = madd(s, b1, c31);
    }
    if (R > 4) {
      s = v128.load32_splat(a, 16);
      c40 = madd(s, b0, c40);
      if (W == 8) c41 = madd(s, b1, c41);
    }
    if (R > 5) {
      s = v128.load32_splat(a, 20);
      c50 = madd(s, b0, c50);
      if (W == 8) c51 = madd(s, b1, c51);
    }
    a += aStep;
    if (GATHER) bStep += 4;
    else b += bStep;
  }
  v128.store(c, c00);
  if (W == 8) v128.store(c, c01, 16);
  if (R > 1) {
    c += cStride;
    v128.store(c, c10);
    if (W == 8) v128.store(c, c11, 16);
  }
  if (R > 2) {
    c += cStride;
    v128.store(c, c20);
    if (W == 8) v128.store(c, c21, 16);
  }
  if (R > 3) {
    c += cStride;
    v128.store(c, c30);
    if (W == 8) v128.store(c, c31, 16);
  }
  if (R > 4) {
    c += cStride;
    v128.store(c, c40);
    if (W == 8) v128.store(c, c41, 16);
  }
  if (R > 5) {
    c += cStride;
    v128.store(c, c50);
    if (W == 8) v128.store(c, c51, 16);
  }
}

@inline
function lines(
  R: i32,
  W: i32,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  a5: usize,
  skip: usize,
  b: usize,
  bStep: usize,
  start: usize,
  startStride: usize,
  c: usize,
  cStride: usize,
  inner: i32,
  outer: i32,
): void {
  let c00 = v128.load(start);
  let c01 = W == 8 ? v128.load(start, 16) : c00;
  if (R > 1) start += startStride;
  let c10 = R > 1 ? v128.load(start) : c00;
  let c11 = R > 1 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 2) start += startStride;
  let c20 = R > 2 ? v128.load(start) : c00;
  let c21 = R > 2 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 3) start += startStride;
  let c30 = R > 3 ? v128.load(start) : c00;
  let c31 = R > 3 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 4) start += startStride;
  let c40 = R > 4 ? v128.load(start) : c00;
  let c41 = R > 4 && W == 8 ? v128.load(start, 16) : c00;
  if (R > 5) start += startStride;
  let c50 = R > 5 ? v128.load(start) : c00;
  let c51 = R > 5 && W == 8 ? v128.load(start, 16) : c00;
  let at: usize = 0;
  for (; outer > 0; outer--) {
    for (let p = inner; p > 0; p--) {
      const b0 = v128.load(b);
      const b1 = W == 8 ? v128.load(b, 16) : b0;
      let s = v128.load32_splat(a0 + at);
      c00 = madd(s, b0, c00);
      if (W == 8) c01 = madd(s, b1, c01);
      if (R > 1) {
        s = v128.load32_splat(a1 + at);
        c10 = madd(s, b0, c10);
        if (W == 8) c11 = madd(s, b1, c11);
      }
      if (R > 2) {
        s = v128.load32_splat(a2 + at);
        c20 = madd(s, b0, c20);
        if (W == 8) c21 = madd(s, b1, c21);
      }
      if (R > 3) {
        s = v128.load32_splat(a3 + at);
        c30 = madd(s, b0, c30);
        if (W == 8) c31 = madd(s, b1, c31);
      }
      if (R > 4) {
        s = v128.load32_splat(a4 + at);
        c40 = madd(s, b0, c40);
        if (W == 8) c41 = madd(s, b1, c41);
      }
      if (R > 5) {
        s = v128.load32_splat(a5 + at);
        c50 = madd(s, b0, c50);
        if (W == 8) c51 = madd(s, b1, c51);
      }
      at += 4;
      b += bStep;
    }
    at += skip;
  }
  v128.store(c, c00);
  if (W == 8) v128.store(c, c01, 16);
  if (R > 1) {
    c += cStride;
    v128.store(c, c10);
    if (W == 8) v128.store(c, c11, 16);
  }
  if (R > 2) {
    c += cStride;
    v128.store(c, c20);
    if (W == 8) v128.store(c, c21, 16);
  }
  if (R > 3) {
    c += cStride;
    v128.store(c, c30);
    if (W == 8) v128.store(c, c31, 16);
  }
  if (R > 4) {
    c += cStride;
    v128.store(c, c40);
    if (W == 8) v128.store(c, c41, 16);
  }
  if (R > 5) {
    c += cStride;
    v128.store(c, c50);
    if (W == 8) v128.store(c, c51, 16);
  }
}
