import { areFloat32, isFilled } from "../../devices/wasm/operands.ts";
import { bytesPerElement } from "../../dtype.ts";
import type { WasmKernel } from "../../op.ts";
import type { Layout } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

interface Attrs {
  readonly window: Layout;
}

/** Zeros, and the elements of `x` added under the window. */
export const wasmStridedScatterAdd: WasmKernel<Attrs> = {
  supports: areFloat32,
  run([x], output, { window }, engine) {
    const to = engine.address(output);
    engine.kernels.fill(to, output.size, 0);
    engine.addBetween(
      window.shape,
      { address: engine.address(x as Tensor), strides: (x as Tensor).strides },
      { address: to + 4 * window.offset, strides: window.strides },
    );
  },
};

/** A copy of `x`, then `value` under the window. */
export const wasmCopySlices: WasmKernel<Attrs> = {
  supports: ([x, value], output) =>
    x?.dtype === value?.dtype && output.dtype !== "float64" && isFilled(output) && isFilled(value as Tensor),
  run([x, value], output, { window }, engine) {
    const to = engine.address(output);
    const { shape, strides } = x as Tensor;
    engine.between(
      output.dtype,
      shape,
      { address: engine.address(x as Tensor), strides },
      { address: to, strides: output.strides },
    );
    const from = { address: engine.address(value as Tensor), strides: (value as Tensor).strides };
    engine.between(output.dtype, window.shape, from, {
      address: to + bytesPerElement[output.dtype] * window.offset,
      strides: window.strides,
    });
  },
};
