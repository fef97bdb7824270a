import { areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { blockOf, type ReduceAttrs } from "./define.ts";

/** Blocked SIMD reductions of float32 over the middle of `[outer, length, inner]`. */
export const wasmReduction = (name: "sum" | "max" | "min"): WasmKernel<ReduceAttrs> => ({
  supports: areFloat32,
  run([x], output, attrs, engine) {
    const { outer, length, inner } = blockOf((x as Tensor).shape, attrs);
    engine.kernels[name](engine.address(x as Tensor), engine.address(output), outer, length, inner);
  },
});

/** The sum, divided by how many were added. */
export const wasmMean: WasmKernel<ReduceAttrs> = {
  supports: areFloat32,
  run([x], output, attrs, engine) {
    const { outer, length, inner } = blockOf((x as Tensor).shape, attrs);
    const to = engine.address(output);
    engine.kernels.sum(engine.address(x as Tensor), to, outer, length, inner);
    const means = new Float32Array(engine.memory.buffer, to, outer * inner);
    for (let i = 0; i < means.length; i++) means[i] = (means[i] as number) / length;
  },
};
