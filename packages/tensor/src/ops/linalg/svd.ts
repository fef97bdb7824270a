import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { identity, perMatrix } from "./matrices.ts";

/** `A = U diag(s) Vᵀ`, s falling. */
export interface Svd {
  /** `[rows, k]` */
  readonly u: Float64Array;
  readonly s: Float64Array;
  /** `[columns, k]` */
  readonly v: Float64Array;
}

const op = perMatrix<Readonly<Record<never, never>>>("svd", {
  result: (rows, columns) => [1 + rows + columns, Math.min(rows, columns)],
  compute({ data, rows, columns }, _, fail) {
    if (!data.every(Number.isFinite)) throw fail("not finite");
    const { u, s, v } = jacobiSvd(data, rows, columns);
    const packed = new Float64Array(s.length + u.length + v.length);
    packed.set(s);
    packed.set(u, s.length);
    packed.set(v, s.length + u.length);
    return packed;
  },
});

/** The singular values, below them U, below that V: `[..., m, n]` to `[..., 1 + m + n, min(m, n)]`. */
export const svdPacked = callable((x: Tensor): Tensor => apply(op, [x], {}), op);

/** One-sided Jacobi: columns are turned in pairs until all are orthogonal. Exact also for small singular values. */
export function jacobiSvd(a: Float64Array, rows: number, columns: number): Svd {
  if (rows < columns) {
    const { u, s, v } = jacobiSvd(transposed(a, rows, columns), columns, rows);
    return { u: v, s, v: u };
  }
  const n = columns;
  const work = transposed(a, rows, n);
  const turns = identity(n);
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let turned = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const rotation = rotationOf(work, rows, p, q);
        if (rotation === undefined) continue;
        turned = true;
        rotate(work, rows, p, q, rotation);
        rotate(turns, n, p, q, rotation);
      }
    }
    if (!turned) break;
  }
  return sorted(work, turns, rows, n);
}

const maxSweeps = 60;

/** Below it, relative to the largest, squares of a column underflow: its direction says nothing. */
const negligible = 1e-100;

/** Cosine and sine that make lines p and q orthogonal; undefined where they are. */
function rotationOf(lines: Float64Array, length: number, p: number, q: number): readonly [number, number] | undefined {
  let own = 0;
  let other = 0;
  let both = 0;
  for (let i = 0; i < length; i++) {
    const x = lines[p * length + i] as number;
    const y = lines[q * length + i] as number;
    own += x * x;
    other += y * y;
    both += x * y;
  }
  if (!(Math.abs(both) > 1e-15 * Math.sqrt(own * other))) return undefined;
  const slope = (other - own) / (2 * both);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(1, slope));
  const cosine = 1 / Math.hypot(1, tangent);
  return [cosine, cosine * tangent];
}

function rotate(
  lines: Float64Array,
  length: number,
  p: number,
  q: number,
  [cosine, sine]: readonly [number, number],
): void {
  for (let i = 0; i < length; i++) {
    const x = lines[p * length + i] as number;
    const y = lines[q * length + i] as number;
    lines[p * length + i] = cosine * x - sine * y;
    lines[q * length + i] = sine * x + cosine * y;
  }
}

function sorted(work: Float64Array, turns: Float64Array, rows: number, n: number): Svd {
  const norms = Float64Array.from({ length: n }, (_, k) => lengthOf(work.subarray(k * rows, (k + 1) * rows)));
  const order = [...norms.keys()].sort((x, y) => (norms[y] as number) - (norms[x] as number));
  const lines = new Float64Array(n * rows);
  const s = Float64Array.from(order, (k) => norms[k] as number);
  const v = new Float64Array(n * n);
  order.forEach((from, k) => {
    const norm = s[k] as number;
    const counts = norm > negligible * (s[0] as number);
    for (let i = 0; i < rows; i++) lines[k * rows + i] = counts ? (work[from * rows + i] as number) / norm : 0;
    for (let i = 0; i < n; i++) v[i * n + k] = turns[from * n + i] as number;
    if (!counts) complete(lines, rows, k);
  });
  return { u: transposed(lines, n, rows), s, v };
}

/** Line `k` becomes a unit vector orthogonal to those before: the axis that is furthest from them, without their parts. */
function complete(lines: Float64Array, length: number, k: number): void {
  const covered = new Float64Array(length);
  for (let p = 0; p < k; p++)
    for (let i = 0; i < length; i++) covered[i] = (covered[i] as number) + (lines[p * length + i] as number) ** 2;
  const axis = covered.indexOf(covered.reduce((least, each) => Math.min(least, each)));
  const line = lines.subarray(k * length, (k + 1) * length);
  line.fill(0);
  line[axis] = 1;
  for (let pass = 0; pass < 2; pass++) {
    for (let p = 0; p < k; p++) {
      let dot = 0;
      for (let i = 0; i < length; i++) dot += (line[i] as number) * (lines[p * length + i] as number);
      for (let i = 0; i < length; i++) line[i] = (line[i] as number) - dot * (lines[p * length + i] as number);
    }
  }
  const norm = lengthOf(line);
  for (let i = 0; i < length; i++) line[i] = (line[i] as number) / norm;
}

const lengthOf = (line: Float64Array): number => Math.sqrt(line.reduce((total, x) => total + x * x, 0));

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j] as number;
  return out;
}
