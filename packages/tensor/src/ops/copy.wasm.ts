import { bytesPerElement, type DType } from "../dtype.ts";
import type { WasmKernel } from "../op.ts";
import type { Tensor } from "../tensor.ts";

/** Elements of any strides to packed ones of the same type. */
export const wasmCopy: WasmKernel<{ readonly dtype: DType }> = {
  supports: ([x], output) => x !== undefined && x.dtype === output.dtype && x.dtype !== "float64" && !x.isNumber && output.isContiguous && output.size > 0,
  run([x], output, _, engine) {
    const { shape, strides } = x as Tensor;
    const address = engine.address(x as Tensor);
    engine.copyStrided({ address, strides }, shape, engine.address(output), bytesPerElement[output.dtype] === 1 ? 1 : 4);
  },
};
