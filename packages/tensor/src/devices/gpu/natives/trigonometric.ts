import { horner } from "./horner.ts";

/** `arctan(v) / v` by powers of `u = v²`, `v ≤ tan(π / 8)` */
const atanSeries = horner(
  "u",
  [1, -0.3333333333087, 0.1999999961321, -0.1428569080983, 0.1111039384587, -0.09078501093, 0.075644522083],
);

const sinSeries = horner("u", [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880]);
const cosSeries = horner("u", [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800]);

/** Angles: WGSL's own functions err by up to 2^-11. */
export const trigonometricNatives: Readonly<Record<string, string>> = {
  highProduct: `fn highProduct(x : u32, y : u32) -> u32 {
  let low = (x & 0xffffu) * (y & 0xffffu);
  let middle = (x >> 16u) * (y & 0xffffu) + (low >> 16u);
  let other = (x & 0xffffu) * (y >> 16u) + (middle & 0xffffu);
  return (x >> 16u) * (y >> 16u) + (middle >> 16u) + (other >> 16u);
}`,
  // Payne and Hanek: x · 2/π in fixed point, from those bits of 2/π that matter.
  reduceLargeAngle: `fn reduceLargeAngle(x : f32) -> vec2<f32> {
  var twoOverPi = array<u32, 7>(0u, 0x28be60dbu, 0x9391054au, 0x7f09d5f4u, 0x7d4d3770u, 0x36d8a566u, 0x4f10e410u);
  let bits = bitcast<u32>(x);
  let mantissa = ((bits & 0x7fffffu) << 8u) | 0x80000000u;
  let exponent = (bits >> 23u) - 126u;
  let at = exponent >> 5u;
  let shift = exponent & 31u;
  var high = twoOverPi[at];
  var middle = twoOverPi[at + 1u];
  var low = twoOverPi[at + 2u];
  if (shift != 0u) {
    high = (high << shift) | (middle >> (32u - shift));
    middle = (middle << shift) | (low >> (32u - shift));
    low = (low << shift) | (twoOverPi[at + 3u] >> (32u - shift));
  }
  let carried = highProduct(mantissa, low);
  let fraction = carried + mantissa * middle;
  let top = mantissa * high + highProduct(mantissa, middle) + select(0u, 1u, fraction < carried);
  var rest = i32(top & 0x3fffffffu);
  var quadrant = top >> 30u;
  if (rest >= 0x20000000) {
    rest -= 0x40000000;
    quadrant += 1u;
  }
  let turned = (f32(rest) * 4294967296.0 + f32(fraction)) * ${Math.PI / 2 / 2 ** 62};
  return vec2<f32>(turned, f32(quadrant & 3u));
}`,
  // What is left of |x| after quarters of a turn, and how many they were.
  reduceAngle: `fn reduceAngle(x : f32) -> vec2<f32> {
  if (x > 4096.0) { return reduceLargeAngle(x); }
  let k = round(x * ${2 / Math.PI});
  return vec2<f32>(
    ((x - k * 1.5703125) - k * 4.837512969970703125e-4) - k * 7.54978995489188216e-8,
    f32(u32(k) & 3u));
}`,
  // Sine and cosine.
  sineAndCosine: `fn sineAndCosine(x : f32) -> vec2<f32> {
  if (isNan(x) || isInf(x)) { return vec2<f32>(notANumber()); }
  let reduced = reduceAngle(abs(x));
  let r = reduced.x;
  let u = r * r;
  let s = r * ${sinSeries};
  let c = ${cosSeries};
  var both = vec2<f32>(s, c);
  if (reduced.y == 1.0) { both = vec2<f32>(c, -s); }
  if (reduced.y == 2.0) { both = vec2<f32>(-s, -c); }
  if (reduced.y == 3.0) { both = vec2<f32>(-c, s); }
  return vec2<f32>(select(both.x, -both.x, isNegative(x)), both.y);
}`,
  fn_sin: "fn fn_sin(x : f32) -> f32 { return sineAndCosine(x).x; }",
  fn_cos: "fn fn_cos(x : f32) -> f32 { return sineAndCosine(x).y; }",
  fn_tan: `fn fn_tan(x : f32) -> f32 {
  let both = sineAndCosine(x);
  return both.x / both.y;
}`,
  fn_atan: `fn fn_atan(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  let a = abs(x);
  let t = select(a, 1.0 / a, a > 1.0);
  let turned = t > ${Math.SQRT2 - 1};
  let v = select(t, (t - 1.0) / (t + 1.0), turned);
  let u = v * v;
  let p = v * ${atanSeries};
  let q = select(p, p + ${Math.PI / 4}, turned);
  return fn_copysign(select(q, ${Math.PI / 2} - q, a > 1.0), x);
}`,
  fn_atan2: `fn fn_atan2(x : f32, y : f32) -> f32 {
  if (isNan(x) || isNan(y)) { return notANumber(); }
  let a = abs(x);
  let b = abs(y);
  var t = ${Math.PI / 4};
  if (a != b) { t = fn_atan(a / b); }
  else if (a == 0.0) { t = 0.0; }
  return fn_copysign(select(t, ${Math.PI} - t, isNegative(y)), x);
}`,
  fn_asin: `fn fn_asin(x : f32) -> f32 {
  if (isNan(x) || abs(x) > 1.0) { return notANumber(); }
  if (abs(x) == 1.0) { return x * ${Math.PI / 2}; }
  return fn_atan(x / sqrt((1.0 - x) * (1.0 + x)));
}`,
  fn_acos: `fn fn_acos(x : f32) -> f32 {
  if (isNan(x) || abs(x) > 1.0) { return notANumber(); }
  if (x == -1.0) { return ${Math.PI}; }
  return 2.0 * fn_atan(sqrt((1.0 - x) / (1.0 + x)));
}`,
};
