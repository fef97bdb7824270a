import {
  type ConvAttrs,
  type ConvGradientAttrs,
  convolution,
  convolutionInputGradient,
  convolutionWeightGradient,
} from "../../ops/conv/convolution.ts";
import type { Tensor } from "../../tensor.ts";
import { directConvolution, directInputGradient, directWeightGradient } from "./conv-direct.ts";
import { geometryOf } from "./conv-geometry.ts";
import { pixelsToWgsl, tapAt, tapFromTable, tapTable, windowsToWgsl } from "./conv-windows.ts";
import { multiply, type Side } from "./gemm.ts";
import type { GpuKernel } from "./kernel.ts";
import { checkFloat32 } from "./shader.ts";

/** Fewer rows than these leave most of a tile empty. */
const fewestRows = 4;

/** Weight `[o, c taps]` times the columns of the image `[c taps, n out]`, which are never written down. */
const gpuConvolution: GpuKernel<ConvAttrs> = (runtime, inputs, output, attrs) => {
  const [image, weight, bias] = inputs as [Tensor, Tensor, Tensor | undefined];
  checkFloat32("convolution", inputs);
  const geometry = geometryOf(image.shape, weight.shape, attrs);
  const { dims, batch, channels, outputs, groups, outArea, taps, whole } = geometry;
  if (outputs < fewestRows) {
    directConvolution(runtime, geometry, image, weight, bias, output);
    return;
  }
  const table = tapTable(runtime, geometry, channels);
  const product = {
    rows: outputs,
    columns: batch * outArea,
    inner: channels * taps,
    matrices: groups,
    inputs: { image, weight, table, ...(bias && { bias }) },
    output,
    rowStep: outArea,
    whole,
  };
  multiply(runtime, gpuConvolution, `${dims.length} ${bias !== undefined}`, product, () => ({
    left: leftOf("matrix * a.outputs * a.inner + inner", "a.inner", "weight"),
    right: {
      fixed: "line",
      functions: `${windowsToWgsl(dims)}
alias RightPlace = Window;
alias RightStep = Tap;
fn rightPlace(matrix : u32, column : u32) -> Window { return windowAt(matrix, column); }
fn rightStep(inner : u32) -> Tap { return placed(${tapFromTable(dims, "inner")}); }
fn right(window : Window, tap : Tap) -> f32 { return elementOf(window, tap); }`,
    },
    place: placeInPlanes("a.outputs", "a.outArea"),
    ...(bias && { finished: withBias }),
  }));
  runtime.buffers.give(table.buffer);
};

const withBias = `
fn finished(matrix : u32, row : u32, column : u32, value : f32) -> f32 {
  return value + bias(matrix * a.outputs + row);
}`;

/** Weight `[c, o taps]` times what each element of the image met in the output, `[o taps, n in]`. */
const gpuInputGradient: GpuKernel<ConvGradientAttrs> = (runtime, inputs, output, attrs) => {
  const [g, weight] = inputs as [Tensor, Tensor];
  checkFloat32("convolutionInputGradient", inputs);
  const geometry = geometryOf(attrs.shape, weight.shape, attrs);
  const { dims, batch, channels, outputs, groups, area, taps, whole } = geometry;
  if (channels < fewestRows) {
    directInputGradient(runtime, geometry, g, weight, output);
    return;
  }
  const table = tapTable(runtime, geometry, outputs);
  const product = {
    rows: channels,
    columns: batch * area,
    inner: outputs * taps,
    matrices: groups,
    inputs: { g, weight, table },
    output,
    rowStep: area,
    whole,
  };
  const apart = attrs.stride.map((step) => step > 1).join();
  multiply(runtime, gpuInputGradient, apart, product, () => ({
    left: leftOf("(matrix * a.outputs + inner / a.taps) * a.channels * a.taps + inner % a.taps", "a.taps", "weight"),
    right: {
      fixed: "line",
      functions: `${pixelsToWgsl(dims, attrs.stride)}
alias RightPlace = Pixel;
alias RightStep = Tap;
fn rightPlace(matrix : u32, column : u32) -> Pixel { return pixelAt(matrix, column); }
fn rightStep(inner : u32) -> Tap { return ${tapFromTable(dims, "inner")}; }
fn right(pixel : Pixel, tap : Tap) -> f32 { return elementOf(pixel, tap); }`,
    },
    place: placeInPlanes("a.channels", "a.area"),
  }));
  runtime.buffers.give(table.buffer);
};

/** `g` `[o, n out]` times the columns of the image `[n out, c taps]`. */
const gpuWeightGradient: GpuKernel<ConvGradientAttrs> = (runtime, inputs, output, attrs) => {
  const [g, image] = inputs as [Tensor, Tensor];
  checkFloat32("convolutionWeightGradient", inputs);
  const geometry = geometryOf(image.shape, attrs.shape, attrs);
  const { dims, batch, channels, outputs, groups, outArea, taps, whole } = geometry;
  if (outputs < fewestRows) {
    directWeightGradient(runtime, geometry, g, image, output);
    return;
  }
  const product = {
    rows: outputs,
    columns: channels * taps,
    inner: batch * outArea,
    matrices: groups,
    inputs: { g, image },
    output,
    rowStep: channels * taps,
    whole,
  };
  multiply(runtime, gpuWeightGradient, `${dims.length}`, product, () => ({
    left: leftOf(
      "((inner / a.outArea * a.groups + matrix) * a.outputs) * a.outArea + inner % a.outArea",
      "a.outArea",
      "g",
    ),
    right: {
      fixed: "line",
      functions: `${windowsToWgsl(dims)}${tapAt(dims)}
alias RightPlace = Tap;
alias RightStep = Window;
fn rightPlace(matrix : u32, column : u32) -> Tap {
  var tap = tapAt(column);
  tap.at += i32(matrix * a.channels);
  return placed(tap);
}
fn rightStep(inner : u32) -> Window { return windowAt(0u, inner); }
fn right(tap : Tap, window : Window) -> f32 { return elementOf(window, tap); }`,
    },
    place: "fn place(matrix : u32, column : u32) -> u32 { return matrix * a.rows * a.columns + column; }",
  }));
};

export const convolutionKernels = {
  convolution: [convolution.op, gpuConvolution],
  convolutionInputGradient: [convolutionInputGradient.op, gpuInputGradient],
  convolutionWeightGradient: [convolutionWeightGradient.op, gpuWeightGradient],
} as const;

/** A left matrix whose rows are `step` apart in `operand`; WGSL says where an inner index begins. */
const leftOf = (start: string, step: string, operand: "weight" | "g"): Side => ({
  fixed: "inner",
  functions: `
alias LeftPlace = u32;
alias LeftStep = u32;
fn leftPlace(matrix : u32, inner : u32) -> u32 { return ${start}; }
fn leftStep(row : u32) -> u32 { return row * ${step}; }
fn left(place : u32, step : u32) -> f32 { return ${operand}(place + step); }`,
});

/** Where column `[n, area]` of `[n, groups, rows, area]` begins. */
const placeInPlanes = (rows: string, area: string): string => `
fn place(matrix : u32, column : u32) -> u32 {
  return (column / ${area} * a.groups + matrix) * ${rows} * ${area} + column % ${area};
}`;
