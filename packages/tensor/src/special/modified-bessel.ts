/** Modified Bessel functions and the Airy function in float64. */

/** `e^-|x| I_ν(x)` for orders 0 and 1: the power series below 25, the asymptotic one above. */
export function scaledI(order: 0 | 1, x: number): number {
  const magnitude = Math.abs(x);
  const sign = order === 1 && x < 0 ? -1 : 1;
  if (!(magnitude <= 25)) return sign * asymptoticI(order, magnitude);
  const q = (x * x) / 4;
  let term = order === 0 ? 1 : magnitude / 2;
  let sum = term;
  for (let k = 1; term > 1e-18 * sum; k++) {
    term *= q / (k * (k + order));
    sum += term;
  }
  return sign * sum * Math.exp(-magnitude);
}

export function besselI(order: 0 | 1, x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude === Number.POSITIVE_INFINITY) return order === 1 ? x : magnitude;
  const half = Math.exp(magnitude / 2);
  return scaledI(order, x) * half * half;
}

function asymptoticI(order: 0 | 1, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let [term, sum] = [1, 1];
  for (let k = 1; k < 100; k++) {
    const next = (term * ((2 * k - 1) ** 2 - 4 * order)) / (8 * k * x);
    if (Math.abs(next) >= Math.abs(term) || Math.abs(next) < 1e-18) break;
    term = next;
    sum += term;
  }
  return Number.isNaN(x) ? x : sum / Math.sqrt(2 * Math.PI * x);
}

/** `e^x K_ν(x) = ∫ e^(-x (cosh t - 1)) cosh νt dt` from 0 on, for `0 ≤ ν ≤ 1`: the trapezoidal rule, which is exact here. */
export function scaledK(order: number, x: number): number {
  if (x === 0) return Number.POSITIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const step = 0.2 * Math.min(1, Math.sqrt(10 / x));
  let sum = 0.5;
  for (let k = 1; ; k++) {
    const t = k * step;
    const fall = 2 * x * Math.sinh(t / 2) ** 2;
    if (fall > 45 + t) break;
    sum += Math.exp(-fall) * Math.cosh(order * t);
  }
  return sum * step;
}

export const besselK = (order: number, x: number): number => (x > 750 ? 0 : scaledK(order, x) * Math.exp(-x));

/** `Ai(x)`: its series from -7 to 2, by `K_⅓` above, the asymptotic series below. */
export function airy(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : 0;
  const zeta = (2 / 3) * Math.abs(x) ** 1.5;
  if (x > 2) return (Math.sqrt(x / 3) * besselK(1 / 3, zeta)) / Math.PI;
  return x > -7 ? airySeries(x) : airyWave(-x, zeta);
}

/** `Ai(0)` and `-Ai'(0)` */
const [airyAtZero, airySlope] = [0.355028053887817239, 0.258819403792806798];

function airySeries(x: number): number {
  const cube = x ** 3;
  let [even, odd, sumEven, sumOdd] = [1, x, 1, x];
  for (let k = 1; k < 60; k++) {
    even *= cube / ((3 * k - 1) * 3 * k);
    odd *= cube / (3 * k * (3 * k + 1));
    sumEven += even;
    sumOdd += odd;
  }
  return airyAtZero * sumEven - airySlope * sumOdd;
}

/** `Ai(-z)` for large z. */
function airyWave(z: number, zeta: number): number {
  let [term, p, q] = [1, 1, 0];
  for (let k = 1; k < 100; k++) {
    const next = (term * (6 * k - 5) * (6 * k - 3) * (6 * k - 1)) / (216 * k * (2 * k - 1) * zeta);
    if (next >= term || next < 1e-18) break;
    term = next;
    const sign = k % 4 < 2 ? 1 : -1;
    if (k % 2 === 1) q += sign * term;
    else p += sign * term;
  }
  const [sine, cosine] = [Math.sin(zeta), Math.cos(zeta)];
  return (p * (cosine + sine) + q * (sine - cosine)) / (Math.sqrt(2 * Math.PI) * z ** 0.25);
}
