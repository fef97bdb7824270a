import { hasFourBytes, isFilled } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { checkPicks, copyWhole, linesOf } from "./gather.wasm.ts";

interface Attrs {
  readonly dim: number;
}

/** A row of elements for each index, block after block of the dimensions before. */
export const wasmIndexSelect: WasmKernel<Attrs> = {
  supports: ([x, index], output) =>
    hasFourBytes(x as Tensor) && isFilled(x as Tensor) && (index as Tensor).dtype === "int32" && isFilled(output),
  run([x, index], output, { dim }, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, dim);
    const count = (index as Tensor).size;
    const picks = engine.address(index as Tensor);
    let from = engine.address(x as Tensor);
    let to = engine.address(output);
    for (let o = 0; o < outer; o++, from += 4 * length * inner, to += 4 * count * inner) {
      checkPicks(
        "indexSelect",
        engine.kernels.gatherRows(from, picks, to, count, length, inner),
        x as Tensor,
        index as Tensor,
        dim,
      );
    }
  },
};

/** Rows added to a copy of `x`, in the order of the indices. */
export const wasmIndexAdd: WasmKernel<Attrs> = {
  supports: ([x, index, source], output) =>
    output.dtype === "float32" &&
    isFilled(x as Tensor) &&
    (index as Tensor).dtype === "int32" &&
    isFilled(source as Tensor),
  run([x, index, source], output, { dim }, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, dim);
    const count = (index as Tensor).size;
    copyWhole(engine, x as Tensor, output);
    const picks = engine.address(index as Tensor);
    let from = engine.address(source as Tensor);
    let to = engine.address(output);
    for (let o = 0; o < outer; o++, from += 4 * count * inner, to += 4 * length * inner) {
      checkPicks(
        "indexAdd",
        engine.kernels.scatterAddRows(from, picks, to, count, length, inner),
        x as Tensor,
        index as Tensor,
        dim,
      );
    }
  },
};
