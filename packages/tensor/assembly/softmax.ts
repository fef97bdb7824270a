/** Softmax over the last axis of [rows, count]. y may be x, and dx may be dy. */
import { laneMax, laneSum, laneSumDouble, loadPart, logDouble, madd, readLanes, storePart, writeLanes } from "./simd";
import { blockSum } from "./sum";

/** y = e^(x - max) / sum of e^(x - max). */
export function softmax(x: usize, y: usize, rows: i32, count: i32): void {
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    const share = f32x4.splat(<f32>(1 / exponentials(x, y, bytes, rowMax(x, bytes))));
    let j: usize = 0;
    for (; j + 32 <= bytes; j += 32) {
      v128.store(y + j, f32x4.mul(v128.load(y + j), share));
      v128.store(y + j, f32x4.mul(v128.load(y + j, 16), share), 16);
    }
    for (; j < bytes; j += 16) {
      const part = <i32>min(4, (bytes - j) >> 2);
      writeLanes(y + j, f32x4.mul(readLanes(y + j, part), share), part);
    }
    x += bytes;
    y += bytes;
  }
}

/** y = x - max - log(sum of e^(x - max)). */
export function logSoftmax(x: usize, y: usize, rows: i32, count: i32): void {
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    const largest = rowMax(x, bytes);
    const shift = f32x4.splat(largest);
    const log = f32x4.splat(<f32>logDouble(exponentials(x, 0, bytes, largest) / SCALE));
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) v128.store(y + j, f32x4.sub(f32x4.sub(v128.load(x + j), shift), log));
    if (j < bytes) {
      const part = <i32>(bytes - j) >> 2;
      storePart(y + j, f32x4.sub(f32x4.sub(loadPart(x + j, part), shift), log), part);
    }
    x += bytes;
    y += bytes;
  }
}

/** Rows below this are added up in double precision: it costs nothing there, and a few large terms often cancel. */
const SHORT: i32 = 32;

/** dx = y (dy - sum of y dy), y the softmax. */
export function softmaxGradient(dy: usize, y: usize, dx: usize, rows: i32, count: i32): void {
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    let total: f64 = 0;
    let j: usize = 0;
    let sum = i32x4.splat(0);
    const vectors: usize = count < SHORT ? 0 : bytes;
    for (; j + 16 <= vectors; j += 16) {
      sum = madd(v128.load(y + j), v128.load(dy + j), sum);
      if ((j & 1008) == 1008) {
        total += laneSum(sum);
        sum = i32x4.splat(0);
      }
    }
    total += laneSum(sum);
    for (; j < bytes; j += 4) total += <f64>load<f32>(y + j) * <f64>load<f32>(dy + j);
    const shift = f32x4.splat(<f32>total);
    j = 0;
    for (; j + 16 <= bytes; j += 16)
      v128.store(dx + j, f32x4.mul(v128.load(y + j), f32x4.sub(v128.load(dy + j), shift)));
    if (j < bytes) {
      const part = <i32>(bytes - j) >> 2;
      storePart(dx + j, f32x4.mul(loadPart(y + j, part), f32x4.sub(loadPart(dy + j, part), shift)), part);
    }
    dy += bytes;
    y += bytes;
    dx += bytes;
  }
}

/** dx = dy - e^y * sum of dy, y the log of the softmax. */
export function logSoftmaxGradient(dy: usize, y: usize, dx: usize, rows: i32, count: i32): void {
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    exponentials(y, dx, bytes, 0, dy, -<f32>(blockSum(dy, count) / SCALE));
    dy += bytes;
    y += bytes;
    dx += bytes;
  }
}

/** Largest value, NaN left out: it comes back with the first exponential. */
function rowMax(x: usize, bytes: usize): f32 {
  let a = f32x4.splat(-Infinity);
  let b = a;
  let c = a;
  let d = a;
  let j: usize = 0;
  for (; j + 64 <= bytes; j += 64) {
    a = f32x4.pmax(a, v128.load(x + j));
    b = f32x4.pmax(b, v128.load(x + j, 16));
    c = f32x4.pmax(c, v128.load(x + j, 32));
    d = f32x4.pmax(d, v128.load(x + j, 48));
  }
  for (; j + 16 <= bytes; j += 16) a = f32x4.pmax(a, v128.load(x + j));
  for (; j < bytes; j += 4) b = f32x4.pmax(b, v128.load32_splat(x + j));
  return laneMax(f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)));
}

/** Factor of the exponentials, which keeps them away from subnormal numbers. */
const SCALE: f64 = 33554432;

const RUN: usize = 2048;

/**
 * Sum of the terms SCALE * e^(x - shift), x at most shift. The terms go to y unless it is 0; with dy, y becomes
 * dy + factor * term.
 */
function exponentials(x: usize, y: usize, bytes: usize, shift: f32, dy: usize = 0, factor: f32 = 0): f64 {
  // 1 that the compiler cannot see through: engines build a vector constant anew at every use.
  const one = <f32>bytes - <f32>bytes + 1;
  const lowest = f32x4.splat(one * -104);
  const log2e = f32x4.splat(one * 1.44269504);
  const magic = f32x4.splat(one * 12583064);
  const high = f32x4.splat(one * -0.693359375);
  const low = f32x4.splat(one * 2.1219444e-4);
  const c0 = f32x4.splat(one * 0.49999994);
  const c1 = f32x4.splat(one * 0.16666521);
  const c2 = f32x4.splat(one * 0.04166829);
  const c3 = f32x4.splat(one * 0.0083687035);
  const c4 = f32x4.splat(one * 0.0013818939);
  const from = f32x4.splat(shift);
  const times = f32x4.splat(factor);
  let total: f64 = 0;
  let j: usize = 0;
  while (j + 32 <= bytes) {
    const stop = min(j + RUN, bytes) - 31;
    let a = i32x4.splat(0);
    let b = a;
    for (; j < stop; j += 32) {
      let p = f32x4.sub(v128.load(x + j), from);
      let q = f32x4.sub(v128.load(x + j, 16), from);
      p = exponential(p, lowest, log2e, magic, high, low, c0, c1, c2, c3, c4);
      q = exponential(q, lowest, log2e, magic, high, low, c0, c1, c2, c3, c4);
      a = f32x4.add(a, p);
      b = f32x4.add(b, q);
      if (y == 0) continue;
      if (dy != 0) {
        p = madd(p, times, v128.load(dy + j));
        q = madd(q, times, v128.load(dy + j, 16));
      }
      v128.store(y + j, p);
      v128.store(y + j, q, 16);
    }
    total += laneSumDouble(f32x4.add(a, b));
  }
  for (; j < bytes; j += 16) {
    const part = <i32>min(4, (bytes - j) >> 2);
    const value = f32x4.sub(readLanes(x + j, part), from);
    const e = exponential(value, lowest, log2e, magic, high, low, c0, c1, c2, c3, c4);
    total += f32x4.extract_lane(e, 0);
    if (part > 1) total += f32x4.extract_lane(e, 1);
    if (part > 2) total += f32x4.extract_lane(e, 2);
    if (part > 3) total += f32x4.extract_lane(e, 3);
    if (y != 0) writeLanes(y + j, dy == 0 ? e : madd(e, times, readLanes(dy + j, part)), part);
  }
  return total;
}

/** SCALE * e^x for x <= 0 (and NaN): Cody-Waite reduction, a polynomial, and the power of two in the bits of the sum. */
@inline
function exponential(
  value: v128,
  lowest: v128,
  log2e: v128,
  magic: v128,
  high: v128,
  low: v128,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
): v128 {
  const x = f32x4.pmax(value, lowest);
  const shifted = madd(x, log2e, magic);
  const n = f32x4.sub(shifted, magic);
  const r = madd(n, low, madd(n, high, x));
  const square = f32x4.mul(r, r);
  const tail = madd(madd(c4, square, madd(c3, r, c2)), square, madd(c1, r, c0));
  const power = i32x4.shl(shifted, 23);
  return madd(madd(tail, square, r), power, power);
}
