/** Small f32x4 vocabulary shared by every kernel. `madd` fuses only in the relaxed build. */

@inline
export function madd(x: v128, y: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, z);
  return f32x4.add(f32x4.mul(x, y), z);
}

/** Sum of the four lanes, pairwise. */
@inline
export function laneSum(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3));
}

/** Sum of the four lanes in double precision. */
@inline
export function laneSumDouble(x: v128): f64 {
  const pair = f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 0, 1)));
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** Largest lane of a vector without NaN. */
@inline
export function laneMax(x: v128): f32 {
  const y = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(y, v128.shuffle<f32>(y, y, 1, 0, 3, 2)), 0);
}

/** Loads `count` (1 to 3) floats into the low lanes, zeros above. */
@inline
export function loadPart(address: usize, count: i32): v128 {
  if (count == 1) return v128.load32_zero(address);
  const low = v128.load64_zero(address);
  return count == 2 ? low : v128.load_lane<f32>(address, low, 2, 8);
}

/** Stores the low `count` (1 to 3) lanes. */
@inline
export function storePart(address: usize, x: v128, count: i32): void {
  if (count == 1) {
    v128.store_lane<f32>(address, x, 0);
  } else {
    v128.store_lane<f64>(address, x, 0);
    if (count == 3) v128.store_lane<f32>(address, x, 2, 8);
  }
}

/** The low `count` (1 to 4) lanes. */
@inline
export function readLanes(address: usize, count: i32): v128 {
  return count == 4 ? v128.load(address) : loadPart(address, count);
}

/** Stores the low `count` (1 to 4) lanes. */
@inline
export function writeLanes(address: usize, x: v128, count: i32): void {
  if (count == 4) v128.store(address, x);
  else storePart(address, x, count);
}

/**
 * Twelve constants for `expNegative` in three vectors. `one` is 1 that the compiler cannot see through: engines build a
 * vector constant anew at every use, which costs more than a shuffle of one that stays in a register.
 */
@inline
export function expBounds(one: f32): v128 {
  return f32x4.mul(f32x4(-104.0, 1.44269504, 12582912.0, 1.0), f32x4.splat(one));
}

@inline
export function expParts(one: f32): v128 {
  return f32x4.mul(f32x4(-0.693359375, 2.1219444e-4, 1.9875691e-4, 1.3981999e-3), f32x4.splat(one));
}

@inline
export function expSeries(one: f32): v128 {
  return f32x4.mul(f32x4(8.3334519e-3, 4.1665795e-2, 1.6666665e-1, 0.5), f32x4.splat(one));
}

/** 1, for any count, in a way that is not folded. */
@inline
export function opaqueOne(count: i32): f32 {
  return <f32>count - <f32>count + 1;
}

/** e^x for x <= 0 (and NaN): Cody-Waite reduction, a polynomial, scaling in two steps so that subnormals are right. */
@inline
export function expNegative(value: v128, bounds: v128, parts: v128, series: v128): v128 {
  const x = f32x4.pmax(value, v128.shuffle<f32>(bounds, bounds, 0, 0, 0, 0));
  const magic = v128.shuffle<f32>(bounds, bounds, 2, 2, 2, 2);
  const unit = v128.shuffle<f32>(bounds, bounds, 3, 3, 3, 3);
  const shifted = madd(x, v128.shuffle<f32>(bounds, bounds, 1, 1, 1, 1), magic);
  const n = f32x4.sub(shifted, magic);
  let r = madd(n, v128.shuffle<f32>(parts, parts, 0, 0, 0, 0), x);
  r = madd(n, v128.shuffle<f32>(parts, parts, 1, 1, 1, 1), r);
  let p = madd(r, v128.shuffle<f32>(parts, parts, 2, 2, 2, 2), v128.shuffle<f32>(parts, parts, 3, 3, 3, 3));
  p = madd(p, r, v128.shuffle<f32>(series, series, 0, 0, 0, 0));
  p = madd(p, r, v128.shuffle<f32>(series, series, 1, 1, 1, 1));
  p = madd(p, r, v128.shuffle<f32>(series, series, 2, 2, 2, 2));
  p = madd(p, r, v128.shuffle<f32>(series, series, 3, 3, 3, 3));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), unit);
  const exponent = i32x4.shl(shifted, 23);
  const half = i32x4.shl(i32x4.shr_s(exponent, 24), 23);
  const rest = i32x4.sub(exponent, half);
  return f32x4.mul(f32x4.mul(p, i32x4.add(half, unit)), i32x4.add(rest, unit));
}

/** Natural logarithm of a positive finite, infinite or NaN double, by the series of atanh. */
export function logDouble(x: f64): f64 {
  if (!(x > 0) || x == Infinity) return x == 0 ? -Infinity : x > 0 ? x : NaN;
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  let series: f64 = 1.0 / 17;
  series = series * q + 1.0 / 15;
  series = series * q + 1.0 / 13;
  series = series * q + 1.0 / 11;
  series = series * q + 1.0 / 9;
  series = series * q + 1.0 / 7;
  series = series * q + 1.0 / 5;
  series = series * q + 1.0 / 3;
  return <f64>exponent * 0.6931471805599453 + 2 * s * (series * q + 1);
}
