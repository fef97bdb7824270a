import { apply, callable, type KernelOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { batchIndices } from "./batch.ts";
import { systemSpec } from "./inverse.ts";
import { subtractRow } from "./lu.ts";

const op: KernelOp<Readonly<Record<never, never>>> = {
  kind: "kernel",
  name: "choleskySolve",
  inputs: ["b", "l"],
  infer: ([b, l]) => systemSpec("choleskySolve", l as Tensor, b as Tensor),
  reference([b, l], output) {
    const [n, k] = output.shape.slice(-2) as [number, number];
    const [right, factors, to] = [elements(b as Tensor), elements(l as Tensor), elements(output)];
    const batch = output.shape.slice(0, -2);
    const [atB, atL] = [batchIndices(b as Tensor, batch), batchIndices(l as Tensor, batch)];
    for (let i = 0; i < sizeOf(batch); i++) {
      const [first, second] = [(atL[i] as number) * n * n, (atB[i] as number) * n * k];
      const x = Float64Array.from(right.subarray(second, second + n * k));
      substitute(factors.subarray(first, first + n * n), x, n, k);
      to.set(x, i * n * k);
    }
  },
};

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
