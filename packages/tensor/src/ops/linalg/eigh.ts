import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { identity, perMatrix } from "./matrices.ts";

const op = perMatrix<Readonly<Record<never, never>>>("eigh", {
  square: true,
  result: (n) => [n + 1, n],
  compute: ({ data, rows }) => jacobiEigen(data, rows),
});

/** The eigenvalues of a symmetric matrix, rising, and below them its eigenvectors as columns: `[..., n, n]` to `[..., n + 1, n]`. */
export const eighPacked = callable((x: Tensor): Tensor => apply(op, [x], {}), op);

const maxSweeps = 60;

/** Cyclic Jacobi on the lower triangle of `a`. */
function jacobiEigen(a: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i] as number;
  const vectors = identity(n);
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) turned = turn(a, vectors, n, p, q) || turned;
    if (!turned) break;
  }
  const order = Array.from({ length: n }, (_, k) => k).sort((p, q) => (a[p * (n + 1)] as number) - (a[q * (n + 1)] as number));
  const packed = new Float64Array((n + 1) * n);
  order.forEach((from, k) => {
    packed[k] = a[from * (n + 1)] as number;
    for (let i = 0; i < n; i++) packed[(i + 1) * n + k] = vectors[from * n + i] as number;
  });
  return packed;
}

/** Makes `a[p, q]` zero by turning rows and columns p and q; the vectors are rows. False where it was zero already. */
function turn(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): boolean {
  const between = a[p * n + q] as number;
  const [first, second] = [a[p * (n + 1)] as number, a[q * (n + 1)] as number];
  if (!(Math.abs(between) > 1e-17 * Math.sqrt(Math.abs(first * second)) + 1e-300)) return false;
  const slope = (second - first) / (2 * between);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < n; i++) mix(a, i * n + p, i * n + q, cosine, sine);
  for (let i = 0; i < n; i++) mix(a, p * n + i, q * n + i, cosine, sine);
  for (let i = 0; i < n; i++) mix(vectors, p * n + i, q * n + i, cosine, sine);
  a[p * n + q] = 0;
  a[q * n + p] = 0;
  return true;
}

function mix(data: Float64Array, at: number, other: number, cosine: number, sine: number): void {
  const [x, y] = [data[at] as number, data[other] as number];
  data[at] = cosine * x - sine * y;
  data[other] = sine * x + cosine * y;
}
