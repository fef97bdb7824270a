import { resultType } from "../../dtype.ts";
import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp, type Spec } from "../../op.ts";
import { broadcastShapes, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { floatDType } from "../reduce/define.ts";
import { batchIndices } from "./batch.ts";
import { luFactor, luSolve } from "./lu.ts";
import { identity, matrixError, matrixOf, perMatrix, squareOf } from "./matrices.ts";

interface InverseAttrs {
  /** Infinities and NaN instead of an error where there is no inverse. */
  readonly unchecked?: boolean;
}

const inverseOp = perMatrix<InverseAttrs>("inv", {
  square: true,
  result: (n) => [n, n],
  compute({ data, rows: n }, { unchecked = false }, fail) {
    const lu = luFactor(data, n);
    if (lu.singular >= 0 && !unchecked) throw fail(`singular: column ${lu.singular} has no pivot`);
    return luSolve(lu, identity(n), n);
  },
});

/** `x⁻¹`. Shape `[..., n, n]` to the same. */
export const inverse = callable(
  (x: Tensor, attrs: InverseAttrs = {}): Tensor => apply(inverseOp, [x], attrs),
  inverseOp,
);

const solveOp: KernelOp<Readonly<Record<never, never>>> = {
  kind: "kernel",
  name: "solve",
  inputs: ["a", "b"],
  infer: ([a, b]) => systemSpec("solve", a as Tensor, b as Tensor),
  reference([a, b], output) {
    const [n, k] = output.shape.slice(-2) as [number, number];
    const [matrices, right, to] = [elements(a as Tensor), elements(b as Tensor), elements(output)];
    const batch = output.shape.slice(0, -2);
    const [atA, atB] = [batchIndices(a as Tensor, batch), batchIndices(b as Tensor, batch)];
    for (let i = 0; i < sizeOf(batch); i++) {
      const [first, second] = [(atA[i] as number) * n * n, (atB[i] as number) * n * k];
      const lu = luFactor(Float64Array.from(matrices.subarray(first, first + n * n)), n);
      if (lu.singular >= 0) {
        throw matrixError("solve", `singular: column ${lu.singular} has no pivot`, i, {
          a: a as Tensor,
          b: b as Tensor,
        });
      }
      to.set(luSolve(lu, right.subarray(second, second + n * k), k), i * n * k);
    }
  },
};

/** `x` with `a x = b`. Shapes `[..., n, n]` and `[..., n, k]` to `[..., n, k]`; leading ones broadcast. */
export const solveMatrices = callable((a: Tensor, b: Tensor): Tensor => apply(solveOp, [a, b], {}), solveOp);

/** What comes out of a system of equations: checked, with the batches broadcast. */
export function systemSpec(who: string, a: Tensor, b: Tensor): Spec {
  const [n] = squareOf(who, a, "a");
  const [rows, columns] = matrixOf(who, b, "b");
  if (rows !== n) throw new RangeError(`${who}: a has ${n} rows, b ${rows} ${operandsText({ a, b })}`);
  const batch = broadcastShapes(who, [a.shape.slice(0, -2), b.shape.slice(0, -2)], ["a", "b"]);
  return { shape: [...batch, n, columns], dtype: floatDType(who)(resultType([a, b])) };
}
