import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { identity, mirrorLower, perMatrix } from "./matrices.ts";

const op = perMatrix<Readonly<Record<never, never>>>("eigh", {
  square: true,
  result: (n) => [n + 1, n],
  compute({ data, rows }, _, fail) {
    if (!data.every(Number.isFinite)) throw fail("not finite");
    return jacobiEigen(data, rows);
  },
});

/** The eigenvalues of a symmetric matrix, rising, and below them its eigenvectors as columns: `[..., n, n]` to `[..., n + 1, n]`. */
export const eighPacked = callable((x: Tensor): Tensor => apply(op, [x], {}), op);

const maxSweeps = 60;

/** Cyclic Jacobi on the lower triangle of `a`. */
function jacobiEigen(a: Float64Array, n: number): Float64Array {
  mirrorLower(a, n);
  const vectors = identity(n);
  const negligible = 1e-17 * Math.sqrt(a.reduce((total, x) => total + x * x, 0));
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) turned = turn(a, vectors, n, p, q, negligible) || turned;
    if (!turned) break;
  }
  const order = Array.from({ length: n }, (_, k) => k).sort(
    (p, q) => (a[p * (n + 1)] as number) - (a[q * (n + 1)] as number),
  );
  const packed = new Float64Array((n + 1) * n);
  order.forEach((from, k) => {
    packed[k] = a[from * (n + 1)] as number;
    for (let i = 0; i < n; i++) packed[(i + 1) * n + k] = vectors[from * n + i] as number;
  });
  return packed;
}

/** Makes `a[p, q]` zero by turning rows and columns p and q; the vectors are rows. False where it was negligible already. */
function turn(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number, negligible: number): boolean {
  const between = a[p * n + q] as number;
  const [first, second] = [a[p * (n + 1)] as number, a[q * (n + 1)] as number];
  if (!(Math.abs(between) > negligible)) return false;
  const slope = (second - first) / (2 * between);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  mix(a, p, q, n, n, cosine, sine);
  mix(a, p * n, q * n, 1, n, cosine, sine);
  mix(vectors, p * n, q * n, 1, n, cosine, sine);
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  return true;
}

/** Turns two lines of `count` elements, `step` apart, from `first` and `second` on. */
function mix(
  data: Float64Array,
  first: number,
  second: number,
  step: number,
  count: number,
  cosine: number,
  sine: number,
): void {
  for (let i = 0, at = 0; i < count; i++, at += step) {
    const x = data[first + at] as number;
    const y = data[second + at] as number;
    data[first + at] = cosine * x - sine * y;
    data[second + at] = sine * x + cosine * y;
  }
}
