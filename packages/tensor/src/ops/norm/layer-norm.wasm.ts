import { addressOrNone, areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { LayerNormAttrs } from "./layer-norm.ts";

export const wasmLayerNorm: WasmKernel<LayerNormAttrs> = {
  supports: areFloat32,
  run([x, weight, bias], output, { span, eps }, engine) {
    const { rows, count } = rowsOf(output, span);
    engine.withScratch(8 * rows, (mean) => {
      const [scale, shift] = [addressOrNone(engine, weight), addressOrNone(engine, bias)];
      engine.kernels.layerNorm(
        engine.address(x as Tensor),
        scale,
        shift,
        engine.address(output),
        mean,
        mean + 4 * rows,
        rows,
        count,
        eps,
      );
    });
  },
};

function rowsOf({ shape, size }: Tensor, span: number): { rows: number; count: number } {
  const count = sizeOf(shape.slice(shape.length - span));
  return { rows: size / count, count };
}
