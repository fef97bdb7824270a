import { areFloat32, isFilled } from "../../devices/wasm/operands.ts";
import { operandsText } from "../../errors.ts";
import type { WasmKernel } from "../../op.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

const isIndex = (x: Tensor): boolean => x.dtype === "int32" && isFilled(x);

/** A copy of one row for each index. */
export const wasmGatherRows: WasmKernel<unknown> = {
  supports: ([weight, indices], output) => areFloat32([weight as Tensor], output) && isIndex(indices as Tensor),
  run([weight, indices], output, _, engine) {
    const [rows, width] = (weight as Tensor).shape as [number, number];
    const table = engine.address(weight as Tensor);
    const bad = engine.kernels.gatherRows(
      table,
      engine.address(indices as Tensor),
      engine.address(output),
      (indices as Tensor).size,
      rows,
      width,
    );
    if (bad >= 0) throw outsideTable(elements(indices as Tensor)[bad] as number, weight as Tensor, indices as Tensor);
  },
};

/** Rows added up in the order of the indices. */
export const wasmScatterRows: WasmKernel<{ readonly rows: number; readonly paddingIdx: number }> = {
  supports: ([g, indices], output) => areFloat32([g as Tensor], output) && isIndex(indices as Tensor),
  run([g, indices], output, { rows, paddingIdx }, engine) {
    const width = output.shape[1] as number;
    const to = engine.address(output);
    engine.kernels.fill(to, rows * width, 0);
    engine.kernels.scatterAddRows(
      engine.address(g as Tensor),
      engine.address(indices as Tensor),
      to,
      (indices as Tensor).size,
      rows,
      width,
    );
    if (paddingIdx >= 0) engine.kernels.fill(to + 4 * paddingIdx * width, width, 0);
  },
};

/** What is thrown for an index that names no row. */
export const outsideTable = (index: number, weight: Tensor, indices: Tensor): RangeError =>
  new RangeError(
    `embedding: index ${index} is out of range for ${weight.shape[0]} rows ${operandsText({ weight, indices })}`,
  );
