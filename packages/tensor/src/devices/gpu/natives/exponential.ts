import { horner } from "./horner.ts";

/** `(e^r - 1 - r) / r²` for `|r| ≤ log(2) / 2` */
const expTail = horner("r", [0.49999994, 0.16666521, 0.04166829, 0.0083687035, 0.0013818939]);

/** `(2^r - 1) / r` for `|r| ≤ ½` */
const exp2Tail = horner("r", [Math.LN2, 0.24022648, 0.055503596, 0.009618499, 0.001339097, 0.0001532931]);

/** `(log(1 + f) - f + f² / 2) / f³` for `|f| ≤ 1 / 3` */
const logTail = horner(
  "f",
  [0.33333215, -0.249998, 0.20010446, -0.16680376, 0.14005306, -0.12185714, 0.13986897, -0.12885657],
);

/** Sets `k` and `s`, with `e^c = (1 + s) 2^k`: `log(2)` is taken off in two parts. */
const reduce = `let k = round(c * ${Math.LOG2E});
  let r = c - k * 0.693359375 - k * -2.12194440e-4;
  let s = r + r * r * ${expTail};`;

/** Exponentials, logarithms and what is made of them, right to a few units in the last place of float32. */
export const exponentialNatives: Readonly<Record<string, string>> = {
  fn_exp: `fn fn_exp(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  let c = clamp(x, -104.0, 89.0);
  ${reduce}
  let half = floor(k * 0.5);
  return (1.0 + s) * twoTo(half) * twoTo(k - half);
}`,
  fn_expm1: `fn fn_expm1(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  let c = clamp(x, -18.0, 89.0);
  ${reduce}
  let h = twoTo(k - 1.0);
  return (h * s + (h - 0.5)) * 2.0;
}`,
  fn_exp2: `fn fn_exp2(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  return scaledTwoTo(clamp(x, -151.0, 129.0), 0.0);
}`,
  // 2^(x + more)
  scaledTwoTo: `fn scaledTwoTo(x : f32, more : f32) -> f32 {
  let k = round(x);
  let r = (x - k) + more;
  let half = floor(k * 0.5);
  return (1.0 + r * ${exp2Tail}) * twoTo(half) * twoTo(k - half);
}`,
  fn_sigmoid: `fn fn_sigmoid(x : f32) -> f32 {
  let e = fn_exp(-abs(x));
  return select(1.0, e, x < 0.0) / (1.0 + e);
}`,
  fn_tanh: `fn fn_tanh(x : f32) -> f32 {
  let e = fn_expm1(-2.0 * abs(x));
  return fn_copysign(e / (e + 2.0), x);
}`,
  fn_sinh: `fn fn_sinh(x : f32) -> f32 {
  let a = abs(x);
  let h = fn_exp(0.5 * a);
  let e = fn_expm1(min(a, 40.0));
  return fn_copysign(select(0.5 * (e + e / (e + 1.0)), 0.5 * h * h, a > 40.0 || isNan(x)), x);
}`,
  fn_cosh: `fn fn_cosh(x : f32) -> f32 {
  let h = fn_exp(0.5 * abs(x));
  let e = fn_exp(abs(x));
  return select(0.5 * e + 0.5 / e, 0.5 * h * h, abs(x) > 40.0);
}`,
  // x = 2^parts.x · m, and parts.y = log(m), for positive finite x.
  logParts: `fn logParts(x : f32) -> vec2<f32> {
  let small = x < 1.17549435e-38;
  let u = select(x, x * 16777216.0, small);
  let e = (bitcast<i32>(u) - 0x3f2aaaab) >> 23u;
  let f = bitcast<f32>(bitcast<i32>(u) - (e << 23u)) - 1.0;
  return vec2<f32>(f32(e) - select(0.0, 24.0, small), f + f * f * (f * ${logTail} - 0.5));
}`,
  // What no logarithm of a finite positive number is: 0 where x is one.
  logEdge: `fn logEdge(x : f32) -> f32 {
  if (x == 0.0) { return -infinity(); }
  if (isNan(x) || x < 0.0) { return notANumber(); }
  return select(0.0, x, isInf(x));
}`,
  fn_log: `fn fn_log(x : f32) -> f32 {
  let edge = logEdge(x);
  if (isNan(edge) || edge != 0.0) { return edge; }
  let parts = logParts(x);
  return parts.x * 0.693359375 + (parts.y + parts.x * -2.12194440e-4);
}`,
  fn_log2: `fn fn_log2(x : f32) -> f32 {
  let edge = logEdge(x);
  if (isNan(edge) || edge != 0.0) { return edge; }
  let parts = logParts(x);
  return parts.x + parts.y * ${Math.LOG2E};
}`,
  fn_log10: `fn fn_log10(x : f32) -> f32 {
  let edge = logEdge(x);
  if (isNan(edge) || edge != 0.0) { return edge; }
  let parts = logParts(x);
  return parts.x * 0.301025390625 + (parts.x * 4.6050389811952e-6 + parts.y * ${Math.LOG10E});
}`,
  fn_log1p: `fn fn_log1p(x : f32) -> f32 {
  let u = 1.0 + x;
  if (isNan(u) || u <= 0.0 || u > 1e8) { return fn_log(u); }
  let e = (bitcast<i32>(u) - 0x3f2aaaab) >> 23u;
  let scale = twoTo(f32(-e));
  let f = x * scale + (scale - 1.0);
  let k = f32(e);
  return k * 0.693359375 + (f + (f * f * (f * ${logTail} - 0.5) + k * -2.12194440e-4));
}`,
  fn_asinh: `fn fn_asinh(x : f32) -> f32 {
  let a = abs(x);
  let near = fn_log1p(a + a * a / (1.0 + sqrt(a * a + 1.0)));
  return fn_copysign(select(near, fn_log(a) + ${Math.LN2}, a > 1e9), x);
}`,
  fn_acosh: `fn fn_acosh(x : f32) -> f32 {
  if (isNan(x) || x < 1.0) { return notANumber(); }
  let t = x - 1.0;
  return select(fn_log1p(t + sqrt(2.0 * t + t * t)), fn_log(x) + ${Math.LN2}, x > 1e9);
}`,
  fn_atanh: `fn fn_atanh(x : f32) -> f32 {
  let a = abs(x);
  return fn_copysign(0.5 * fn_log1p(2.0 * a / (1.0 - a)), x);
}`,
  // log2(m) as a sum of two numbers, for positive finite m.
  exactLog2: `fn exactLog2(m : f32) -> vec2<f32> {
  let small = m < 1.17549435e-38;
  let u = select(m, m * 16777216.0, small);
  let e = (bitcast<i32>(u) - 0x3f2aaaab) >> 23u;
  let f = bitcast<f32>(bitcast<i32>(u) - (e << 23u)) - 1.0;
  let d = 2.0 + f;
  let s = f / d;
  let product = s * d;
  let rest = (((f - product) - productError(s, d, product)) - s * (f - (d - 2.0))) / d;
  let q = s * s;
  let more = rest + s * q * ${horner("q", [1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11, 1 / 13])};
  let sum = s + more;
  let low = (s - sum) + more;
  let whole = sum * 2.88539;
  let part = productError(sum, 2.88539, whole) + sum * 3.8519259822532e-8 + low * 2.8853900;
  let k = f32(e) - select(0.0, 24.0, small);
  let total = k + whole;
  return vec2<f32>(total, ((k - total) + whole) + part);
}`,
  fn_pow: `fn fn_pow(x : f32, y : f32) -> f32 {
  if (y == 0.0 || x == 1.0) { return 1.0; }
  if (isNan(x) || isNan(y)) { return notANumber(); }
  let m = abs(x);
  if (m == 1.0 && isInf(y)) { return 1.0; }
  var power : f32;
  if (m == 0.0 || isInf(m) || isInf(y)) { power = select(0.0, infinity(), (m > 1.0) == (y > 0.0)); }
  else {
    let log = exactLog2(m);
    let p = y * log.x;
    if (abs(p) > 200.0) { power = select(0.0, infinity(), p > 0.0); }
    else { power = scaledTwoTo(clamp(p, -151.0, 129.0), productError(y, log.x, p) + y * log.y); }
  }
  if (!isNegative(x)) { return power; }
  let whole = trunc(y) == y;
  if (whole && abs(y) < 16777216.0 && (i32(abs(y)) & 1) == 1) { return -power; }
  return select(power, notANumber(), !whole && m != 0.0 && !isInf(m));
}`,
};
