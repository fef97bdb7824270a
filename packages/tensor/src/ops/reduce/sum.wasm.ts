import type { WasmKernel } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { ReduceAttrs } from "./define.ts";

/** Blocked SIMD sums of float32. */
export const wasmSum: WasmKernel<ReduceAttrs> = {
  supports: ([x], output) => x?.dtype === "float32" && !x.isNumber && output.size > 0,
  run([x], output, { dim, span }, engine) {
    const { shape } = x as Tensor;
    const [a, b, c] = [shape.slice(0, dim), shape.slice(dim, dim + span), shape.slice(dim + span)].map(sizeOf) as [number, number, number];
    engine.kernels.sum(engine.address(x as Tensor), engine.address(output), a, b, c);
  },
};
