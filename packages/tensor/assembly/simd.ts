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
