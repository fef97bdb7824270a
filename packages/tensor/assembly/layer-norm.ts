/** Layer normalisation over the last axis of x [rows, count]. Pointers to weight [count] and bias [count] may be 0. */
import { squaresAround } from "./moments";
import { laneSumDouble, madd, readLanes, writeLanes } from "./simd";
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
  const bytes: usize = count * 4;
  if (dweight != 0) memory.fill(dweight, 0, bytes);
  if (dbias != 0) memory.fill(dbias, 0, bytes);
  for (; rows > 0; rows--) {
    const a = f32x4.splat(load<f32>(mean));
    const scale = load<f32>(rstd);
    const b = f32x4.splat(scale);
    let sum: f64 = 0;
    let products: f64 = 0;
    let sums = i32x4.splat(0);
    let dots = sums;
    for (let j: usize = 0; j < bytes; j += 16) {
      const part = <i32>min(4, (bytes - j) >> 2);
      const gradient = readLanes(dy + j, part);
      const unit = f32x4.mul(f32x4.sub(readLanes(x + j, part), a), b);
      const own = f32x4.mul(gradient, unit);
      if (dweight != 0) writeLanes(dweight + j, f32x4.add(readLanes(dweight + j, part), own), part);
      if (dbias != 0) writeLanes(dbias + j, f32x4.add(readLanes(dbias + j, part), gradient), part);
      const w = weight == 0 ? f32x4.splat(1) : readLanes(weight + j, part);
      sums = f32x4.add(sums, f32x4.mul(gradient, w));
      dots = f32x4.add(dots, f32x4.mul(own, w));
      if ((j & 1008) == 1008) {
        sum += laneSumDouble(sums);
        products += laneSumDouble(dots);
        sums = i32x4.splat(0);
        dots = sums;
      }
    }
    sum += laneSumDouble(sums);
    products += laneSumDouble(dots);
    if (dx != 0) {
      const share = f32x4.splat(<f32>(sum / count));
      const slope = f32x4.splat(-(<f32>(products / count)));
      for (let j: usize = 0; j < bytes; j += 16) {
        const part = <i32>min(4, (bytes - j) >> 2);
        const w = weight == 0 ? f32x4.splat(1) : readLanes(weight + j, part);
        const unit = f32x4.mul(f32x4.sub(readLanes(x + j, part), a), b);
        const value = madd(unit, slope, f32x4.sub(f32x4.mul(readLanes(dy + j, part), w), share));
        writeLanes(dx + j, f32x4.mul(value, b), part);
      }
      dx += bytes;
    }
    dy += bytes;
    x += bytes;
    mean += 4;
    rstd += 4;
  }
}
