import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { subtractRow } from "./lu.ts";
import { systemOp } from "./system.ts";

const op = systemOp<Readonly<Record<never, never>>>("choleskySolve", {
  inputs: ["b", "l"],
  matrix: 1,
  solve(l, b, { n, k }) {
    const x = Float64Array.from(b);
    substitute(l, x, n, k);
    return x;
  },
});

/** `x` with `L Lᵀ x = b`; the lower triangle of `l` is read. Shapes `[..., n, k]` and `[..., n, n]` to `[..., n, k]`. */
export const factoredSystem = callable((b: Tensor, l: Tensor): Tensor => apply(op, [b, l], {}), op);

function substitute(l: ArrayLike<number>, x: Float64Array, n: number, k: number): void {
  const divide = (i: number): void => {
    for (let j = 0; j < k; j++) x[i * k + j] = (x[i * k + j] as number) / (l[i * (n + 1)] as number);
  };
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < i; p++) subtractRow(x, k, i, p, l[i * n + p] as number);
    divide(i);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let p = i + 1; p < n; p++) subtractRow(x, k, i, p, l[p * n + i] as number);
    divide(i);
  }
}
