import type { Engine } from "../../devices/wasm/engine.ts";
import { addressOrNone, areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { LayerNormAttrs } from "./layer-norm.ts";

export const wasmLayerNorm: WasmKernel<LayerNormAttrs> = {
  supports: areFloat32,
  run([x, weight, bias], output, { span, eps }, engine) {
    const { rows, count } = rowsOf(output, span);
    const [scale, shift] = [addressOrNone(engine, weight), addressOrNone(engine, bias)];
    const [from, to] = [engine.address(x as Tensor), engine.address(output)];
    engine.withScratch(8 * rows, (mean) => {
      engine.kernels.layerNorm(from, scale, shift, to, mean, mean + 4 * rows, rows, count, eps);
    });
  },
};

export const wasmLayerNormInputGradient: WasmKernel<LayerNormAttrs> = {
  supports: areFloat32,
  run([g, x, weight], output, attrs, engine) {
    gradients(engine, g as Tensor, x as Tensor, attrs, addressOrNone(engine, weight), engine.address(output), 0);
  },
};

export const wasmLayerNormWeightGradient: WasmKernel<LayerNormAttrs> = {
  supports: areFloat32,
  run([g, x], output, attrs, engine) {
    gradients(engine, g as Tensor, x as Tensor, attrs, 0, 0, engine.address(output));
  },
};

/** The moments of each row are taken again: cheaper than keeping them. */
function gradients(
  engine: Engine,
  g: Tensor,
  x: Tensor,
  { span, eps }: LayerNormAttrs,
  weight: number,
  dx: number,
  dweight: number,
): void {
  const { rows, count } = rowsOf(x, span);
  const [from, values] = [engine.address(g), engine.address(x)];
  engine.withScratch(8 * rows, (mean) => {
    engine.kernels.rowMoments(values, mean, mean + 4 * rows, rows, count, eps);
    engine.kernels.layerNormGradient(from, values, mean, mean + 4 * rows, weight, dx, dweight, 0, rows, count);
  });
}

function rowsOf({ shape, size }: Tensor, span: number): { rows: number; count: number } {
  const count = sizeOf(shape.slice(shape.length - span));
  return { rows: size / count, count };
}
