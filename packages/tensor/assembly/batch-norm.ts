/** Batch normalisation over x [N, C, S]: moments of each channel over N and S. weight and bias may be 0. */
import { lineGradient, lineMoments, lineNorm } from "./batch-norm-lines";
import { productsAround, squaresAround } from "./moments";
import { madd } from "./simd";
import { blockSum } from "./sum";

/** mean[C] and biased variance[C], in two passes. */
export function batchNormMoments(
  x: usize,
  mean: usize,
  variance: usize,
  batch: i32,
  channels: i32,
  spatial: i32,
): void {
  batchNormMomentsChannels(x, mean, variance, batch, channels, spatial, 0, channels);
}

/** Channels `from` to `to` of the moments, the same bits in any split at multiples of 4. */
export function batchNormMomentsChannels(
  x: usize,
  mean: usize,
  variance: usize,
  batch: i32,
  channels: i32,
  spatial: i32,
  from: i32,
  to: i32,
): void {
  if (spatial == 1) {
    lineMoments(x, mean, variance, batch, channels, from, to);
    return;
  }
  const count = <f64>batch * <f64>spatial;
  const step: usize = channels * spatial * 4;
  for (let c = from; c < to; c++) {
    const first = x + c * spatial * 4;
    let total: f64 = 0;
    for (let n: usize = 0; n < <usize>batch; n++) total += blockSum(first + n * step, spatial);
    const centre = <f32>(total / count);
    let squares: f64 = 0;
    for (let n: usize = 0; n < <usize>batch; n++) squares += squaresAround(first + n * step, spatial, centre);
    store<f32>(mean + c * 4, centre);
    store<f32>(variance + c * 4, <f32>(squares / count));
  }
}

/** y = (x - mean) / sqrt(variance + eps) * weight + bias. */
export function batchNorm(
  x: usize,
  mean: usize,
  variance: usize,
  weight: usize,
  bias: usize,
  y: usize,
  batch: i32,
  channels: i32,
  spatial: i32,
  eps: f64,
): void {
  if (spatial == 1) {
    lineNorm(x, mean, variance, weight, bias, y, batch, channels, eps);
    return;
  }
  for (let n = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++) {
      const scale = inverse(variance, c, eps) * (weight == 0 ? 1 : load<f32>(weight + c * 4));
      const shift: f32 = bias == 0 ? 0 : load<f32>(bias + c * 4);
      affine(x, y, spatial, load<f32>(mean + c * 4), scale, shift);
      x += spatial * 4;
      y += spatial * 4;
    }
  }
}

/**
 * dx, dweight[C], dbias[C] from dy. With `training` 1 mean and variance are those of x and dx goes through them, else
 * they are constants. Any of dx, dweight, dbias may be 0.
 */
export function batchNormGradient(
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
  spatial: i32,
  eps: f64,
  training: i32,
): void {
  batchNormGradientChannels(
    dy,
    x,
    mean,
    variance,
    weight,
    dx,
    dweight,
    dbias,
    batch,
    channels,
    spatial,
    eps,
    training,
    0,
    channels,
  );
}

/** Channels `from` to `to` of the gradients, the same bits in any split at multiples of 4. */
export function batchNormGradientChannels(
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
  spatial: i32,
  eps: f64,
  training: i32,
  from: i32,
  to: i32,
): void {
  if (spatial == 1) {
    lineGradient(dy, x, mean, variance, weight, dx, dweight, dbias, batch, channels, eps, training, from, to);
    return;
  }
  const count = <f64>batch * <f64>spatial;
  const step: usize = channels * spatial * 4;
  for (let c = from; c < to; c++) {
    const first: usize = c * spatial * 4;
    const centre = load<f32>(mean + c * 4);
    const rstd = inverse(variance, c, eps);
    let sum: f64 = 0;
    let products: f64 = 0;
    for (let n: usize = 0; n < <usize>batch; n++) {
      const at = first + n * step;
      sum += blockSum(dy + at, spatial);
      products += productsAround(dy + at, x + at, spatial, centre);
    }
    if (dweight != 0) store<f32>(dweight + c * 4, <f32>(products * rstd));
    if (dbias != 0) store<f32>(dbias + c * 4, <f32>sum);
    if (dx == 0) continue;
    const scale = rstd * (weight == 0 ? 1 : load<f32>(weight + c * 4));
    const share: f32 = training != 0 ? <f32>(sum / count) : 0;
    const slope: f32 = training != 0 ? <f32>((products / count) * rstd * rstd) : 0;
    for (let n: usize = 0; n < <usize>batch; n++) {
      const at = first + n * step;
      through(dy + at, x + at, dx + at, spatial, centre, share, slope, scale);
    }
  }
}

@inline
function inverse(variance: usize, c: i32, eps: f64): f32 {
  return <f32>(1 / sqrt(<f64>load<f32>(variance + c * 4) + eps));
}

/** y = (x - centre) * scale + shift. */
@inline
function affine(x: usize, y: usize, count: i32, centre: f32, scale: f32, shift: f32): void {
  const a = f32x4.splat(centre);
  const b = f32x4.splat(scale);
  const c = f32x4.splat(shift);
  let i: usize = 0;
  const bytes: usize = count * 4;
  for (; i + 16 <= bytes; i += 16) v128.store(y + i, madd(f32x4.sub(v128.load(x + i), a), b, c));
  for (; i < bytes; i += 4) {
    v128.store_lane<f32>(y + i, madd(f32x4.sub(v128.load32_zero(x + i), a), b, c), 0);
  }
}

/** dx = scale (dy - share - slope (x - centre)). */
@inline
export function through(
  dy: usize,
  x: usize,
  dx: usize,
  count: i32,
  centre: f32,
  share: f32,
  slope: f32,
  scale: f32,
): void {
  let i: usize = 0;
  const bytes: usize = count * 4;
  for (; i + 16 <= bytes; i += 16) {
    v128.store(dx + i, one(v128.load(dy + i), v128.load(x + i), centre, share, slope, scale));
  }
  for (; i < bytes; i += 4) {
    v128.store_lane<f32>(
      dx + i,
      one(v128.load32_zero(dy + i), v128.load32_zero(x + i), centre, share, slope, scale),
      0,
    );
  }
}

@inline
function one(dy: v128, x: v128, centre: f32, share: f32, slope: f32, scale: f32): v128 {
  const part = madd(f32x4.sub(x, f32x4.splat(centre)), f32x4.splat(-slope), f32x4.sub(dy, f32x4.splat(share)));
  return f32x4.mul(part, f32x4.splat(scale));
}
