import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { subtractRow } from "./lu.ts";
import { systemOp } from "./system.ts";

export interface TriangularAttrs {
  /** Which triangle of `a` is read. */
  readonly upper: boolean;
  /** Take ones for the diagonal. */
  readonly unitriangular: boolean;
}

const op = systemOp<TriangularAttrs>("solveTriangular", {
  inputs: ["a", "b"],
  matrix: 0,
  solve(a, b, { n, k }, attrs) {
    const x = Float64Array.from(b);
    substitute(a, x, n, k, attrs);
    return x;
  },
});

/** `x` with `a x = b` for triangular `a`. Shapes `[..., n, n]` and `[..., n, k]` to `[..., n, k]`; leading ones broadcast. */
export const triangularSystem = callable(
  (a: Tensor, b: Tensor, attrs: TriangularAttrs): Tensor => apply(op, [a, b], attrs),
  op,
);

function substitute(
  a: ArrayLike<number>,
  x: Float64Array,
  n: number,
  k: number,
  { upper, unitriangular }: TriangularAttrs,
): void {
  for (let step = 0; step < n; step++) {
    const i = upper ? n - 1 - step : step;
    const [from, to] = upper ? [i + 1, n] : [0, i];
    for (let p = from; p < to; p++) subtractRow(x, k, i, p, a[i * n + p] as number);
    if (unitriangular) continue;
    const head = a[i * n + i] as number;
    for (let j = 0; j < k; j++) x[i * k + j] = (x[i * k + j] as number) / head;
  }
}
