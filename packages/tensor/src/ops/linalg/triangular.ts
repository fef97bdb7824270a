import { apply, callable, type KernelOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { batchIndices } from "./batch.ts";
import { systemSpec } from "./inverse.ts";
import { subtractRow } from "./lu.ts";

export interface TriangularAttrs {
  /** Which triangle of `a` is read. */
  readonly upper: boolean;
  /** Take ones for the diagonal. */
  readonly unitriangular: boolean;
}

const op: KernelOp<TriangularAttrs> = {
  kind: "kernel",
  name: "solveTriangular",
  inputs: ["a", "b"],
  infer: ([a, b]) => systemSpec("solveTriangular", a as Tensor, b as Tensor),
  reference([a, b], output, attrs) {
    const [n, k] = output.shape.slice(-2) as [number, number];
    const [matrices, right, to] = [elements(a as Tensor), elements(b as Tensor), elements(output)];
    const batch = output.shape.slice(0, -2);
    const [atA, atB] = [batchIndices(a as Tensor, batch), batchIndices(b as Tensor, batch)];
    for (let i = 0; i < sizeOf(batch); i++) {
      const [first, second] = [(atA[i] as number) * n * n, (atB[i] as number) * n * k];
      const x = Float64Array.from(right.subarray(second, second + n * k));
      substitute(matrices.subarray(first, first + n * n), x, n, k, attrs);
      to.set(x, i * n * k);
    }
  },
};

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
