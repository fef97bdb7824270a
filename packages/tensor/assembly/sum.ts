/** Sums: float32 lanes over short runs, runs added in double precision, rounded once. */
import { laneSumDouble } from "./simd";

const RUN: i32 = 512;

/** Sum of `count` floats at x. */
export function blockSum(x: usize, count: i32): f64 {
  return sumOnto(0, x, count);
}

@inline
function sumOnto(total: f64, x: usize, count: i32): f64 {
  while (count >= 16) {
    const run = min(count, RUN) & ~15;
    total += runSum(x, run);
    x += run * 4;
    count -= run;
  }
  for (; count > 0; count--) {
    total += load<f32>(x);
    x += 4;
  }
  return total;
}

/** Sum of a multiple of 16 floats. */
@inline
function runSum(x: usize, count: i32): f64 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (const end = x + count * 4; x < end; x += 64) {
    a = f32x4.add(a, v128.load(x));
    b = f32x4.add(b, v128.load(x, 16));
    c = f32x4.add(c, v128.load(x, 32));
    d = f32x4.add(d, v128.load(x, 48));
  }
  return laneSumDouble(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
}

/** The float64 sums[runs] of the runs of 512 floats that `sum` over all adds one after the other. */
export function runSums(x: usize, sums: usize, runs: i32): void {
  for (; runs > 0; runs--) {
    store<f64>(sums, runSum(x, RUN));
    x += RUN * 4;
    sums += 8;
  }
}

/** out = the sum of sums[runs] and of the `rest` floats at x that follow the runs: the bits of `sum` over all. */
export function sumOfRuns(sums: usize, runs: i32, x: usize, rest: i32, out: usize): void {
  let total: f64 = 0;
  for (; runs > 0; runs--) {
    total += load<f64>(sums);
    sums += 8;
  }
  store<f32>(out, <f32>sumOnto(total, x, rest));
}

/** out[a, c] = sum over b of x[a, b, c]. */
export function sum(x: usize, out: usize, outer: i32, count: i32, inner: i32): void {
  if (inner == 1) {
    for (; outer > 0; outer--) {
      store<f32>(out, <f32>blockSum(x, count));
      x += count * 4;
      out += 4;
    }
    return;
  }
  sumColumns(x, out, outer, count, inner, 0, inner);
}

/** Columns `from` to `to` of `sum`, inner at least 2; the same bits in any split at multiples of 16. */
export function sumColumns(x: usize, out: usize, outer: i32, count: i32, inner: i32, from: i32, to: i32): void {
  const line: usize = inner * 4;
  for (; outer > 0; outer--) {
    let j = from;
    for (; j + 16 <= to; j += 16) sixteenColumns(x + j * 4, line, count, out + j * 4);
    for (; j + 4 <= to; j += 4) fourColumns(x + j * 4, line, count, out + j * 4);
    for (; j < to; j++) {
      let total: f64 = 0;
      for (let i: usize = 0; i < <usize>count; i++) total += load<f32>(x + i * line + j * 4);
      store<f32>(out + j * 4, <f32>total);
    }
    x += <usize>count * line;
    out += line;
  }
}

/** Rows whose sum is kept in float32 lanes before it goes to double precision. */
const ROWS: i32 = 64;

function sixteenColumns(x: usize, line: usize, count: i32, out: usize): void {
  let t0 = i32x4.splat(0);
  let t1 = t0;
  let t2 = t0;
  let t3 = t0;
  let t4 = t0;
  let t5 = t0;
  let t6 = t0;
  let t7 = t0;
  do {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    const rows = min(count, ROWS);
    for (let i = rows; i > 0; i--) {
      a = f32x4.add(a, v128.load(x));
      b = f32x4.add(b, v128.load(x, 16));
      c = f32x4.add(c, v128.load(x, 32));
      d = f32x4.add(d, v128.load(x, 48));
      x += line;
    }
    t0 = f64x2.add(t0, low(a));
    t1 = f64x2.add(t1, high(a));
    t2 = f64x2.add(t2, low(b));
    t3 = f64x2.add(t3, high(b));
    t4 = f64x2.add(t4, low(c));
    t5 = f64x2.add(t5, high(c));
    t6 = f64x2.add(t6, low(d));
    t7 = f64x2.add(t7, high(d));
    count -= rows;
  } while (count > 0);
  v128.store(out, narrow(t0, t1));
  v128.store(out, narrow(t2, t3), 16);
  v128.store(out, narrow(t4, t5), 32);
  v128.store(out, narrow(t6, t7), 48);
}

function fourColumns(x: usize, line: usize, count: i32, out: usize): void {
  let t0 = i32x4.splat(0);
  let t1 = t0;
  while (count > 0) {
    let a = i32x4.splat(0);
    const rows = min(count, ROWS);
    for (let i = rows; i > 0; i--) {
      a = f32x4.add(a, v128.load(x));
      x += line;
    }
    t0 = f64x2.add(t0, low(a));
    t1 = f64x2.add(t1, high(a));
    count -= rows;
  }
  v128.store(out, narrow(t0, t1));
}

@inline
function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 0, 1));
}

@inline
function narrow(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
}
