/** A discrete Fourier transform of one length, ready to run in place: `X_k = Σ x_t e^(-2πi k t / n)`. */
export type Transform = (re: Float64Array, im: Float64Array) => void;

const plans = new Map<number, Transform>();
let plannedElements = 0;
/** Tables of so many elements are kept, about 32 bytes each. */
const keptElements = 2 ** 20;

/**
 * The transform of length `n`, in O(n log n) for every n: mixed radix where the prime factors are small, else Bluestein's
 * detour over a power of 2.
 */
export function transformOf(n: number): Transform {
  const known = plans.get(n);
  if (known !== undefined) return known;
  const factors = factorsOf(n);
  const made = (factors.at(-1) ?? 1) <= largestRadix ? mixedRadix(n, factors) : bluestein(n);
  if (plannedElements + n > keptElements) {
    plans.clear();
    plannedElements = 0;
  }
  plannedElements += n;
  plans.set(n, made);
  return made;
}

const largestRadix = 31;

/** Prime factors, rising. */
function factorsOf(n: number): number[] {
  const found: number[] = [];
  let rest = n;
  for (let p = 2; p * p <= rest; p++) {
    for (; rest % p === 0; rest /= p) found.push(p);
  }
  if (rest > 1) found.push(rest);
  return found;
}

/** `cos` and `-sin` of `2π k / n`. */
function roots(n: number): { readonly cos: Float64Array; readonly sin: Float64Array } {
  const angles = Float64Array.from({ length: n }, (_, k) => (2 * Math.PI * k) / n);
  return { cos: angles.map(Math.cos), sin: angles.map((angle) => -Math.sin(angle)) };
}

/** Cooley and Tukey: the transforms of every p-th element are joined, for each prime factor p. */
function mixedRadix(n: number, factors: readonly number[]): Transform {
  const { cos, sin } = roots(n);
  const [outRe, outIm] = [new Float64Array(n), new Float64Array(n)];
  const radix = factors.at(-1) ?? 1;
  const [heldRe, heldIm] = [new Float64Array(radix), new Float64Array(radix)];

  const run = (re: Float64Array, im: Float64Array, from: number, stride: number, to: number, depth: number): void => {
    const p = factors[depth];
    if (p === undefined) {
      outRe[to] = re[from] as number;
      outIm[to] = im[from] as number;
      return;
    }
    const length = n / stride;
    const part = length / p;
    for (let q = 0; q < p; q++) run(re, im, from + q * stride, stride * p, to + q * part, depth + 1);
    for (let k = 0; k < part; k++) {
      if (p === 2) joinTwo(to + k, part, k * stride);
      else joinMany(to + k, part, p, k * stride);
    }
  };

  const joinTwo = (at: number, part: number, turn: number): void => {
    const [c, s] = [cos[turn] as number, sin[turn] as number];
    const [x, y] = [outRe[at + part] as number, outIm[at + part] as number];
    const [turnedRe, turnedIm] = [x * c - y * s, x * s + y * c];
    const [re, im] = [outRe[at] as number, outIm[at] as number];
    outRe[at] = re + turnedRe;
    outIm[at] = im + turnedIm;
    outRe[at + part] = re - turnedRe;
    outIm[at + part] = im - turnedIm;
  };

  const joinMany = (at: number, part: number, p: number, turn: number): void => {
    for (let q = 0; q < p; q++) {
      const [c, s] = [cos[q * turn] as number, sin[q * turn] as number];
      const [x, y] = [outRe[at + q * part] as number, outIm[at + q * part] as number];
      heldRe[q] = x * c - y * s;
      heldIm[q] = x * s + y * c;
    }
    const step = n / p;
    for (let r = 0; r < p; r++) {
      let [re, im] = [0, 0];
      for (let q = 0, angle = 0; q < p; q++, angle = (angle + r * step) % n) {
        const [c, s] = [cos[angle] as number, sin[angle] as number];
        re += (heldRe[q] as number) * c - (heldIm[q] as number) * s;
        im += (heldRe[q] as number) * s + (heldIm[q] as number) * c;
      }
      outRe[at + r * part] = re;
      outIm[at + r * part] = im;
    }
  };

  return (re, im) => {
    run(re, im, 0, 1, 0, 0);
    re.set(outRe);
    im.set(outIm);
  };
}

/** Bluestein 1970: `k t = (k² + t² - (k - t)²) / 2` makes the transform a convolution with a chirp. */
function bluestein(n: number): Transform {
  const size = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const transform = transformOf(size);
  const { cos, sin } = roots(2 * n);
  const turn = Float64Array.from({ length: n }, (_, k) => Number((BigInt(k) * BigInt(k)) % BigInt(2 * n)));
  const chirpRe = turn.map((k) => cos[k] as number);
  const chirpIm = turn.map((k) => sin[k] as number);
  const [otherRe, otherIm] = [new Float64Array(size), new Float64Array(size)];
  for (let k = 0; k < n; k++) {
    for (const at of k === 0 ? [0] : [k, size - k]) {
      otherRe[at] = chirpRe[k] as number;
      otherIm[at] = -(chirpIm[k] as number);
    }
  }
  transform(otherRe, otherIm);
  const [workRe, workIm] = [new Float64Array(size), new Float64Array(size)];
  return (re, im) => {
    workRe.fill(0);
    workIm.fill(0);
    multiply(re, im, chirpRe, chirpIm, workRe, workIm, n);
    transform(workRe, workIm);
    multiply(workRe, workIm, otherRe, otherIm, workRe, workIm, size);
    // Real and imaginary parts exchanged before and after: the inverse transform, times its length.
    transform(workIm, workRe);
    multiply(workRe, workIm, chirpRe, chirpIm, re, im, n);
    for (let k = 0; k < n; k++) {
      re[k] = (re[k] as number) / size;
      im[k] = (im[k] as number) / size;
    }
  };
}

/** `out = a · b`, element by element. */
function multiply(
  aRe: Float64Array,
  aIm: Float64Array,
  bRe: Float64Array,
  bIm: Float64Array,
  outRe: Float64Array,
  outIm: Float64Array,
  count: number,
): void {
  for (let k = 0; k < count; k++) {
    const [re, im] = [aRe[k] as number, aIm[k] as number];
    outRe[k] = re * (bRe[k] as number) - im * (bIm[k] as number);
    outIm[k] = re * (bIm[k] as number) + im * (bRe[k] as number);
  }
}
