/** Softmax over the last axis of [rows, count]. y may be x, and dx may be dy. */
import { blockSum } from "./sum";
import {
  expBounds,
  expNegative,
  expParts,
  expSeries,
  laneMax,
  laneSum,
  loadPart,
  logDouble,
  madd,
  opaqueOne,
  storePart,
} from "./simd";

/** y = e^(x - max) / sum of e^(x - max). */
export function softmax(x: usize, y: usize, rows: i32, count: i32): void {
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    const total = exponentials(x, y, bytes, rowMax(x, bytes));
    const divisor = f32x4.splat(<f32>total);
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) v128.store(y + j, f32x4.div(v128.load(y + j), divisor));
    if (j < bytes) {
      const part = <i32>(bytes - j) >> 2;
      storePart(y + j, f32x4.div(loadPart(y + j, part), divisor), part);
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
    const log = f32x4.splat(<f32>logDouble(exponentials(x, 0, bytes, largest)));
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

/** dx = y (dy - sum of y dy), y the softmax. */
export function softmaxGradient(dy: usize, y: usize, dx: usize, rows: i32, count: i32): void {
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    let total: f64 = 0;
    let j: usize = 0;
    let sum = i32x4.splat(0);
    for (; j + 16 <= bytes; j += 16) {
      sum = madd(v128.load(y + j), v128.load(dy + j), sum);
      if ((j & 1008) == 1008) {
        total += laneSum(sum);
        sum = i32x4.splat(0);
      }
    }
    total += laneSum(sum);
    for (; j < bytes; j += 4) total += load<f32>(y + j) * load<f32>(dy + j);
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
  const one = opaqueOne(count);
  const bounds = expBounds(one);
  const parts = expParts(one);
  const series = expSeries(one);
  for (; rows > 0; rows--) {
    const total = f32x4.neg(f32x4.splat(<f32>blockSum(dy, count)));
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) {
      const e = expNegative(v128.load(y + j), bounds, parts, series);
      v128.store(dx + j, madd(e, total, v128.load(dy + j)));
    }
    if (j < bytes) {
      const part = <i32>(bytes - j) >> 2;
      const e = expNegative(loadPart(y + j, part), bounds, parts, series);
      storePart(dx + j, madd(e, total, loadPart(dy + j, part)), part);
    }
    dy += bytes;
    y += bytes;
    dx += bytes;
  }
}

/** Largest value, NaN left out: it comes back with the first exponential. */
function rowMax(x: usize, bytes: usize): f32 {
  let best = f32x4.splat(-Infinity);
  let other = best;
  let j: usize = 0;
  for (; j + 32 <= bytes; j += 32) {
    best = f32x4.pmax(best, v128.load(x + j));
    other = f32x4.pmax(other, v128.load(x + j, 16));
  }
  best = f32x4.pmax(best, other);
  for (; j < bytes; j += 4) best = f32x4.pmax(best, v128.load32_splat(x + j));
  return laneMax(best);
}

/** Sum of e^(x - largest); the terms go to y unless y is 0. */
function exponentials(x: usize, y: usize, bytes: usize, largest: f32): f64 {
  const shift = f32x4.splat(largest);
  const one = opaqueOne(<i32>bytes);
  const bounds = expBounds(one);
  const parts = expParts(one);
  const series = expSeries(one);
  let total: f64 = 0;
  let sum = i32x4.splat(0);
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    const e = expNegative(f32x4.sub(v128.load(x + j), shift), bounds, parts, series);
    if (y != 0) v128.store(y + j, e);
    sum = f32x4.add(sum, e);
    if ((j & 1008) == 1008) {
      total += laneSum(sum);
      sum = i32x4.splat(0);
    }
  }
  total += laneSum(sum);
  if (j < bytes) {
    const part = <i32>(bytes - j) >> 2;
    const e = expNegative(f32x4.sub(loadPart(x + j, part), shift), bounds, parts, series);
    if (y != 0) storePart(y + j, e, part);
    total += f32x4.extract_lane(e, 0);
    if (part > 1) total += f32x4.extract_lane(e, 1);
    if (part > 2) total += f32x4.extract_lane(e, 2);
  }
  return total;
}
