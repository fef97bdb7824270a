import { isFilled } from "../../devices/wasm/operands.ts";
import { bytesPerElement } from "../../dtype.ts";
import type { WasmKernel } from "../../op.ts";
import { contiguousStrides } from "../../shape.ts";

/** One strided copy for each tensor. */
export const wasmCat: WasmKernel<{ readonly dim: number }> = {
  supports: (_, output) => output.dtype !== "float64" && isFilled(output),
  run(tensors, output, { dim }, engine) {
    const strides = contiguousStrides(output.shape);
    const step = (strides[dim] ?? 1) * bytesPerElement[output.dtype];
    let to = engine.address(output);
    for (const x of tensors) {
      if (x.size > 0)
        engine.between(
          output.dtype,
          x.shape,
          { address: engine.address(x), strides: x.strides },
          { address: to, strides },
        );
      to += (x.shape[dim] as number) * step;
    }
  },
};
