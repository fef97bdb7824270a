import { isFloat } from "../../dtype.ts";
import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { sameShape } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmGruGates } from "./gates.wasm.ts";
import { sigmoidOf } from "./sigmoid.ts";

type None = Readonly<Record<never, never>>;
const none: None = {};

const op: KernelOp<None> = {
  kind: "kernel",
  name: "gruGates",
  inputs: ["fromInput", "fromHidden", "h"],
  infer: (inputs) => {
    const [fromInput, fromHidden, h] = inputs as [Tensor, Tensor, Tensor];
    const [rows, size] = h.shape;
    if (
      h.ndim !== 2 ||
      ![fromInput, fromHidden].every((x) => sameShape(x.shape, [rows as number, 3 * (size as number)]))
    ) {
      throw new RangeError(
        `gruGates: the gates must be [n, 3 size] and h [n, size] ${operandsText({ fromInput, fromHidden, h })}`,
      );
    }
    if (!isFloat(h.dtype) || fromInput.dtype !== h.dtype || fromHidden.dtype !== h.dtype)
      throw new TypeError(
        `gruGates: needs one floating-point dtype, got ${inputs.map(({ dtype }) => dtype).join(", ")}`,
      );
    return { shape: h.shape, dtype: h.dtype };
  },
  reference: ([fromInput, fromHidden, h], output) => {
    const [xs, hs] = [elements(fromInput as Tensor), elements(fromHidden as Tensor)];
    const [old, to] = [elements(h as Tensor), elements(output)];
    const [rows, size] = output.shape as [number, number];
    for (let row = 0, at = 0; row < rows; row++) {
      for (let i = 3 * row * size; i < (3 * row + 1) * size; i++, at++) {
        const r = sigmoidOf((xs[i] as number) + (hs[i] as number));
        const z = sigmoidOf((xs[i + size] as number) + (hs[i + size] as number));
        const n = Math.tanh((xs[i + 2 * size] as number) + r * (hs[i + 2 * size] as number));
        to[at] = n + z * ((old[at] as number) - n);
      }
    }
  },
  wasm: wasmGruGates,
};

/**
 * One step of a GRU after its matrix products: `h' = (1 - z) n + z h` with `r = σ(xr + hr)`, `z = σ(xz + hz)` and
 * `n = tanh(xn + r hn)`.
 *
 * - fromInput, fromHidden: `[n, 3 size]`, the blocks r, z, n side by side; h: `[n, size]`
 * - result: `[n, size]`
 */
export const gruGates = callable(
  (fromInput: Tensor, fromHidden: Tensor, h: Tensor): Tensor => apply(op, [fromInput, fromHidden, h], none),
  op,
);
