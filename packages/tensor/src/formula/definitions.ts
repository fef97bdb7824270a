import type { FunctionName, MachineWord } from "./names.ts";

/*
 * Functions as formulas over WebAssembly instructions; x, y and z are the arguments. `wide` and `narrow`
 * go to float64 lanes and back: there, a short series gives the float32 result to the last bit, and
 * cancellation costs nothing. The functions that networks spend their time in stay in float32.
 *
 * Polynomials were fitted to the functions in 30 and 60 digits, at Chebyshev nodes.
 */

/** `c0 + c1 v + c2 v² + …` by Horner's scheme: as few instructions as there are. */
const polynomial = (variable: string, coefficients: readonly number[]): string =>
  coefficients
    .slice(0, -1)
    .reduceRight((rest, coefficient) => `madd(${rest}, ${variable}, ${coefficient})`, `${coefficients.at(-1)}`);

/** The same in pairs by powers of `square`, which the formula needs anyway: half as many wait for one another. */
function paired(variable: string, square: string, coefficients: readonly number[]): string {
  const pairs = coefficients.flatMap((low, i) => {
    const high = coefficients[i + 1];
    return i % 2 === 1 ? [] : [high === undefined ? `${low}` : `madd(${high}, ${variable}, ${low})`];
  });
  return pairs.reduceRight((rest, pair) => `madd(${rest}, ${square}, ${pair})`);
}

/** `(e^r - 1 - r) / r²` for `|r| ≤ log(2) / 2` */
const expTail = paired("r", "q", [0.49999994, 0.16666521, 0.04166829, 0.0083687035, 0.0013818939]);

/** `(log(1 + f) - f + f² / 2) / f³` for `|f| ≤ 1 / 3` */
const logTail = paired(
  "f",
  "g",
  [0.33333215, -0.249998, 0.20010446, -0.16680376, 0.14005306, -0.12185714, 0.13986897, -0.12885657],
);

/** `k log(2) + log(1 + f) = log(u)`, and what it is at 0, infinity, NaN and below 0. */
const logarithm = `let g = f * f;
  let y = madd(k, 0.693359375, f + madd(g, madd(f, ${logTail}, -0.5), k * -2.12194440e-4));
  u > 0 ? (u == inf ? inf : y) : u == 0 ? -inf : nan`;

/**
 * `c = k log(2) + r + more` by Cody and Waite, and `s = e^r - 1`. The lowest bits of t hold `k + bias`: shifted to the
 * left they are a power of two.
 */
const reduceExp = (bias: number, more = ""): string => `let t = madd(c, ${Math.LOG2E}, ${12582912 + bias});
  let k = t - ${12582912 + bias};
  let r = madd(k, 2.12194440e-4, madd(k, -0.693359375, c))${more};
  let q = r * r;
  let s = madd(q, ${expTail}, r);`;

/** `(2^r - 1) / r` for `|r| ≤ ½` */
const exp2Tail = polynomial("r", [Math.LN2, 0.24022648, 0.055503596, 0.009618499, 0.001339097, 0.0001532931]);

/** `(1 + s) 2^k`, with `2^k` as two factors because it may not fit in one; t has the bias 254. */
const scale = `let h = bits(shiftLeftBits(t, 22), -inf);
  madd(s, h, h) * subBits(shiftLeftBits(t, 23), h)`;

/** `e^r` for `|r| ≤ log(2) / 2` */
const expSeries = polynomial(
  "r",
  [
    1, 1, 0.4999999999944, 0.1666666666655, 0.0416666670406, 0.00833333338567, 0.00138888017451, 0.000198411702665,
    2.48844616e-5, 2.76401822e-6,
  ],
);

/** `artanh(s) / s` by powers of `s²`, `s = (m - 1) / (m + 1)`, `√½ ≤ m ≤ √2` */
const logSeries = polynomial(
  "u",
  [1, 0.3333333333328, 0.2000000003098, 0.142857079946, 0.11111718323, 0.09060935516, 0.08419189136],
);

/** `arctan(v) / v` by powers of `v²`, `v ≤ tan(π / 8)` */
const atanSeries = polynomial(
  "u",
  [
    1, -0.3333333333087, 0.1999999961321, -0.1428569080983, 0.1111039384587, -0.09078501093, 0.075644522083,
    -0.05877183848, 0.030701377055,
  ],
);

const sinSeries = polynomial("u", [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800]);
const cosSeries = polynomial("u", [1, -1 / 2, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600]);

/** `log2(erfc(a)) / a` for `0 ≤ a ≤ 4` */
const erfcLog = paired(
  "a",
  "v",
  [-1.627907, -0.9184447, -0.14832157, 0.02785221, -0.00026511124, -0.0018281671, 0.0005573538, -5.975384e-5],
);

/** `(erfc(a)^(-1/8) - 1) / a` for `0 ≤ a ≤ 4.2`; beyond, it grows on. The power of -8 errs by at most 1e-6. */
const erfcRoot = paired(
  "a",
  "v",
  [
    0.141048262, 0.0895093448, 0.0246385555, 0.00307889796, 0.00181511445, -1.90978434e-4, 2.69154594e-4,
    -6.79418219e-5, 1.17583607e-5,
  ],
);

/** `(a + 2) e^(a²) erfc(a)` by powers of `u = (a - 2) / (a + 2)`, `a ≥ 0`; the last step on its own errs least. */
const erfcTail = polynomial(
  "u",
  [
    -0.68716085, 0.27947137, -0.036436766, -0.021501957, 0.0064383554, 0.0030410974, -0.0007309847, -0.0005278479,
    -4.4325825e-5,
  ],
);

/** Adding it leaves a float64's integer in its lowest bits. */
const integerBits = 2 ** 52 + 2 ** 51;

/** Cody and Waite: π/2 in two parts, the first short enough that its multiples are exact; n is the quadrant. */
const reduceAngle = (quadrant: number): string => `let a = wide(x);
  let k = round(a * ${2 / Math.PI});
  let r = a - k * 1.5707963267341256 - k * 6.077100506506192e-11;
  let n = k + ${integerBits + quadrant};
  let u = r * r;
  let s = (${sinSeries}) * r;
  let c = ${cosSeries};
  let odd = shiftRightBits(shiftLeftBits(n, 63), 63);`;

const sine = "narrow(xorBits(pick(odd, c, s), shiftLeftBits(shiftRightBits(n, 1), 63)))";

/** Every function that is not an instruction but is made of them. Absent ones run on the reference only. */
export const definitions: Partial<Readonly<Record<FunctionName | MachineWord, string>>> = {
  expWide: `let c = pmin(pmax(x, -200), 200);
    let k = round(c * ${Math.LOG2E});
    let r = c - k * ${Math.LN2};
    shiftLeftBits(k + ${2 ** 52 + 1023}, 52) * (${expSeries})`,
  logWide: `let e = shiftRightBits(subBits(x, ${Math.SQRT1_2}), 52);
    let m = subBits(x, shiftLeftBits(e, 52));
    let s = (m - 1) / (m + 1);
    let u = s * s;
    let y = (addBits(e, ${integerBits}) - ${integerBits}) * ${Math.LN2} + 2 * s * (${logSeries});
    x > 0 ? (x == inf ? inf : y) : x == 0 ? -inf : nan`,
  atanWide: `let a = abs(x);
    let t = a > 1 ? 1 / a : a;
    let v = t > ${Math.SQRT2 - 1} ? (t - 1) / (t + 1) : t;
    let u = v * v;
    let p = (${atanSeries}) * v;
    let q = t > ${Math.SQRT2 - 1} ? p + ${Math.PI / 4} : p;
    orBits(a > 1 ? ${Math.PI / 2} - q : q, bits(x, -0))`,
  exp: `let c = pmin(pmax(x, -104), 89); ${reduceExp(254)} ${scale}`,
  expm1: `let c = pmin(pmax(x, -18), 89);
    ${reduceExp(126)}
    let h = shiftLeftBits(t, 23);
    madd(h, s, h - 0.5) * 2`,
  exp2: `let c = pmin(pmax(x, -151), 129);
    let t = c + ${12582912 + 254};
    let r = c - (t - ${12582912 + 254});
    let s = r * (${exp2Tail});
    ${scale}`,
  sigmoid: `let c = pmax(orBits(x, -0), -104);
    ${reduceExp(127 + 25)}
    let h = shiftLeftBits(t, 23);
    let e = madd(s, h, h) * ${2 ** -25};
    (x < 0 ? e : 1) / (1 + e)`,
  tanh: `let c = pmax(-2 * abs(x), -18);
    ${reduceExp(127)}
    let h = shiftLeftBits(t, 23);
    let e = madd(h, s, h - 1);
    orBits(abs(e) / (e + 2), bits(x, -0))`,
  log: `let small = x < ${2 ** -126};
    let u = small ? x * ${2 ** 24} : x;
    let e = shiftRightBits(subBits(u, ${2 / 3}), 23);
    let f = subBits(u, shiftLeftBits(e, 23)) - 1;
    let k = addBits(e, 12582912) - (small ? 12582936 : 12582912);
    ${logarithm}`,
  log2: `narrow(logWide(wide(x)) * ${Math.LOG2E})`,
  log10: `narrow(logWide(wide(x)) * ${Math.LOG10E})`,
  log1p: `let u = 1 + x;
    let e = shiftRightBits(subBits(u, ${2 / 3}), 23);
    let p = subBits(4, shiftLeftBits(e, 23));
    let f = subBits(x, shiftLeftBits(e, 23)) + (p * 0.25 - 1);
    let k = addBits(e, 12582912) - 12582912;
    ${logarithm}`,
  sin: `${reduceAngle(0)} patchSin(${sine}, x)`,
  cos: `${reduceAngle(1)} patchCos(${sine}, x)`,
  tan: `${reduceAngle(0)} patchTan(narrow(pick(odd, -c / s, s / c)), x)`,
  asin: "let z = wide(x); narrow(atanWide(z / sqrt((1 - z) * (1 + z))))",
  acos: "let z = wide(x); narrow(2 * atanWide(sqrt((1 - z) / (1 + z))))",
  atan: "narrow(atanWide(wide(x)))",
  atan2: `let a = wide(x);
    let b = wide(y);
    let t = atanWide(abs(a) == abs(b) ? (a == 0 ? 0 : 1) : abs(a) / abs(b));
    narrow(orBits(pick(shiftRightBits(b, 63), ${Math.PI} - t, t), bits(a, -0)))`,
  sinh: `let z = wide(x);
    let e = expWide(z);
    let u = z * z;
    narrow(abs(z) < 0.1 ? z * (1 + u * (${1 / 6} + u * (${1 / 120} + u * (${1 / 5040})))) : (e - 1 / e) * 0.5)`,
  cosh: "let e = expWide(wide(x)); narrow((e + 1 / e) * 0.5)",
  asinh: `let z = wide(x);
    let a = abs(z);
    let u = z * z;
    narrow(orBits(a < 0.01 ? a * (1 - u * (${1 / 6} - u * 0.075)) : logWide(a + sqrt(u + 1)), bits(z, -0)))`,
  acosh: "let z = wide(x); narrow(z < 1 ? nan : logWide(z + sqrt((z - 1) * (z + 1))))",
  atanh: `let z = wide(x);
    let u = z * z;
    narrow(abs(z) < 0.01 ? z * (1 + u * (${1 / 3} + u * 0.2)) : 0.5 * logWide((1 + z) / (1 - z)))`,
  pow: `let a = wide(x);
    let b = wide(y);
    let m = abs(a);
    let r = expWide(b * logWide(m));
    let whole = trunc(b) == b;
    let odd = whole && trunc(b * 0.5) * 2 != b;
    let signed = odd ? orBits(r, bits(a, -0)) : a < 0 && !whole && m != inf ? nan : r;
    narrow(b == 0 || a == 1 || (m == 1 && abs(b) == inf) ? 1 : signed)`,
  erf: `let a = pmin(abs(x), 4);
    let v = a * a;
    let p = ${erfcLog};
    let t = madd(a, p, ${12582912 + 127});
    let r = madd(a, p, ${12582912 + 127} - t);
    let h = shiftLeftBits(t, 23);
    orBits(madd(h, -(r * ${exp2Tail}), 1 - h), bits(x, -0))`,
  erfPlusOne: `let a = pmin(abs(x), 1000);
    let v = a * a;
    let d = madd(${erfcRoot}, a, 1);
    let e = d * d;
    let f = e * e;
    let y = 1 / (f * f);
    x < 0 ? y : 2 - y`,
  erfc: `let a = pmin(abs(x), 10.1);
    let b = a + 49152 - 49152;
    let c = -b * b;
    ${reduceExp(127 + 25, " - (a - b) * (a + b)")}
    let u = (a - 2) / (a + 2);
    let p = madd(${erfcTail}, u, 1.0215827);
    let y = madd(p, s, p) / (a + 2) * shiftLeftBits(t, 23) * ${2 ** -25};
    x < 0 ? 2 - y : y`,
  square: "x * x",
  reciprocal: "1 / x",
  rsqrt: "1 / sqrt(x)",
  sign: "(x > 0) - (x < 0)",
  relu: "pmax(x, 0)",
  clamp: "min(max(x, y), z)",
  fmax: "x != x ? y : y != y ? x : max(x, y)",
  fmin: "x != x ? y : y != y ? x : min(x, y)",
  fmod: `let a = wide(x);
    let b = wide(y);
    let rest = abs(b) == inf && abs(a) < inf ? a : a - trunc(a / b) * b;
    patchFmod(narrow(orBits(abs(rest), bits(a, -0))), x, y)`,
  remainder: "let rest = fmod(x, y); rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest",
  floorDivide: `let a = wide(x);
    let b = wide(y);
    let rounded = abs(a) == inf && b != 0 ? nan : floor(a / b);
    narrow(abs(b) == inf ? (abs(a) < inf ? (a == 0 || a * b > 0 ? a / b : -1) : nan) : rounded)`,
  hypot: "let a = wide(x); let b = wide(y); narrow(abs(a) == inf || abs(b) == inf ? inf : sqrt(a * a + b * b))",
  copysign: "orBits(abs(x), bits(y, -0))",
  isnan: "x != x",
  isinf: "abs(x) == inf",
  isfinite: "abs(x) < inf",
};
