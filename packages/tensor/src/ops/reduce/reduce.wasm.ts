import { areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { ReduceAttrs } from "./define.ts";

/** Blocked SIMD reductions of float32 over the middle of `[outer, length, inner]`. */
export const wasmReduction = (name: "sum" | "max" | "min"): WasmKernel<ReduceAttrs> => ({
  supports: areFloat32,
  run([x], output, attrs, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, attrs);
    engine.kernels[name](engine.address(x as Tensor), engine.address(output), outer, length, inner);
  },
});

/** Sums of float32, and of truth values, which are counted. */
export const wasmSum: WasmKernel<ReduceAttrs> = {
  supports: ([x], output) => areFloat32([x as Tensor], output) || isCountable(x as Tensor),
  run([x], output, attrs, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, attrs);
    const sum = output.dtype === "float32" ? engine.kernels.sum : engine.kernels.sumBytes;
    sum(engine.address(x as Tensor), engine.address(output), outer, length, inner);
  },
};

/** Where no sum can leave int32. */
const isCountable = (x: Tensor): boolean =>
  (x.dtype === "bool" || x.dtype === "uint8") && x.size > 0 && x.size < 2 ** 23;

/** The sum, divided by how many were added. */
export const wasmMean: WasmKernel<ReduceAttrs> = {
  supports: areFloat32,
  run([x], output, attrs, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, attrs);
    const to = engine.address(output);
    engine.kernels.sum(engine.address(x as Tensor), to, outer, length, inner);
    const means = new Float32Array(engine.memory.buffer, to, outer * inner);
    for (let i = 0; i < means.length; i++) means[i] = (means[i] as number) / length;
  },
};

/** The first place of the largest or smallest, as int32. */
export const wasmArgument = (name: "argmax" | "argmin"): WasmKernel<ReduceAttrs> => ({
  supports: ([x], output) => (x as Tensor).dtype === "float32" && (x as Tensor).size > 0 && output.size > 0,
  run([x], output, attrs, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, attrs);
    engine.kernels[name](engine.address(x as Tensor), engine.address(output), outer, length, inner);
  },
});

/** Variances, or their roots, from the biased ones that batch normalisation takes. */
export const wasmSpread = (root: boolean): WasmKernel<ReduceAttrs & { readonly correction: number }> => ({
  supports: areFloat32,
  run([x], output, attrs, engine) {
    const { outer, length, inner } = linesOf(x as Tensor, attrs);
    const from = engine.address(x as Tensor);
    const to = engine.address(output);
    engine.withScratch(4 * outer * inner, (means) => {
      if (inner === 1) engine.kernels.batchNormMoments(from, means, to, 1, outer, length);
      else
        for (let o = 0; o < outer; o++)
          engine.kernels.batchNormMoments(from + 4 * o * length * inner, means, to + 4 * o * inner, length, inner, 1);
    });
    const share = Math.max(0, length - attrs.correction);
    const spreads = new Float32Array(engine.memory.buffer, to, outer * inner);
    for (let i = 0; i < spreads.length; i++) {
      const variance = ((spreads[i] as number) * length) / share;
      spreads[i] = root ? Math.sqrt(variance) : variance;
    }
  },
});

const linesOf = ({ shape }: Tensor, { dim, span }: ReduceAttrs): { outer: number; length: number; inner: number } => ({
  outer: sizeOf(shape.slice(0, dim)),
  length: sizeOf(shape.slice(dim, dim + span)),
  inner: sizeOf(shape.slice(dim + span)),
});
