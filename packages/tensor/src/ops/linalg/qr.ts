import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { perMatrix } from "./matrices.ts";

const op = perMatrix<Readonly<Record<never, never>>>("qr", {
  result: (rows, columns) => [rows + columns, Math.min(rows, columns)],
  compute: ({ data, rows, columns }) => householder(data, rows, columns),
});

/** Q, and below it Rᵀ: `[..., m, n]` to `[..., m + n, min(m, n)]`. */
export const qrPacked = callable((x: Tensor): Tensor => apply(op, [x], {}), op);

/** Reflections, with LAPACK's signs: the diagonal of R is opposite in sign to the column it comes from. */
function householder(a: Float64Array, m: number, n: number): Float64Array {
  const k = Math.min(m, n);
  const packed = new Float64Array((m + n) * k);
  const mirrors: Float64Array[] = [];
  for (let p = 0; p < k; p++) {
    const mirror = mirrorOf(a, m, n, p);
    mirrors.push(mirror);
    reflect(a, n, p, mirror, p);
    for (let j = p; j < n; j++) packed[(m + j) * k + p] = a[p * n + j] as number;
  }
  const q = new Float64Array(m * k);
  for (let p = 0; p < k; p++) q[p * k + p] = 1;
  for (let p = k - 1; p >= 0; p--) reflect(q, k, p, mirrors[p] as Float64Array, p);
  packed.set(q);
  return packed;
}

/** The vector v of `I - v vᵀ`, which brings column `p` below row `p` to zero; empty where it is zero. */
function mirrorOf(a: Float64Array, m: number, n: number, p: number): Float64Array {
  const v = Float64Array.from({ length: m - p }, (_, i) => a[(p + i) * n + p] as number);
  const head = v[0] as number;
  const rest = Math.sqrt(v.subarray(1).reduce((total, x) => total + x * x, 0));
  if (rest === 0) return new Float64Array(0);
  const norm = Math.hypot(head, rest);
  v[0] = head + (head < 0 ? -norm : norm);
  const length = Math.hypot(v[0], rest) / Math.SQRT2;
  return v.map((x) => x / length);
}

/** Rows from `row` on, columns from `column` on, are reflected. */
function reflect(a: Float64Array, n: number, row: number, v: Float64Array, column: number): void {
  for (let j = column; j < n && v.length > 0; j++) {
    let dot = 0;
    for (let i = 0; i < v.length; i++) dot += (v[i] as number) * (a[(row + i) * n + j] as number);
    for (let i = 0; i < v.length; i++) a[(row + i) * n + j] = (a[(row + i) * n + j] as number) - dot * (v[i] as number);
  }
}
