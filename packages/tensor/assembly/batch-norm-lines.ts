/** Batch normalisation of x [N, C]: four channels at a time, a lane each. */
import { madd, readLanes, writeLanes } from "./simd";

/** Rows whose sum is kept in float32 before it goes to double precision. */
const ROWS: i32 = 64;

/** Channels `from` to `to`. */
export function lineMoments(
  x: usize,
  mean: usize,
  variance: usize,
  batch: i32,
  channels: i32,
  from: i32,
  to: i32,
): void {
  const line: usize = channels * 4;
  const end: usize = to * 4;
  for (let at: usize = from * 4; at < end; at += 16) {
    const part = <i32>min(4, (end - at) >> 2);
    const centre = mean4(x + at, 0, i32x4.splat(0), line, batch, part);
    writeLanes(mean + at, centre, part);
    writeLanes(variance + at, mean4(0, x + at, centre, line, batch, part), part);
  }
}

export function lineNorm(
  x: usize,
  mean: usize,
  variance: usize,
  weight: usize,
  bias: usize,
  y: usize,
  batch: i32,
  channels: i32,
  eps: f64,
): void {
  const line: usize = channels * 4;
  for (let at: usize = 0; at < line; at += 16) {
    const part = <i32>min(4, (line - at) >> 2);
    const centre = readLanes(mean + at, part);
    let scale = inverse(readLanes(variance + at, part), eps);
    if (weight != 0) scale = f32x4.mul(scale, readLanes(weight + at, part));
    const shift = bias == 0 ? i32x4.splat(0) : readLanes(bias + at, part);
    let from = at;
    for (let n = batch; n > 0; n--) {
      writeLanes(y + from, madd(f32x4.sub(readLanes(x + from, part), centre), scale, shift), part);
      from += line;
    }
  }
}

/** Channels `first` to `last`. */
export function lineGradient(
  dy: usize,
  x: usize,
  mean: usize,
  variance: usize,
  weight: usize,
  dx: usize,
  dweight: usize,
  dbias: usize,
  batch: i32,
  channels: i32,
  eps: f64,
  training: i32,
  first: i32,
  last: i32,
): void {
  const line: usize = channels * 4;
  const end: usize = last * 4;
  const count = f32x4.splat(<f32>batch);
  const zero = i32x4.splat(0);
  for (let at: usize = first * 4; at < end; at += 16) {
    const part = <i32>min(4, (end - at) >> 2);
    const centre = readLanes(mean + at, part);
    const rstd = inverse(readLanes(variance + at, part), eps);
    const share = mean4(dy + at, 0, zero, line, batch, part);
    const product = mean4(dy + at, x + at, centre, line, batch, part);
    if (dbias != 0) writeLanes(dbias + at, f32x4.mul(share, count), part);
    if (dweight != 0) writeLanes(dweight + at, f32x4.mul(f32x4.mul(product, count), rstd), part);
    if (dx == 0) continue;
    const scale = weight == 0 ? rstd : f32x4.mul(rstd, readLanes(weight + at, part));
    const shift = training != 0 ? share : zero;
    const slope = training != 0 ? f32x4.neg(f32x4.mul(f32x4.mul(product, rstd), rstd)) : zero;
    let from = at;
    for (let n = batch; n > 0; n--) {
      const rest = f32x4.sub(readLanes(dy + from, part), shift);
      const value = madd(f32x4.sub(readLanes(x + from, part), centre), slope, rest);
      writeLanes(dx + from, f32x4.mul(value, scale), part);
      from += line;
    }
  }
}

/** Mean over the rows of y (x 0), of (x - centre)^2 (y 0), or of y (x - centre). */
@inline
function mean4(y: usize, x: usize, centre: v128, line: usize, batch: i32, part: i32): v128 {
  let low = i32x4.splat(0);
  let high = low;
  let at: usize = 0;
  let left = batch;
  while (left > 0) {
    const rows = min(left, ROWS);
    let sum = i32x4.splat(0);
    for (let n = rows; n > 0; n--) {
      const away = x == 0 ? centre : f32x4.sub(readLanes(x + at, part), centre);
      const value = y == 0 ? away : readLanes(y + at, part);
      sum = f32x4.add(sum, x == 0 ? value : f32x4.mul(value, away));
      at += line;
    }
    low = f64x2.add(low, f64x2.promote_low_f32x4(sum));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(sum, sum, 2, 3, 0, 1)));
    left -= rows;
  }
  const count = f64x2.splat(<f64>batch);
  const a = f32x4.demote_f64x2_zero(f64x2.div(low, count));
  return v128.shuffle<f64>(a, f32x4.demote_f64x2_zero(f64x2.div(high, count)), 0, 2);
}

/** 1 / sqrt(variance + eps). */
@inline
function inverse(variance: v128, eps: f64): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(<f32>eps))));
}
