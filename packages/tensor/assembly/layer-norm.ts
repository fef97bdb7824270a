/** Layer normalisation over the last axis of x [rows, count]. Pointers to weight [count] and bias [count] may be 0. */
import { squaresAround } from "./moments";
import { laneSumDouble, loadPart, madd, readLanes, storePart, writeLanes } from "./simd";
import { blockSum } from "./sum";

/** y = (x - mean) * rstd * weight + bias, rstd = 1 / sqrt(variance + eps); mean[rows] and rstd[rows] are written too. */
export function layerNorm(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  mean: usize,
  rstd: usize,
  rows: i32,
  count: i32,
  eps: f64,
): void {
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    const centre = <f32>(blockSum(x, count) / count);
    const scale = <f32>(1 / sqrt(squaresAround(x, count, centre) / count + eps));
    store<f32>(mean, centre);
    store<f32>(rstd, scale);
    const a = f32x4.splat(centre);
    const b = f32x4.splat(scale);
    let j: usize = 0;
    for (; j + 32 <= bytes; j += 32) {
      let p = f32x4.mul(f32x4.sub(v128.load(x + j), a), b);
      let q = f32x4.mul(f32x4.sub(v128.load(x + j, 16), a), b);
      if (weight != 0) {
        p = f32x4.mul(p, v128.load(weight + j));
        q = f32x4.mul(q, v128.load(weight + j, 16));
      }
      if (bias != 0) {
        p = f32x4.add(p, v128.load(bias + j));
        q = f32x4.add(q, v128.load(bias + j, 16));
      }
      v128.store(y + j, p);
      v128.store(y + j, q, 16);
    }
    for (; j < bytes; j += 16) {
      const part = <i32>min(4, (bytes - j) >> 2);
      let value = f32x4.mul(f32x4.sub(readLanes(x + j, part), a), b);
      if (weight != 0) value = f32x4.mul(value, readLanes(weight + j, part));
      if (bias != 0) value = f32x4.add(value, readLanes(bias + j, part));
      writeLanes(y + j, value, part);
    }
    x += bytes;
    y += bytes;
    mean += 4;
    rstd += 4;
  }
}

/** mean[rows] and rstd[rows] alone. */
export function rowMoments(x: usize, mean: usize, rstd: usize, rows: i32, count: i32, eps: f64): void {
  for (; rows > 0; rows--) {
    const centre = <f32>(blockSum(x, count) / count);
    store<f32>(mean, centre);
    store<f32>(rstd, <f32>(1 / sqrt(squaresAround(x, count, centre) / count + eps)));
    x += count * 4;
    mean += 4;
    rstd += 4;
  }
}

/** dx [rows, count], dweight [count], dbias [count]; any of them may be 0. */
export function layerNormGradient(
  dy: usize,
  x: usize,
  mean: usize,
  rstd: usize,
  weight: usize,
  dx: usize,
  dweight: usize,
  dbias: usize,
  rows: i32,
  count: i32,
): void {
  layerNormGradientColumns(dy, x, mean, rstd, dweight, dbias, rows, count, 0, count);
  if (dx == 0) return;
  const bytes: usize = count * 4;
  for (; rows > 0; rows--) {
    throughRow(dy, x, f32x4.splat(load<f32>(mean)), f32x4.splat(load<f32>(rstd)), weight, dx, count);
    dx += bytes;
    dy += bytes;
    x += bytes;
    mean += 4;
    rstd += 4;
  }
}

/** Columns `from` to `to` of dweight [count] and dbias [count], either of which may be 0; the same bits in any split. */
export function layerNormGradientColumns(
  dy: usize,
  x: usize,
  mean: usize,
  rstd: usize,
  dweight: usize,
  dbias: usize,
  rows: i32,
  count: i32,
  from: i32,
  to: i32,
): void {
  if (dweight == 0 && dbias == 0) return;
  const first: usize = from * 4;
  const bytes: usize = (to - from) * 4;
  const line: usize = count * 4;
  dy += first;
  x += first;
  if (dweight != 0) {
    dweight += first;
    memory.fill(dweight, 0, bytes);
  }
  if (dbias != 0) {
    dbias += first;
    memory.fill(dbias, 0, bytes);
  }
  for (; rows > 0; rows--) {
    if (dweight != 0) {
      addProducts(dweight, dy, x, f32x4.splat(load<f32>(mean)), f32x4.splat(load<f32>(rstd)), bytes);
    }
    if (dbias != 0) addRow(dbias, dy, bytes);
    dy += line;
    x += line;
    mean += 4;
    rstd += 4;
  }
}

/** total += dy * (x - mean) * rstd */
function addProducts(total: usize, dy: usize, x: usize, mean: v128, rstd: v128, bytes: usize): void {
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    const own = f32x4.mul(v128.load(dy + j), unit(v128.load(x + j), mean, rstd));
    v128.store(total + j, f32x4.add(v128.load(total + j), own));
  }
  const rest = <i32>((bytes - j) >> 2);
  if (rest == 0) return;
  const own = f32x4.mul(loadPart(dy + j, rest), unit(loadPart(x + j, rest), mean, rstd));
  storePart(total + j, f32x4.add(loadPart(total + j, rest), own), rest);
}

/** total += row */
function addRow(total: usize, row: usize, bytes: usize): void {
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) v128.store(total + j, f32x4.add(v128.load(total + j), v128.load(row + j)));
  const rest = <i32>((bytes - j) >> 2);
  if (rest != 0) storePart(total + j, f32x4.add(loadPart(total + j, rest), loadPart(row + j, rest)), rest);
}

/** dx = rstd * (g - mean(g) - u * mean(g u)), where g = dy * weight and u = (x - mean) * rstd. */
function throughRow(dy: usize, x: usize, mean: v128, rstd: v128, weight: usize, dx: usize, count: i32): void {
  const bytes: usize = count * 4;
  const whole = bytes & ~15;
  const rest = count & 3;
  let sum: f64 = 0;
  let products: f64 = 0;
  for (let from: usize = 0; from < whole; ) {
    let sums = i32x4.splat(0);
    let dots = sums;
    for (const stop = min(from + RUN, whole); from < stop; from += 16) {
      const g = scaled(v128.load(dy + from), weight, from);
      sums = f32x4.add(sums, g);
      dots = madd(g, unit(v128.load(x + from), mean, rstd), dots);
    }
    sum += laneSumDouble(sums);
    products += laneSumDouble(dots);
  }
  if (rest != 0) {
    const g = scaledPart(loadPart(dy + whole, rest), weight, whole, rest);
    sum += laneSumDouble(g);
    products += laneSumDouble(f32x4.mul(g, unit(loadPart(x + whole, rest), mean, rstd)));
  }
  const share = f32x4.splat(<f32>(sum / count));
  const slope = f32x4.splat(-(<f32>(products / count)));
  for (let j: usize = 0; j < whole; j += 16) {
    const g = scaled(v128.load(dy + j), weight, j);
    const value = madd(unit(v128.load(x + j), mean, rstd), slope, f32x4.sub(g, share));
    v128.store(dx + j, f32x4.mul(value, rstd));
  }
  if (rest == 0) return;
  const g = scaledPart(loadPart(dy + whole, rest), weight, whole, rest);
  const value = madd(unit(loadPart(x + whole, rest), mean, rstd), slope, f32x4.sub(g, share));
  storePart(dx + whole, f32x4.mul(value, rstd), rest);
}

/** Bytes that are summed in float32 before they join the sum in double precision. */
const RUN: usize = 1024;

@inline
function unit(x: v128, mean: v128, rstd: v128): v128 {
  return f32x4.mul(f32x4.sub(x, mean), rstd);
}

@inline
function scaled(g: v128, weight: usize, j: usize): v128 {
  return weight == 0 ? g : f32x4.mul(g, v128.load(weight + j));
}

@inline
function scaledPart(g: v128, weight: usize, j: usize, count: i32): v128 {
  return weight == 0 ? g : f32x4.mul(g, loadPart(weight + j, count));
}
