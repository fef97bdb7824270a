/** Families of orthogonal polynomials in float64, by recurrence; n is cut to a whole number, and below 0 the value is 0. */
export type PolynomialFamily = keyof typeof families;

interface Family {
  /** The polynomial of degree 1. */
  first(x: number): number;
  /** From those of degrees k and k - 1 to that of k + 1. */
  next(x: number, k: number, last: number, before: number): number;
}

const chebyshev = (x: number, _: number, last: number, before: number): number => 2 * x * last - before;

const families = {
  chebyshevT: { first: (x) => x, next: chebyshev },
  chebyshevU: { first: (x) => 2 * x, next: chebyshev },
  chebyshevV: { first: (x) => 2 * x - 1, next: chebyshev },
  chebyshevW: { first: (x) => 2 * x + 1, next: chebyshev },
  hermiteH: { first: (x) => 2 * x, next: (x, k, last, before) => 2 * (x * last - k * before) },
  hermiteHe: { first: (x) => x, next: (x, k, last, before) => x * last - k * before },
  laguerreL: { first: (x) => 1 - x, next: (x, k, last, before) => ((2 * k + 1 - x) * last - k * before) / (k + 1) },
  legendreP: { first: (x) => x, next: (x, k, last, before) => ((2 * k + 1) * x * last - k * before) / (k + 1) },
} as const satisfies Readonly<Record<string, Family>>;

export function polynomial(family: PolynomialFamily, x: number, degree: number): number {
  const n = Math.trunc(degree);
  if (Number.isNaN(n)) return Number.NaN;
  if (n < 0) return 0;
  if (n > longest && isAngle(family) && Math.abs(x) < 1) return wave(family, Math.acos(x), n);
  const { first, next } = families[family];
  let [before, last] = [1, n === 0 ? 1 : first(x)];
  for (let k = 1; k < n && Number.isFinite(last); k++) [before, last] = [last, next(x, k, last, before)];
  return last;
}

/** Chebyshev polynomials of higher degrees come from their angle, between -1 and 1. */
const longest = 64;

type Angle = "chebyshevT" | "chebyshevU" | "chebyshevV" | "chebyshevW";

const isAngle = (family: PolynomialFamily): family is Angle => family.startsWith("chebyshev");

function wave(family: Angle, angle: number, n: number): number {
  switch (family) {
    case "chebyshevT":
      return Math.cos(n * angle);
    case "chebyshevU":
      return Math.sin((n + 1) * angle) / Math.sin(angle);
    case "chebyshevV":
      return Math.cos((n + 0.5) * angle) / Math.cos(angle / 2);
    default:
      return Math.sin((n + 0.5) * angle) / Math.sin(angle / 2);
  }
}
