/** Sums that norms need, float32 lanes over short runs and double precision across runs. */
import { laneSumDouble } from "./simd";

const RUN: usize = 1024;

/** Sum of (x - mean)^2 over `count` floats. */
export function squaresAround(x: usize, count: i32, mean: f32): f64 {
  const shift = f32x4.splat(mean);
  const end = x + count * 4;
  let total: f64 = 0;
  while (x + 16 <= end) {
    const stop = min(x + RUN, end) - 15;
    let a = i32x4.splat(0);
    let b = a;
    for (; x + 16 < stop; x += 32) {
      const u = f32x4.sub(v128.load(x), shift);
      const v = f32x4.sub(v128.load(x, 16), shift);
      a = f32x4.add(a, f32x4.mul(u, u));
      b = f32x4.add(b, f32x4.mul(v, v));
    }
    for (; x < stop; x += 16) {
      const u = f32x4.sub(v128.load(x), shift);
      a = f32x4.add(a, f32x4.mul(u, u));
    }
    total += laneSumDouble(f32x4.add(a, b));
  }
  for (; x < end; x += 4) {
    const u = load<f32>(x) - mean;
    total += u * u;
  }
  return total;
}

/** Sum of y (x - mean) over `count` floats. */
export function productsAround(y: usize, x: usize, count: i32, mean: f32): f64 {
  const shift = f32x4.splat(mean);
  const end = x + count * 4;
  let total: f64 = 0;
  while (x + 16 <= end) {
    const stop = min(x + RUN, end) - 15;
    let a = i32x4.splat(0);
    let b = a;
    for (; x + 16 < stop; x += 32) {
      a = f32x4.add(a, f32x4.mul(v128.load(y), f32x4.sub(v128.load(x), shift)));
      b = f32x4.add(b, f32x4.mul(v128.load(y, 16), f32x4.sub(v128.load(x, 16), shift)));
      y += 32;
    }
    for (; x < stop; x += 16) {
      a = f32x4.add(a, f32x4.mul(v128.load(y), f32x4.sub(v128.load(x), shift)));
      y += 16;
    }
    total += laneSumDouble(f32x4.add(a, b));
  }
  for (; x < end; x += 4) {
    total += load<f32>(y) * (load<f32>(x) - mean);
    y += 4;
  }
  return total;
}
