import { isFloat } from "../../dtype.ts";
import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmLstmGates } from "./gates.wasm.ts";
import { sigmoidOf } from "./sigmoid.ts";

type None = Readonly<Record<never, never>>;
const none: None = {};

const op: KernelOp<None> = {
  kind: "kernel",
  name: "lstmGates",
  inputs: ["gates", "c"],
  infer: ([gates, c]) => {
    const [first, second] = [gates as Tensor, c as Tensor];
    const [rows, size] = second.shape;
    if (second.ndim !== 2 || first.ndim !== 2 || first.shape[0] !== rows || first.shape[1] !== 4 * (size as number)) {
      throw new RangeError(
        `lstmGates: gates must be [n, 4 size] and c [n, size] ${operandsText({ gates: first, c: second })}`,
      );
    }
    if (!isFloat(first.dtype) || first.dtype !== second.dtype)
      throw new TypeError(`lstmGates: needs one floating-point dtype, got gates ${first.dtype}, c ${second.dtype}`);
    return { shape: [2, rows as number, size as number], dtype: first.dtype };
  },
  reference: ([gates, c], output) => {
    const [from, old, to] = [elements(gates as Tensor), elements(c as Tensor), elements(output)];
    const [, rows, size] = output.shape as [number, number, number];
    for (let row = 0, at = 0; row < rows; row++) {
      for (let i = 4 * row * size; i < (4 * row + 1) * size; i++, at++) {
        const input = sigmoidOf(from[i] as number) * Math.tanh(from[i + 2 * size] as number);
        const cell = sigmoidOf(from[i + size] as number) * (old[at] as number) + input;
        to[at] = sigmoidOf(from[i + 3 * size] as number) * Math.tanh(cell);
        to[at + rows * size] = cell;
      }
    }
  },
  wasm: wasmLstmGates,
};

/**
 * One step of an LSTM after its matrix products: `c' = σ(f) c + σ(i) tanh(z)` and `h' = σ(o) tanh(c')`.
 *
 * - gates: `[n, 4 size]`, the blocks i, f, z, o side by side; c: `[n, size]`
 * - result: `[2, n, size]`, h' and c'
 */
export const lstmGates = callable((gates: Tensor, c: Tensor): Tensor => apply(op, [gates, c], none), op);
