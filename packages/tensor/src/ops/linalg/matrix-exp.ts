import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { identity, perMatrix } from "./matrices.ts";

const op = perMatrix<Readonly<Record<never, never>>>("matrixExp", {
  square: true,
  result: (n) => [n, n],
  compute: ({ data, rows }) => exponential(data, rows),
});

/**
 * `e^x` of matrices, `Σ xᵏ / k!`. Shape `[..., n, n]` to the same.
 *
 * @example
 * matrixExp(tensor([[0, 1], [0, 0]])).tolist(); // => [[1, 1], [0, 1]]
 */
export const matrixExp = callable((x: Tensor): Tensor => apply(op, [x], {}), op);

const terms = 20;

/** Halved until the norm is at most 1, then the series, then squared as often. */
function exponential(a: Float64Array, n: number): Float64Array {
  const norm = rowNorm(a, n);
  if (!Number.isFinite(norm)) return new Float64Array(n * n).fill(Number.NaN);
  const halvings = norm > 1 ? Math.ceil(Math.log2(norm)) : 0;
  const scaled = a.map((x) => x / 2 ** halvings);
  let sum = identity(n);
  for (let k = terms; k > 0; k--) {
    sum = times(scaled, sum, n).map((x) => x / k);
    for (let i = 0; i < n; i++) sum[i * (n + 1)] = (sum[i * (n + 1)] as number) + 1;
  }
  for (let i = 0; i < halvings; i++) sum = times(sum, sum, n);
  return sum;
}

function rowNorm(a: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    let row = 0;
    for (let j = 0; j < n; j++) row += Math.abs(a[i * n + j] as number);
    largest = Math.max(largest, row);
  }
  return largest;
}

function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k] as number;
      for (let j = 0; j < n; j++) out[i * n + j] = (out[i * n + j] as number) + factor * (b[k * n + j] as number);
    }
  }
  return out;
}
