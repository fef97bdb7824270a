import { areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { keptPart, type PadAttrs } from "./kept-part.ts";

/** The value everywhere, then the part of `x` that stays. */
export const wasmPadConstant: WasmKernel<PadAttrs> = {
  supports: areFloat32,
  run([x], output, { pads, value }, engine) {
    const { shape, from, to, fromStrides, toStrides } = keptPart(x as Tensor, output.shape, pads);
    const source = engine.address(x as Tensor) + 4 * (from - (x as Tensor).offset);
    const target = engine.address(output);
    engine.kernels.fill(target, output.size, value);
    if (shape.every((length) => length > 0)) {
      engine.between(
        "float32",
        shape,
        { address: source, strides: fromStrides },
        { address: target + 4 * to, strides: toStrides },
      );
    }
  },
};
