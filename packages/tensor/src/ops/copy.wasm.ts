import type { DType } from "../dtype.ts";
import type { WasmKernel } from "../op.ts";
import type { Tensor } from "../tensor.ts";

/** Elements of four bytes from any strides to packed ones. */
export const wasmCopy: WasmKernel<{ readonly dtype: DType }> = {
  supports: ([x], output) =>
    x !== undefined && x.dtype === output.dtype && (x.dtype === "float32" || x.dtype === "int32") && !x.isNumber && output.isContiguous && output.size > 0,
  run([x], output, _, engine) {
    const { shape, strides } = x as Tensor;
    engine.copyStrided({ address: engine.address(x as Tensor), strides }, shape, engine.address(output));
  },
};
