import { horner } from "./horner.ts";

/** Terms of the power series of `J_ν` and `I_ν`, enough for the arguments below which they are used. */
const terms = 40;

/** The points of the trapezoidal rule, and up to where it is used. */
const points = 48;
const nearby = 10;

/** Bessel functions: the algorithms of `special/`, or their asymptotic series where float32 needs no more. */
export const besselNatives: Readonly<Record<string, string>> = {
  // e^-|x| I_ν(x)
  scaledBesselI: `fn scaledBesselI(order : f32, x : f32) -> f32 {
  let a = abs(x);
  if (isInf(a)) { return 0.0; }
  let sign = select(1.0, -1.0, order == 1.0 && x < 0.0);
  if (a > 12.0) {
    let t = 1.0 / (8.0 * a);
    let m = 4.0 * order;
    let series = 1.0 - (m - 1.0) * t * (1.0 - (m - 9.0) * t / 2.0 * (1.0 - (m - 25.0) * t / 3.0 *
      (1.0 - (m - 49.0) * t / 4.0 * (1.0 - (m - 81.0) * t / 5.0 * (1.0 - (m - 121.0) * t / 6.0)))));
    return sign * series / (${Math.sqrt(2 * Math.PI)} * sqrt(a));
  }
  let q = x * x * 0.25;
  var term = select(1.0, 0.5 * a, order == 1.0);
  var sum = term;
  for (var k = 1.0; k < ${terms}.0 && term > 1e-9 * sum; k += 1.0) {
    term *= q / (k * (k + order));
    sum += term;
  }
  return sign * sum * fn_exp(-a);
}`,
  fn_i0e: "fn fn_i0e(x : f32) -> f32 { return select(scaledBesselI(0.0, x), x, isNan(x)); }",
  fn_i1e: "fn fn_i1e(x : f32) -> f32 { return select(scaledBesselI(1.0, x), x, isNan(x)); }",
  besselI: `fn besselI(order : f32, x : f32) -> f32 {
  if (isNan(x)) { return x; }
  if (isInf(x)) { return select(infinity(), x, order == 1.0); }
  let half = fn_exp(0.5 * abs(x));
  return scaledBesselI(order, x) * half * half;
}`,
  fn_i0: "fn fn_i0(x : f32) -> f32 { return besselI(0.0, x); }",
  fn_i1: "fn fn_i1(x : f32) -> f32 { return besselI(1.0, x); }",
  // e^x K_ν(x) by the trapezoidal rule, as in special/
  scaledBesselK: `fn scaledBesselK(order : f32, x : f32) -> f32 {
  if (x == 0.0) { return infinity(); }
  if (isNan(x) || x < 0.0) { return notANumber(); }
  if (isInf(x)) { return 0.0; }
  let step = 0.3 * min(1.0, sqrt(10.0 / x));
  var sum = 0.5;
  for (var k = 1.0; k < 1000.0; k += 1.0) {
    let t = k * step;
    let sine = fn_sinh(0.5 * t);
    let fall = (2.0 * x * sine) * sine;
    if (fall > 20.0 + t) { break; }
    sum += fn_exp(-fall) * fn_cosh(order * t);
  }
  return sum * step;
}`,
  fn_scaledModifiedBesselK0: "fn fn_scaledModifiedBesselK0(x : f32) -> f32 { return scaledBesselK(0.0, x); }",
  fn_scaledModifiedBesselK1: "fn fn_scaledModifiedBesselK1(x : f32) -> f32 { return scaledBesselK(1.0, x); }",
  fn_modifiedBesselK0: "fn fn_modifiedBesselK0(x : f32) -> f32 { return scaledBesselK(0.0, x) * fn_exp(-x); }",
  fn_modifiedBesselK1: "fn fn_modifiedBesselK1(x : f32) -> f32 { return scaledBesselK(1.0, x) * fn_exp(-x); }",
  // J_n(x) by the trapezoidal rule over one turn of cos(nθ - x sin θ), which is exact where x is small beside its points.
  smallBesselJ: `fn smallBesselJ(order : f32, x : f32) -> f32 {
  var sum = 0.0;
  for (var k = 0.0; k < ${points}.0; k += 1.0) {
    let angle = ${(2 * Math.PI) / points} * (k + 0.5);
    sum += fn_cos(order * angle - x * fn_sin(angle));
  }
  return sum * ${1 / points};
}`,
  // J and Y by Hankel's expansion, for x ≥ 10.
  largeBessel: `fn largeBessel(order : f32, x : f32) -> vec2<f32> {
  if (isInf(x)) { return vec2<f32>(0.0); }
  var term = 1.0;
  var p = 1.0;
  var q = 0.0;
  for (var k = 1; k < 12; k++) {
    let odd = f32(2 * k - 1);
    term *= (4.0 * order - odd * odd) / (8.0 * f32(k) * x);
    let signed = select(-term, term, k % 4 < 2);
    if (k % 2 == 1) { q += signed; } else { p += signed; }
  }
  let both = sineAndCosine(x);
  let c = select(both.y + both.x, both.x - both.y, order == 1.0);
  let s = select(both.x - both.y, -both.x - both.y, order == 1.0);
  return vec2<f32>(p * c - q * s, p * s + q * c) * (${1 / Math.sqrt(Math.PI)} / sqrt(x));
}`,
  besselJ: `fn besselJ(order : f32, x : f32) -> f32 {
  if (isNan(x)) { return x; }
  let sign = select(1.0, -1.0, order == 1.0 && x < 0.0);
  let a = abs(x);
  if (a < 0.1 && order == 1.0) { return x * (0.5 - x * x * 0.0625); }
  if (a < ${nearby}.0) { return sign * smallBesselJ(order, a); }
  return sign * largeBessel(order, a).x;
}`,
  fn_besselJ0: "fn fn_besselJ0(x : f32) -> f32 { return besselJ(0.0, x); }",
  fn_besselJ1: "fn fn_besselJ1(x : f32) -> f32 { return besselJ(1.0, x); }",
  // Neumann's series in J, as in special/
  besselY: `fn besselY(order : f32, x : f32) -> f32 {
  if (x == 0.0) { return -infinity(); }
  if (isNan(x) || x < 0.0) { return notANumber(); }
  if (x >= ${nearby}.0) { return largeBessel(order, x).y; }
  var sum = 0.0;
  for (var k = 1; k < 14; k++) {
    let n = f32(k);
    let weight = select(1.0 / n, (2.0 * n + 1.0) / (n * (n + 1.0)), order == 1.0);
    sum += select(-1.0, 1.0, k % 2 == 0) * weight * smallBesselJ(2.0 * n + order, x);
  }
  let log = fn_log(0.5 * x) + 0.57721566490153286;
  if (order == 0.0) { return ${2 / Math.PI} * (log * besselJ(0.0, x) - 2.0 * sum); }
  return ${2 / Math.PI} * ((log - 1.0) * besselJ(1.0, x) - besselJ(0.0, x) / x - sum);
}`,
  fn_besselY0: "fn fn_besselY0(x : f32) -> f32 { return besselY(0.0, x); }",
  fn_besselY1: "fn fn_besselY1(x : f32) -> f32 { return besselY(1.0, x); }",
  fn_sphericalBesselJ0: `fn fn_sphericalBesselJ0(x : f32) -> f32 {
  if (isInf(x)) { return 0.0; }
  return select(fn_sin(x) / x, ${horner("x", [1, 0, -1 / 6])}, abs(x) < 1e-3);
}`,
};
