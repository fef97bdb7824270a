/** Bessel functions of order 0 and 1 in float64: power series below 5, recurrence below 25, Hankel's expansion above. */

/** Of the first kind. Even for order 0, odd for order 1. */
export function besselJ(order: 0 | 1, x: number): number {
  if (x < 0) return order === 0 ? besselJ(0, -x) : -besselJ(1, -x);
  if (x < 5) return ascending(order, x);
  if (x < 25) return recurrence(x).j[order];
  return hankel(order, x).j;
}

/** Of the second kind: -∞ at 0, NaN below. */
export function besselY(order: 0 | 1, x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  if (x < 5) return order === 0 ? ascendingY0(x) : ascendingY1(x);
  if (x < 25) return recurrence(x).y[order];
  return hankel(order, x).y;
}

const gamma = 0.57721566490153286;

/** `(x/2)^ν Σ (-x²/4)^k / (k! (k + ν)!)` */
function ascending(order: 0 | 1, x: number): number {
  const q = (-x * x) / 4;
  let term = order === 0 ? 1 : x / 2;
  let sum = term;
  for (let k = 1; Math.abs(term) > 1e-18 * Math.abs(sum) && k < 60; k++) {
    term *= q / (k * (k + order));
    sum += term;
  }
  return sum;
}

function ascendingY0(x: number): number {
  const q = (-x * x) / 4;
  let [term, harmonic, sum] = [1, 0, 0];
  for (let k = 1; k < 60; k++) {
    term *= q / (k * k);
    harmonic += 1 / k;
    sum += term * harmonic;
  }
  return (2 / Math.PI) * ((Math.log(x / 2) + gamma) * ascending(0, x) - sum);
}

function ascendingY1(x: number): number {
  const q = (-x * x) / 4;
  let [term, harmonic, sum] = [x / 2, 0, 0];
  for (let k = 0; k < 60; k++) {
    if (k > 0) {
      term *= q / (k * (k + 1));
      harmonic += 1 / k;
    }
    sum += term * (2 * harmonic + 1 / (k + 1) - 2 * gamma);
  }
  return (2 * Math.log(x / 2) * ascending(1, x) - sum - 2 / x) / Math.PI;
}

interface Pair {
  readonly j: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Miller: `J_(k-1) = 2k/x J_k - J_(k+1)` downwards, scaled by `J_0 + 2 Σ J_2k = 1`; Y from Neumann's series in J. */
function recurrence(x: number): Pair {
  const start = 80;
  const j = new Float64Array(start + 2);
  j[start] = 1e-150;
  for (let k = start; k > 0; k--) j[k - 1] = ((2 * k) / x) * (j[k] as number) - (j[k + 1] as number);
  let total = j[0] as number;
  for (let k = 2; k <= start; k += 2) total += 2 * (j[k] as number);
  let [even, odd] = [0, 0];
  for (let k = 1; 2 * k < start; k++) {
    const sign = k % 2 === 0 ? 1 : -1;
    even += (sign * (j[2 * k] as number)) / k;
    odd += (sign * (2 * k + 1) * (j[2 * k + 1] as number)) / (k * (k + 1));
  }
  const [first, second] = [(j[0] as number) / total, (j[1] as number) / total];
  const log = Math.log(x / 2) + gamma;
  const y0 = (2 / Math.PI) * (log * first - (2 * even) / total);
  const y1 = (2 / Math.PI) * ((log - 1) * second - first / x - odd / total);
  return { j: [first, second], y: [y0, y1] };
}

/** `√(2 / πx) (P cos χ - Q sin χ)` and `√(2 / πx) (P sin χ + Q cos χ)`, `χ = x - νπ/2 - π/4`. */
function hankel(order: 0 | 1, x: number): { readonly j: number; readonly y: number } {
  if (x === Number.POSITIVE_INFINITY) return { j: 0, y: 0 };
  let [term, p, q] = [1, 1, 0];
  for (let k = 1; k < 100; k++) {
    const next = (term * (4 * order - (2 * k - 1) ** 2)) / (8 * k * x);
    if (Math.abs(next) >= Math.abs(term) || Math.abs(next) < 1e-18) break;
    term = next;
    const sign = k % 4 < 2 ? 1 : -1;
    if (k % 2 === 1) q += sign * term;
    else p += sign * term;
  }
  const [sine, cosine] = [Math.sin(x), Math.cos(x)];
  const [c, s] = order === 0 ? [cosine + sine, sine - cosine] : [sine - cosine, -sine - cosine];
  const scale = Math.sqrt(1 / (Math.PI * x));
  return { j: scale * (p * c - q * s), y: scale * (p * s + q * c) };
}

/** `sin(x) / x` */
export function sphericalJ0(x: number): number {
  if (x === 0) return 1;
  return Math.abs(x) === Number.POSITIVE_INFINITY ? 0 : Math.sin(x) / x;
}
