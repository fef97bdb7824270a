import { resultType, type TypedArray } from "../../dtype.ts";
import { operandsText } from "../../errors.ts";
import type { KernelOp, Spec } from "../../op.ts";
import { broadcastShapes, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { floatDType } from "../reduce/define.ts";
import { batchIndices } from "./batch.ts";
import { matrixError, matrixOf, squareOf } from "./matrices.ts";

interface SystemOptions<A> {
  /** What the op calls its inputs, in order. */
  readonly inputs: readonly [string, string];
  /** Which of them is the matrix; the other is the right side. */
  readonly matrix: 0 | 1;
  /** One `[n, k]` from a matrix `[n, n]` and a right side `[n, k]`; neither may be written to. */
  solve(
    a: TypedArray,
    b: TypedArray,
    sizes: { n: number; k: number },
    attrs: A,
    fail: (what: string) => Error,
  ): Float64Array;
}

/** An op that solves systems of equations. Shapes `[..., n, n]` and `[..., n, k]` to `[..., n, k]`; leading ones broadcast. */
/* @__NO_SIDE_EFFECTS__ */
export function systemOp<A>(name: string, { inputs, matrix, solve }: SystemOptions<A>): KernelOp<A> {
  const operands = (given: readonly Tensor[]): [Tensor, Tensor] => [
    given[matrix] as Tensor,
    given[1 - matrix] as Tensor,
  ];
  return {
    kind: "kernel",
    name,
    inputs,
    infer: (given) => systemSpec(name, ...operands(given)),
    reference(given, output, attrs) {
      const [a, b] = operands(given);
      const [n, k] = output.shape.slice(-2) as [number, number];
      const [matrices, right, to] = [elements(a), elements(b), elements(output)];
      const batch = output.shape.slice(0, -2);
      const [atA, atB] = [batchIndices(a, batch), batchIndices(b, batch)];
      for (let i = 0; i < sizeOf(batch); i++) {
        const [first, second] = [(atA[i] as number) * n * n, (atB[i] as number) * n * k];
        const fail = (what: string): Error => matrixError(name, what, i, { a, b });
        const [left, side] = [matrices.subarray(first, first + n * n), right.subarray(second, second + n * k)];
        to.set(solve(left, side, { n, k }, attrs, fail), i * n * k);
      }
    },
  };
}

/** What comes out: checked, with the batches broadcast. */
function systemSpec(who: string, a: Tensor, b: Tensor): Spec {
  const [n] = squareOf(who, a, "a");
  const [rows, columns] = matrixOf(who, b, "b");
  if (rows !== n) throw new RangeError(`${who}: a has ${n} rows, b ${rows} ${operandsText({ a, b })}`);
  const batch = broadcastShapes(who, [a.shape.slice(0, -2), b.shape.slice(0, -2)], ["a", "b"]);
  return { shape: [...batch, n, columns], dtype: floatDType(who)(resultType([a, b])) };
}
