import { addressOrNone, areFloat32, withWindow } from "../../devices/wasm/operands.ts";
import { multiplyAdds, type Window } from "../../devices/wasm/window.ts";
import type { WasmKernel } from "../../op.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { convolve, convolveBack, correlate, gemmFor } from "./by-columns.ts";
import type { ConvAttrs, ConvGradientAttrs } from "./convolution.ts";

/** Direct convolution in one or two dimensions, or products with columns where another library multiplies. */
export const wasmConvolution: WasmKernel<ConvAttrs> = {
  supports: (inputs, output, { output: sizes }) => sizes.length <= 2 && areFloat32(inputs, output),
  run([x, weight, bias], output, attrs, engine) {
    const { kernels } = engine;
    const window = windowOf((x as Tensor).shape, (weight as Tensor).shape, attrs);
    const gemm = gemmFor(window);
    if (gemm !== undefined) {
      return convolve(gemm, engine, window, {
        x: engine.address(x as Tensor),
        weight: engine.address(weight as Tensor),
        bias: addressOrNone(engine, bias),
        y: engine.address(output),
      });
    }
    engine.multiplies(multiplyAdds(window));
    withWindow(engine, window, kernels.conv2dScratch, (at, scratch) => {
      kernels.conv2d(
        at,
        engine.address(x as Tensor),
        engine.address(weight as Tensor),
        addressOrNone(engine, bias),
        engine.address(output),
        scratch,
      );
    });
  },
};

export const wasmInputGradient: WasmKernel<ConvGradientAttrs> = {
  supports: wasmConvolution.supports,
  run([g, weight], output, attrs, engine) {
    const { kernels } = engine;
    const window = windowOf(attrs.shape, (weight as Tensor).shape, attrs);
    const [dy, dx] = [engine.address(g as Tensor), engine.address(output)];
    const gemm = gemmFor(window);
    if (gemm !== undefined) {
      return convolveBack(gemm, engine, window, { dy, weight: engine.address(weight as Tensor), dx });
    }
    engine.multiplies(multiplyAdds(window));
    withWindow(engine, window, kernels.conv2dInputGradientScratch, (at, scratch) => {
      kernels.conv2dInputGradient(at, dy, engine.address(weight as Tensor), dx, scratch);
    });
  },
};

export const wasmWeightGradient: WasmKernel<ConvGradientAttrs> = {
  supports: wasmConvolution.supports,
  run([g, x], output, attrs, engine) {
    const { kernels } = engine;
    const window = windowOf((x as Tensor).shape, attrs.shape, attrs);
    const [dy, dweight] = [engine.address(g as Tensor), engine.address(output)];
    const gemm = gemmFor(window);
    if (gemm !== undefined) return correlate(gemm, engine, window, { x: engine.address(x as Tensor), dy, dweight });
    engine.multiplies(multiplyAdds(window));
    withWindow(engine, window, kernels.conv2dWeightGradientScratch, (at, scratch) => {
      kernels.conv2dWeightGradient(at, engine.address(x as Tensor), dy, dweight, scratch);
    });
  },
};

/** One dimension counts as an image of height 1. */
function windowOf(x: Shape, weight: Shape, { stride, padding, dilation, groups, output }: ConvAttrs): Window {
  const flat = output.length === 1;
  const vertical = (values: readonly number[], single: number): number => (flat ? single : (values[0] as number));
  const last = (values: readonly number[]): number => values.at(-1) as number;
  return {
    batch: x[0] as number,
    groups,
    channels: weight[1] as number,
    height: vertical(x.slice(2), 1),
    width: last(x),
    outputs: (weight[0] as number) / groups,
    kernelY: vertical(weight.slice(2), 1),
    kernelX: last(weight),
    outY: vertical(output, 1),
    outX: last(output),
    strideY: vertical(stride, 1),
    strideX: last(stride),
    padY: vertical(padding, 0),
    padX: last(padding),
    dilationY: vertical(dilation, 1),
    dilationX: last(dilation),
  };
}
