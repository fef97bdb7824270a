import { horner } from "./horner.ts";

const numbers = (values: readonly number[]): string => values.map((value) => value.toExponential()).join(", ");

/** `(a + 2) e^(a²) erfc(a)` by powers of `u = (a - 2) / (a + 2)`, `a ≥ 0`; the first coefficient is added on its own. */
const erfcTail = horner(
  "u",
  [
    -0.68716085, 0.27947137, -0.036436766, -0.021501957, 0.0064383554, 0.0030410974, -0.0007309847, -0.0005278479,
    -4.4325825e-5,
  ],
);

/** `erf(x) / x` by powers of `u = x²`, `|x| < 1`: the Maclaurin series. */
const erfSeries = horner(
  "u",
  Array.from({ length: 11 }, (_, k) => ((2 / Math.sqrt(Math.PI)) * (-1) ** k) / (factorial(k) * (2 * k + 1))),
);

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** `(-1)^k (ζ(k) - 1) / k` for k = 2, 3, … */
const zetaLessOne = [
  0.322467033424113218, -0.0673523010531980951, 0.0205808084277845479, -0.00738555102867398527, 0.00289051033074152329,
  -0.00119275391170326098, 0.000509669524743042422, -0.00022315475845357938, 0.0000994575127818085337,
  -0.0000449262367381331417, 0.0000205072127756706916, -9.4394882752683959e-6, 4.3748667899074878e-6,
  -2.03921575380136624e-6,
];

/** `B(2k) / (2k)!` for k = 1, 2, … */
const bernoulliOverFactorial = [1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160];

/** The error function, the gamma function and their kin, as `special/` computes them in float64, with fewer terms. */
export const specialNatives: Readonly<Record<string, string>> = {
  fn_erf: `fn fn_erf(x : f32) -> f32 {
  let u = x * x;
  if (abs(x) < 1.0) { return x * ${erfSeries}; }
  if (isNan(x)) { return x; }
  return fn_copysign(1.0 - fn_erfc(abs(x)), x);
}`,
  fn_erfc: `fn fn_erfc(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  let a = min(abs(x), 10.1);
  let y = scaledErfc(a) * expMinusSquare(a);
  return select(y, 2.0 - y, x < 0.0);
}`,
  // e^(a²) erfc(a), a ≥ 0
  scaledErfc: `fn scaledErfc(a : f32) -> f32 {
  let u = (a - 2.0) / (a + 2.0);
  return (1.0215827 + u * ${erfcTail}) / (a + 2.0);
}`,
  // Without the error that rounding a² would bring.
  expMinusSquare: `fn expMinusSquare(a : f32) -> f32 {
  let b = upper(a);
  return fn_exp(-b * b) * fn_exp(-(a - b) * (a + b));
}`,
  fn_erfcx: `fn fn_erfcx(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  if (x > 10.0) {
    let u = 0.5 / (x * x);
    return ${1 / Math.sqrt(Math.PI)} / x * (1.0 - u * (1.0 - 3.0 * u));
  }
  if (x >= 0.0) { return scaledErfc(x); }
  if (x < -9.5) { return infinity(); }
  let b = upper(x);
  return 2.0 * fn_exp(b * b) * fn_exp((x - b) * (x + b)) - scaledErfc(-x);
}`,
  // Winitzki's estimate, then Halley's method.
  fn_erfinv: `fn fn_erfinv(x : f32) -> f32 {
  let a = abs(x);
  if (isNan(x) || a > 1.0) { return notANumber(); }
  if (a == 1.0) { return fn_copysign(infinity(), x); }
  if (a < 1e-4) { return x * ${Math.sqrt(Math.PI) / 2} * (1.0 + ${Math.PI / 12} * x * x); }
  let l = fn_log1p(-x * x);
  let middle = ${2 / (Math.PI * 0.147)} + 0.5 * l;
  var y = sqrt(sqrt(middle * middle - l * ${1 / 0.147}) - middle);
  for (var step = 0; step < 3; step++) {
    var error = fn_erf(y) - a;
    if (a >= 0.5) { error = (1.0 - a) - fn_erfc(y); }
    let correction = error * ${Math.sqrt(Math.PI) / 2} / expMinusSquare(y);
    y -= correction / (1.0 + y * correction);
  }
  return fn_copysign(y, x);
}`,
  fn_logNdtr: `fn fn_logNdtr(x : f32) -> f32 {
  if (x < -1.0) { return fn_log(0.5 * fn_erfcx(-x * ${Math.SQRT1_2})) - 0.5 * x * x; }
  return fn_log1p(-0.5 * fn_erfc(x * ${Math.SQRT1_2}));
}`,
  fn_ndtri: `fn fn_ndtri(p : f32) -> f32 {
  if (isNan(p) || p < 0.0 || p > 1.0) { return notANumber(); }
  if (p == 0.0 || p == 1.0) { return select(infinity(), -infinity(), p == 0.0); }
  let q = select(p, 1.0 - p, p > 0.5);
  var x = ${Math.SQRT2} * fn_erfinv(2.0 * q - 1.0);
  if (q <= 0.05) {
    let goal = fn_log(q);
    x = -sqrt(-2.0 * goal - fn_log(${-4 * Math.PI} * goal));
    for (var step = 0; step < 6; step++) {
      let value = fn_logNdtr(x);
      x -= (value - goal) / (fn_exp(-0.5 * x * x - value) * ${1 / Math.sqrt(2 * Math.PI)});
    }
  }
  return select(x, -x, p > 0.5);
}`,
  // lgamma(2 + e), |e| ≤ ½
  gammaAroundTwo: `fn gammaAroundTwo(e : f32) -> f32 {
  return e * (0.42278433509846713939 + e * ${horner("e", zetaLessOne)});
}`,
  sinPi: `fn sinPi(x : f32) -> f32 {
  let nearest = round(x);
  return select(1.0, -1.0, abs(nearest % 2.0) == 1.0) * fn_sin(${Math.PI} * (x - nearest));
}`,
  positiveLgamma: `fn positiveLgamma(x : f32) -> f32 {
  if (x < 0.5) { return gammaAroundTwo(x) - fn_log1p(x) - fn_log(x); }
  if (x < 1.5) { return gammaAroundTwo(x - 1.0) - fn_log1p(x - 1.0); }
  if (x < 12.0) {
    var rest = x;
    var product = 1.0;
    while (rest >= 2.5) {
      rest -= 1.0;
      product *= rest;
    }
    return fn_log(product) + gammaAroundTwo(rest - 2.0);
  }
  let u = 1.0 / (x * x);
  return (x - 0.5) * (fn_log(x) - 1.0) + (${Math.log(2 * Math.PI) / 2 - 0.5} + ${horner("u", [1 / 12, -1 / 360, 1 / 1260])} / x);
}`,
  fn_lgamma: `fn fn_lgamma(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  if (isInf(x)) { return infinity(); }
  if (x > 0.0) { return positiveLgamma(x); }
  let sine = abs(sinPi(x));
  if (sine == 0.0) { return infinity(); }
  return fn_log(${Math.PI} / sine) - positiveLgamma(1.0 - x);
}`,
  positiveDigamma: `fn positiveDigamma(x : f32) -> f32 {
  var shifted = x;
  var sum = 0.0;
  while (shifted < 8.0) {
    sum += 1.0 / shifted;
    shifted += 1.0;
  }
  let u = 1.0 / (shifted * shifted);
  return (fn_log(shifted) - 0.5 / shifted - u * ${horner("u", [1 / 12, -1 / 120, 1 / 252, -1 / 240])}) - sum;
}`,
  fn_digamma: `fn fn_digamma(x : f32) -> f32 {
  if (isNan(x)) { return x; }
  if (x == 0.0) { return -fn_copysign(infinity(), x); }
  if (isInf(x)) { return select(x, notANumber(), x < 0.0); }
  if (x > 0.0) { return positiveDigamma(x); }
  let rest = x - round(x);
  if (rest == 0.0) { return notANumber(); }
  return positiveDigamma(1.0 - x) - ${Math.PI} / fn_tan(${Math.PI} * rest);
}`,
  // Euler and Maclaurin, x > 0
  positiveZeta: `fn positiveZeta(s : f32, x : f32) -> f32 {
  if (isInf(x)) { return 0.0; }
  var terms = array<f32, ${bernoulliOverFactorial.length}>(${numbers(bernoulliOverFactorial)});
  var shifted = x;
  var sum = 0.0;
  while (shifted < 10.0) {
    sum += fn_pow(shifted, -s);
    shifted += 1.0;
  }
  let power = fn_pow(shifted, -s);
  if (power == 0.0) { return sum; }
  var rise = s * power / shifted;
  sum += power * shifted / (s - 1.0) + 0.5 * power;
  for (var k = 0; k < ${bernoulliOverFactorial.length}; k++) {
    sum += terms[k] * rise;
    rise *= (s + f32(2 * k + 1)) * (s + f32(2 * k + 2)) / (shifted * shifted);
  }
  return sum;
}`,
  hurwitzZeta: `fn hurwitzZeta(s : f32, x : f32) -> f32 {
  if (x > 0.0) { return positiveZeta(s, x); }
  if (isNan(x)) { return x; }
  if (floor(x) == x) { return infinity(); }
  // The terms whose argument is negative, one by one from both of their ends.
  let negative = positiveZeta(s, ceil(x) - x) - positiveZeta(s, 1.0 - x);
  return select(-negative, negative, s % 2.0 == 0.0) + positiveZeta(s, x - floor(x));
}`,
  fn_zeta: `fn fn_zeta(s : f32, q : f32) -> f32 {
  if (s == 1.0) { return infinity(); }
  if (isNan(s) || s < 1.0) { return notANumber(); }
  if (q <= 0.0) {
    if (floor(q) == q || isInf(s)) { return infinity(); }
    if (floor(s) != s) { return notANumber(); }
  }
  return hurwitzZeta(s, q);
}`,
  fn_polygamma: `fn fn_polygamma(x : f32, n : f32) -> f32 {
  var factorial = 1.0;
  for (var k = 2.0; k <= n; k += 1.0) { factorial *= k; }
  return select(1.0, -1.0, n % 2.0 == 0.0) * factorial * hurwitzZeta(n + 1.0, x);
}`,
  fn_frexpMantissa: `fn fn_frexpMantissa(x : f32) -> f32 {
  if (x == 0.0 || isNan(x) || isInf(x)) { return x; }
  return frexp(x).fract;
}`,
  fn_frexpExponent: `fn fn_frexpExponent(x : f32) -> f32 {
  if (x == 0.0 || isNan(x) || isInf(x)) { return 0.0; }
  return f32(frexp(x).exp);
}`,
};
