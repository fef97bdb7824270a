import type { Engine } from "../../devices/wasm/engine.ts";
import { hasFourBytes, isFilled } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { outOfRange } from "./bounds.ts";

interface Attrs {
  readonly dim: number;
}

/** Indices in lines of the same number as those of `x`. */
const areAligned = (x: Tensor, index: Tensor, dim: number): boolean =>
  index.dtype === "int32" &&
  isFilled(x) &&
  isFilled(index) &&
  x.ndim === index.ndim &&
  x.shape.every((length, at) => at === dim || length === index.shape[at]);

/** One element at a time, each index checked. */
export const wasmGather: WasmKernel<Attrs> = {
  supports: ([x, index], _, { dim }) => hasFourBytes(x as Tensor) && areAligned(x as Tensor, index as Tensor, dim),
  run([x, index], output, { dim }, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, dim);
    const from = engine.address(x as Tensor);
    const picks = engine.address(index as Tensor);
    const bad = engine.kernels.gather(
      from,
      picks,
      engine.address(output),
      outer,
      length,
      inner,
      (index as Tensor).shape[dim] ?? 1,
    );
    checkPicks("gather", bad, x as Tensor, index as Tensor, dim);
  },
};

/** In the order of the elements. */
export const wasmScatterAdd: WasmKernel<Attrs> = {
  supports: ([x, index], output, { dim }) =>
    output.dtype === "float32" && areAligned(x as Tensor, index as Tensor, dim),
  run([x, index, source], output, { dim }, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, dim);
    copyWhole(engine, x as Tensor, output);
    const from = engine.address(source as Tensor);
    const picks = engine.address(index as Tensor);
    const bad = engine.kernels.scatterAdd(
      from,
      picks,
      engine.address(output),
      outer,
      length,
      inner,
      (index as Tensor).shape[dim] ?? 1,
    );
    checkPicks("scatterAdd", bad, x as Tensor, index as Tensor, dim);
  },
};

/** The elements of a contiguous tensor into another of four bytes each. */
export const copyWhole = (engine: Engine, x: Tensor, output: Tensor): void =>
  engine.copyStrided({ address: engine.address(x), strides: x.strides }, x.shape, engine.address(output));

export function linesOf({ shape }: Tensor, dim: number): { outer: number; length: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, dim)), length: shape[dim] ?? 1, inner: sizeOf(shape.slice(dim + 1)) };
}

/** Throws where a kernel stopped at the index in position `bad`. */
export function checkPicks(who: string, bad: number, x: Tensor, index: Tensor, dim: number): void {
  if (bad >= 0) throw outOfRange(who, elements(index)[bad] as number, dim, { x, index });
}
