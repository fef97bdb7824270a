/** Functions of the bits of a number: drivers may take NaN and infinity for impossible wherever they only see values. */
export const bitNatives: Readonly<Record<string, string>> = {
  isNan: "fn isNan(x : f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }",
  isInf: "fn isInf(x : f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) == 0x7f800000u; }",
  isNegative: "fn isNegative(x : f32) -> bool { return (bitcast<u32>(x) >> 31u) == 1u; }",
  // Variables: a constant that is no finite number does not compile.
  infinity: "fn infinity() -> f32 { var bits = 0x7f800000u; return bitcast<f32>(bits); }",
  notANumber: "fn notANumber() -> f32 { var bits = 0x7fc00000u; return bitcast<f32>(bits); }",
  twoTo: "fn twoTo(k : f32) -> f32 { return bitcast<f32>(u32(i32(k) + 127) << 23u); }",
  // The upper bits of x: products of two such are exact.
  upper: "fn upper(x : f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) & 0xfffff000u); }",
  // What p, the rounded product of x and y, lacks.
  productError: `fn productError(x : f32, y : f32, p : f32) -> f32 {
  let a = upper(x);
  let b = upper(y);
  return ((a * b - p) + a * (y - b) + (x - a) * b) + (x - a) * (y - b);
}`,
  fn_infinity: "fn fn_infinity() -> f32 { return infinity(); }",
  fn_notANumber: "fn fn_notANumber() -> f32 { return notANumber(); }",
  fn_isnan: "fn fn_isnan(x : f32) -> f32 { return select(0.0, 1.0, isNan(x)); }",
  fn_isinf: "fn fn_isinf(x : f32) -> f32 { return select(0.0, 1.0, isInf(x)); }",
  fn_isfinite: "fn fn_isfinite(x : f32) -> f32 { return select(1.0, 0.0, isNan(x) || isInf(x)); }",
  fn_copysign: `fn fn_copysign(x : f32, y : f32) -> f32 {
  return bitcast<f32>((bitcast<u32>(x) & 0x7fffffffu) | (bitcast<u32>(y) & 0x80000000u));
}`,
  fn_max: `fn fn_max(x : f32, y : f32) -> f32 {
  if (isNan(x)) { return x; }
  if (isNan(y)) { return y; }
  return select(y, x, x > y);
}`,
  fn_min: `fn fn_min(x : f32, y : f32) -> f32 {
  if (isNan(x)) { return x; }
  if (isNan(y)) { return y; }
  return select(y, x, x < y);
}`,
  fn_fmax: `fn fn_fmax(x : f32, y : f32) -> f32 {
  if (isNan(x)) { return y; }
  if (isNan(y)) { return x; }
  return select(y, x, x > y);
}`,
  fn_fmin: `fn fn_fmin(x : f32, y : f32) -> f32 {
  if (isNan(x)) { return y; }
  if (isNan(y)) { return x; }
  return select(y, x, x < y);
}`,
  fn_relu: "fn fn_relu(x : f32) -> f32 { return select(select(0.0, x, x > 0.0), x, isNan(x)); }",
  fn_clamp: "fn fn_clamp(x : f32, low : f32, high : f32) -> f32 { return fn_min(fn_max(x, low), high); }",
  fn_round: "fn fn_round(x : f32) -> f32 { return round(x); }",
  // By halving: the remainder is exact however large the quotient is.
  fn_fmod: `fn fn_fmod(x : f32, y : f32) -> f32 {
  if (isNan(x) || isNan(y) || isInf(x) || y == 0.0) { return notANumber(); }
  if (isInf(y) || abs(x) < abs(y)) { return x; }
  var rest = abs(x);
  let divisor = abs(y);
  loop {
    if (rest < divisor) { break; }
    let gap = (bitcast<i32>(rest) >> 23u) - (bitcast<i32>(divisor) >> 23u);
    var part = divisor * twoTo(f32(min(gap, 126))) * twoTo(f32(max(gap - 126, 0)));
    if (part > rest) { part *= 0.5; }
    rest -= part;
  }
  return fn_copysign(rest, x);
}`,
  fn_remainder: `fn fn_remainder(x : f32, y : f32) -> f32 {
  let rest = fn_fmod(x, y);
  return select(rest, rest + y, rest != 0.0 && (rest < 0.0) != (y < 0.0));
}`,
  fn_floorDivide: `fn fn_floorDivide(x : f32, y : f32) -> f32 {
  if (y == 0.0) { return x / y; }
  let rest = fn_fmod(x, y);
  if (isNan(rest)) { return rest; }
  var quotient = (x - rest) / y;
  if (rest != 0.0 && (rest < 0.0) != (y < 0.0)) { quotient -= 1.0; }
  if (quotient == 0.0) { return fn_copysign(0.0, select(1.0, -1.0, isNegative(x) != isNegative(y))); }
  let below = floor(quotient);
  return select(below, below + 1.0, quotient - below > 0.5);
}`,
  fn_hypot: `fn fn_hypot(x : f32, y : f32) -> f32 {
  if (isInf(x) || isInf(y)) { return infinity(); }
  let larger = max(abs(x), abs(y));
  if (larger == 0.0 || isNan(x) || isNan(y)) { return abs(x) + abs(y); }
  let scale = twoTo(clamp(f32((bitcast<i32>(larger) >> 23u) - 127), -125.0, 125.0));
  return scale * sqrt((x / scale) * (x / scale) + (y / scale) * (y / scale));
}`,
};
