import { areFloat32, withWindow } from "../../devices/wasm/operands.ts";
import type { Window } from "../../devices/wasm/window.ts";
import type { WasmKernel } from "../../op.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { BlockAttrs } from "./columns.ts";

const noScratch = (): number => 0;

export const wasmIm2col: WasmKernel<BlockAttrs> = {
  supports: (inputs, output) => areFloat32(inputs, output),
  run([x], output, attrs, engine) {
    withWindow(engine, windowOf((x as Tensor).shape, attrs), noScratch, (at) => {
      engine.kernels.im2col(at, engine.address(x as Tensor), engine.address(output));
    });
  },
};

export const wasmCol2im: WasmKernel<BlockAttrs> = {
  supports: (inputs, output) => areFloat32(inputs, output),
  run([columns], output, attrs, engine) {
    withWindow(engine, windowOf(output.shape, attrs), noScratch, (at) => {
      engine.kernels.col2im(at, engine.address(columns as Tensor), engine.address(output));
    });
  },
};

/** All planes `[n, c, h, w]` as the channels of one image: their columns lie in the same order. */
function windowOf(images: Shape, { kernel, stride, padding, dilation, image, blocks }: BlockAttrs): Window {
  return {
    batch: 1,
    groups: 1,
    channels: (images[0] as number) * (images[1] as number),
    outputs: 1,
    height: image[0],
    width: image[1],
    outY: blocks[0],
    outX: blocks[1],
    kernelY: kernel[0],
    kernelX: kernel[1],
    strideY: stride[0],
    strideX: stride[1],
    padY: padding[0],
    padX: padding[1],
    dilationY: dilation[0],
    dilationX: dilation[1],
  };
}
