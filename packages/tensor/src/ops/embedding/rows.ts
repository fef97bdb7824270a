import { apply, callable, type KernelOp } from "../../op.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { outsideTable, wasmGatherRows, wasmScatterRows } from "./rows.wasm.ts";

export interface GatherAttrs {
  /** The row that gets no gradient, or -1. */
  readonly paddingIdx: number;
  /** Divide the gradient of each row by how often its index occurs. */
  readonly scaleByFrequency: boolean;
}

const op: KernelOp<GatherAttrs> = {
  kind: "kernel",
  name: "embedding",
  inputs: ["weight", "indices"],
  infer: ([weight, indices]) => ({
    shape: [...(indices as Tensor).shape, (weight as Tensor).shape[1] as number],
    dtype: (weight as Tensor).dtype,
  }),
  reference: ([weight, indices], output) => {
    const [rows, width] = (weight as Tensor).shape as [number, number];
    const [table, at, to] = [elements(weight as Tensor), elements(indices as Tensor), elements(output)];
    for (const index of at)
      if (index < 0 || index >= rows) throw outsideTable(index, weight as Tensor, indices as Tensor);
    for (let i = 0; i < at.length; i++) {
      const row = (at[i] as number) * width;
      to.set(table.subarray(row, row + width), i * width);
    }
  },
  wasm: wasmGatherRows,
};

/** Rows of a table. Shapes weight `[rows, width]` and indices `[...]` (int32) to `[..., width]`. */
export const gatherRows = callable(
  (weight: Tensor, indices: Tensor, { paddingIdx = -1, scaleByFrequency = false }: Partial<GatherAttrs> = {}): Tensor =>
    apply(op, [weight, indices], { paddingIdx, scaleByFrequency }),
  op,
);

export interface ScatterAttrs {
  readonly rows: number;
  /** The row that stays zero, or -1. */
  readonly paddingIdx: number;
}

const scatterOp: KernelOp<ScatterAttrs> = {
  kind: "kernel",
  name: "embeddingGradient",
  inputs: ["g", "indices"],
  infer: ([g], { rows }) => ({ shape: [rows, (g as Tensor).shape.at(-1) as number], dtype: (g as Tensor).dtype }),
  reference: ([g, indices], output, { paddingIdx }) => {
    const [from, at, to] = [elements(g as Tensor), elements(indices as Tensor), elements(output)];
    const width = output.shape[1] as number;
    const sums = new Float64Array(to.length);
    for (let i = 0; i < at.length; i++) {
      const row = at[i] as number;
      if (row === paddingIdx) continue;
      for (let j = 0; j < width; j++)
        sums[row * width + j] = (sums[row * width + j] as number) + (from[i * width + j] as number);
    }
    to.set(sums);
  },
  wasm: wasmScatterRows,
};

/** Adds the rows of `g` up by index; row `paddingIdx` stays zero. Shapes `[..., width]` and `[...]` to `[rows, width]`. */
export const scatterRows = callable(
  (g: Tensor, indices: Tensor, attrs: ScatterAttrs): Tensor => apply(scatterOp, [g, indices], attrs),
  scatterOp,
);
