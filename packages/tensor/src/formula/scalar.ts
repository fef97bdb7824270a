/** Scalar functions in float64 that `Math` lacks, or where C and PyTorch answer differently. */

/** The nearest integer, ties to the even one. */
export function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest < 0.5) return below;
  if (rest > 0.5) return Math.ceil(x);
  return rest !== 0.5 ? x : below % 2 === 0 ? below : Math.ceil(x);
}

/** `x ** y` as C defines it: `pow(1, y)` and `pow(-1, ±inf)` are 1, also for a NaN `y` of the first. */
export function pow(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y;
}

/** The rest of a division that has the divisor's sign, as Python's `%`. */
export function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** `floor(a / b)` of the exact quotient, as Python's `//`; `a / b` where b is 0. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const rest = a % b;
  let quotient = (a - rest) / b;
  if (rest !== 0 && rest < 0 !== b < 0) quotient -= 1;
  if (quotient === 0) return Object.is(a / b, -0) ? -0 : 0;
  const below = Math.floor(quotient);
  return quotient - below > 0.5 ? below + 1 : below;
}

/** The error function: its Maclaurin series below 1, `1 - erfc` above. */
export function erf(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude >= 1) return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
  const square = x * x;
  let power = x;
  let sum = x;
  for (let k = 1; k < 20; k++) {
    power *= -square / k;
    sum += power / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * (Number.isNaN(x) ? x : sum);
}

/** `1 - erf(x)`, to full precision also where it is small. */
export function erfc(x: number): number {
  if (x < 1) return x <= -1 ? 2 - erfc(-x) : 1 - erf(x);
  if (x > 28) return 0;
  return expMinusSquare(x) * scaledErfc(x);
}

/** `e^(-x²)` without the error that rounding `x²` would bring. */
export function expMinusSquare(x: number): number {
  const coarse = Math.round(x * 65536) / 65536;
  return Math.exp(-coarse * coarse) * Math.exp((coarse - x) * (coarse + x));
}

/** `e^(x²) erfc(x)` for `x ≥ 1`: `(1 + 2x)` times it is smooth in `u = (x - 5) / (x + 3)`, which runs from -1 to 1. */
export function scaledErfc(x: number): number {
  const u = (x - 5) / (x + 3);
  let [b, c] = [0, 0];
  for (let k = scaledErfcChebyshev.length - 1; k > 0; k--) {
    [b, c] = [2 * u * b - c + (scaledErfcChebyshev[k] as number), b];
  }
  return (u * b - c + (scaledErfcChebyshev[0] as number)) / (1 + 2 * x);
}

/** Chebyshev coefficients, from the definition in 60 digits. */
const scaledErfcChebyshev: readonly number[] = [
  1.21437336160920485, -0.0856069362339712081, -0.00599964051991568257, 0.00780195155494533438, -0.00271565171739110503,
  0.000611549491133023403, -0.0000934062664196076786, 7.81881689896609874e-6, 2.71972585781419612e-7,
  -1.66372392146222039e-7, 1.3133701262289989e-8, 2.07542035979094722e-9, -4.41487189620687355e-10,
  -1.79673517651408464e-11, 1.14814288730072828e-11, -2.80746068406924314e-14, -3.01225102444250936e-13,
  7.10650340546232323e-15, 8.54203588283641578e-15, -2.32929846418081891e-16, -2.64668250444322344e-16,
  3.65309308038279989e-18, 8.7871149247178217e-18, 1.36360126847370571e-19, -3.01403583277961807e-19,
];
