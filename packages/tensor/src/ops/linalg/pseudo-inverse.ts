import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { broadcastShapes, sameShape, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { floatDType } from "../reduce/define.ts";
import { batchIndices } from "./batch.ts";
import { matrixError, matrixOf, mirrorLower, squareOf } from "./matrices.ts";
import { jacobiSvd } from "./svd.ts";

interface PseudoInverseAttrs {
  /** Read the lower triangle as a symmetric matrix. */
  readonly hermitian: boolean;
}

const op: KernelOp<PseudoInverseAttrs> = {
  kind: "kernel",
  name: "pinv",
  inputs: ["x", "atol", "rtol"],
  infer([x, atol, rtol], { hermitian }) {
    const [rows, columns] = (hermitian ? squareOf : matrixOf)("pinv", x as Tensor);
    const batch = (x as Tensor).shape.slice(0, -2);
    for (const [name, limit] of Object.entries({ atol: atol as Tensor, rtol: rtol as Tensor })) {
      if (!sameShape(broadcastShapes("pinv", [batch, limit.shape], ["batch", name]), batch)) {
        throw new RangeError(
          `pinv: ${name} does not broadcast to the batch ${operandsText({ x: x as Tensor, [name]: limit })}`,
        );
      }
    }
    return { shape: [...batch, columns, rows], dtype: floatDType("pinv")((x as Tensor).dtype) };
  },
  reference([x, atol, rtol], output, { hermitian }) {
    const [rows, columns] = (x as Tensor).shape.slice(-2) as [number, number];
    const batch = output.shape.slice(0, -2);
    const [from, to] = [elements(x as Tensor), elements(output)];
    const [absolute, relative] = [limits(atol as Tensor, batch), limits(rtol as Tensor, batch)];
    for (let b = 0, at = 0; b < sizeOf(batch); b++, at += rows * columns) {
      const matrix = Float64Array.from(from.subarray(at, at + rows * columns));
      if (!matrix.every(Number.isFinite)) throw matrixError("pinv", "not finite", b, { x: x as Tensor });
      if (hermitian) mirrorLower(matrix, rows);
      to.set(pseudoInverseOf(matrix, rows, columns, absolute[b] as number, relative[b] as number), at);
    }
  },
};

/**
 * The inverse where there is one, the best substitute elsewhere; singular values up to `max(atol, rtol · σ₁)` count as 0.
 * Shape `[..., m, n]` to `[..., n, m]`; atol and rtol broadcast to the batch.
 */
export const pseudoInverse = callable(
  (x: Tensor, atol: Tensor, rtol: Tensor, attrs: PseudoInverseAttrs): Tensor => apply(op, [x, atol, rtol], attrs),
  op,
);

function limits(limit: Tensor, batch: readonly number[]): number[] {
  const values = elements(limit);
  const matrices = limit.sibling(limit.storage, [...limit.shape, 1, 1]);
  return batchIndices(matrices, batch).map((index) => values[index] as number);
}

function pseudoInverseOf(a: Float64Array, rows: number, columns: number, atol: number, rtol: number): Float64Array {
  const { u, s, v } = jacobiSvd(a, rows, columns);
  const limit = Math.max(atol, rtol * (s[0] ?? 0));
  const out = new Float64Array(columns * rows);
  for (let k = 0; k < s.length; k++) {
    if (!((s[k] as number) > limit)) continue;
    for (let i = 0; i < columns; i++) {
      const scaled = (v[i * s.length + k] as number) / (s[k] as number);
      for (let j = 0; j < rows; j++)
        out[i * rows + j] = (out[i * rows + j] as number) + scaled * (u[j * s.length + k] as number);
    }
  }
  return out;
}
