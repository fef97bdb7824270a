import { areFloat32, withWindow } from "../../devices/wasm/operands.ts";
import type { Window as KernelWindow } from "../../devices/wasm/window.ts";
import type { WasmKernel } from "../../op.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { AverageAttrs, PoolAttrs } from "./average.ts";
import type { Window } from "./spans.ts";

const noScratch = (): number => 0;

/** Where the largest element of each window is; its value is found on the way and dropped. */
export const wasmMaxPoolIndices: WasmKernel<PoolAttrs> = {
  supports: ([x], output, { window }) => isPlanar(window) && x?.dtype === "float32" && output.size > 0,
  run([x], output, { window }, engine) {
    engine.withScratch(4 * output.size, (values) => {
      withWindow(engine, kernelWindow((x as Tensor).shape, output.shape, window as Window), noScratch, (at) => {
        engine.kernels.maxPool2d(at, engine.address(x as Tensor), values, engine.address(output));
      });
    });
  },
};

interface AtAttrs {
  readonly spatial: number;
}

export const wasmMaxPoolAt: WasmKernel<AtAttrs> = {
  supports: ([x], output) => x?.dtype === "float32" && output.size > 0,
  run([x, indices], output, { spatial }, engine) {
    const [area, windows] = [(x as Tensor).shape, output.shape].map((shape) => sizeOf(shape.slice(-spatial))) as [
      number,
      number,
    ];
    engine.kernels.pickFromPlanes(
      engine.address(x as Tensor),
      engine.address(indices as Tensor),
      engine.address(output),
      output.size / windows,
      area,
      windows,
    );
  },
};

interface ScatterAttrs {
  readonly size: Shape;
}

export const wasmMaxPoolGradient: WasmKernel<ScatterAttrs> = {
  supports: ([g], output, { size }) => size.length === 2 && g?.dtype === "float32" && g.size > 0 && output.size > 0,
  run([g, indices], output, _, engine) {
    const plain: Window = {
      kernel: [1, 1],
      stride: [1, 1],
      padding: [0, 0],
      dilation: [1, 1],
      ceilMode: false,
      countPad: false,
    };
    withWindow(engine, kernelWindow(output.shape, (g as Tensor).shape, plain), noScratch, (at) => {
      engine.kernels.maxPool2dGradient(
        at,
        engine.address(g as Tensor),
        engine.address(indices as Tensor),
        engine.address(output),
      );
    });
  },
};

export const wasmAveragePool: WasmKernel<AverageAttrs> = {
  supports: (inputs, output, attrs) => areEven(attrs) && areFloat32(inputs, output),
  run([x], output, { window, divisor = 0 }, engine) {
    const { countPad } = window as Window;
    withWindow(engine, kernelWindow((x as Tensor).shape, output.shape, window as Window), noScratch, (at) => {
      engine.kernels.avgPool2d(at, engine.address(x as Tensor), engine.address(output), Number(countPad), divisor);
    });
  },
};

export const wasmAveragePoolGradient: WasmKernel<AverageAttrs> = {
  supports: (inputs, output, attrs) => areEven(attrs) && areFloat32(inputs, output),
  run([g], output, { window, divisor = 0 }, engine) {
    withWindow(engine, kernelWindow(output.shape, (g as Tensor).shape, window as Window), noScratch, (at) => {
      engine.kernels.avgPool2dGradient(
        at,
        engine.address(g as Tensor),
        engine.address(output),
        Number((window as Window).countPad),
        divisor,
      );
    });
  },
};

const isPlanar = (window: Window | undefined): boolean => window?.kernel.length === 2;

/** Windows of which the kernel can work out the count by itself. */
const areEven = ({ window, divisor = 1 }: AverageAttrs): boolean =>
  isPlanar(window) && !window?.ceilMode && divisor > 0;

/** All planes `[..., height, width]` as images of one channel. */
function kernelWindow(x: Shape, y: Shape, { kernel, stride, padding, dilation }: Window): KernelWindow {
  const [height, width, outY, outX] = [x.at(-2), x.at(-1), y.at(-2), y.at(-1)] as [number, number, number, number];
  const [kernelY, kernelX] = kernel as [number, number];
  const [strideY, strideX] = stride as [number, number];
  const [padY, padX] = padding as [number, number];
  const [dilationY, dilationX] = dilation as [number, number];
  const planes = sizeOf(x.slice(0, -2));
  return {
    batch: planes,
    groups: 1,
    channels: 1,
    outputs: 1,
    height,
    width,
    outY,
    outX,
    kernelY,
    kernelX,
    strideY,
    strideX,
    padY,
    padX,
    dilationY,
    dilationX,
  };
}
