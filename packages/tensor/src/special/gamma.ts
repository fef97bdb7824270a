/** The logarithm of the gamma function and its derivatives in float64, for every sign of the argument. */

/**
 * `log |Γ(x)|`: the series around 2 below 2.5, the recurrence below 12, Stirling's series above, and
 * Euler's reflection for negative x.
 */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (x <= 0) {
    const sine = Math.abs(sinPi(x));
    return sine === 0 ? Number.POSITIVE_INFINITY : Math.log(Math.PI / sine) - lgamma(1 - x);
  }
  if (x < 0.5) return aroundTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return aroundTwo(x - 1) - Math.log1p(x - 1);
  if (x < 12) {
    let [rest, product] = [x, 1];
    while (rest >= 2.5) {
      rest -= 1;
      product *= rest;
    }
    return Math.log(product) + aroundTwo(rest - 2);
  }
  return (x - 0.5) * (Math.log(x) - 1) - 0.5 + Math.log(2 * Math.PI) / 2 + series(stirling, 1 / (x * x)) / x;
}

/** The derivative of `lgamma`; as in PyTorch `-inf` at 0, `inf` at -0 and NaN at the negative integers. */
export function digamma(x: number): number {
  if (x === 0) return -1 / x;
  if (x < 0) return Number.isInteger(x) ? Number.NaN : digamma(1 - x) - Math.PI / tanPi(x);
  if (x === Number.POSITIVE_INFINITY) return x;
  let [shifted, sum] = [x, 0];
  for (; shifted < 12; shifted += 1) sum += 1 / shifted;
  const inverse = 1 / (shifted * shifted);
  return Math.log(shifted) - 0.5 / shifted - inverse * series(digammaTail, inverse) - sum;
}

/**
 * The derivative of order n of `digamma`, `(-1)^(n+1) n! Σ 1 / (x + k)^(n+1)`, for integers `n ≥ 0`; NaN
 * for other n. Summed by Euler and Maclaurin.
 */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x);
  if (!Number.isInteger(n) || n < 0) return Number.NaN;
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  return (n % 2 === 0 ? -1 : 1) * factorial * hurwitzZeta(n + 1, x);
}

/** `Σ 1 / (x + k)^s` over `k ≥ 0`; infinite at the integers below 1. Negative terms are summed from both of their ends. */
export function hurwitzZeta(s: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x <= 0) {
    if (Number.isInteger(x)) return Number.POSITIVE_INFINITY;
    const negative = hurwitzZeta(s, Math.ceil(x) - x) - hurwitzZeta(s, 1 - x);
    return (s % 2 === 0 ? negative : -negative) + hurwitzZeta(s, x - Math.floor(x));
  }
  let [shifted, sum] = [x, 0];
  for (; shifted < 12; shifted += 1) sum += shifted ** -s;
  let rise = s * shifted ** (-s - 1);
  sum += shifted ** (1 - s) / (s - 1) + 0.5 * shifted ** -s;
  for (const [k, bernoulli] of bernoulliOverFactorial.entries()) {
    sum += bernoulli * rise;
    rise *= ((s + 2 * k + 1) * (s + 2 * k + 2)) / (shifted * shifted);
  }
  return sum;
}

/** `lgamma(2 + e)` for `-0.5 ≤ e ≤ 0.5`: `(1 - γ) e + Σ (ζ(k) - 1) (-e)^k / k`. */
function aroundTwo(e: number): number {
  return e * (0.42278433509846713939 + e * series(zetaLessOne, e));
}

/** `sin(π x)`, exactly 0 at the integers. */
function sinPi(x: number): number {
  const nearest = Math.round(x);
  return (nearest % 2 === 0 ? 1 : -1) * Math.sin(Math.PI * (x - nearest));
}

function tanPi(x: number): number {
  return Math.tan(Math.PI * (x - Math.round(x)));
}

/** `Σ coefficients[k] x^k` */
function series(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + (coefficients[k] as number);
  return sum;
}

/** `(-1)^k (ζ(k) - 1) / k` for k = 2, 3, … */
const zetaLessOne: readonly number[] = [
  0.322467033424113218, -0.0673523010531980951, 0.0205808084277845479, -0.00738555102867398527, 0.00289051033074152329,
  -0.00119275391170326098, 0.000509669524743042422, -0.00022315475845357938, 0.0000994575127818085337,
  -0.0000449262367381331417, 0.0000205072127756706916, -9.4394882752683959e-6, 4.3748667899074878e-6,
  -2.03921575380136624e-6, 9.55141213040741983e-7, -4.49246919876456604e-7, 2.12071848055546659e-7,
  -1.00432248239680996e-7, 4.76981016936398057e-8, -2.27110946089431649e-8, 1.08386592148969541e-8,
  -5.18347504197004666e-9, 2.48367454380247832e-9, -1.19214014058609121e-9, 5.73136724167886201e-10,
  -2.75952288512423315e-10,
];

/** `B(2k) / (2k (2k - 1))` for k = 1, 2, … */
const stirling: readonly number[] = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
];

/** `B(2k) / 2k` for k = 1, 2, … */
const digammaTail: readonly number[] = [
  1 / 12,
  -1 / 120,
  1 / 252,
  -1 / 240,
  1 / 132,
  -691 / 32760,
  1 / 12,
  -3617 / 8160,
];

/** `B(2k) / (2k)!` for k = 1, 2, … */
const bernoulliOverFactorial: readonly number[] = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 10670622842880000,
];
