import type { Engine } from "../devices/wasm/engine.ts";
import { areFloat32 } from "../devices/wasm/operands.ts";
import type { WasmKernel } from "../op.ts";
import type { Tensor } from "../tensor.ts";
import type { SoftmaxAttrs } from "./softmax.ts";

/** Along the last dimension, or one with only ones behind it. */
const isLast = ({ shape }: Tensor, { dim }: SoftmaxAttrs): boolean => shape.slice(dim + 1).every((length) => length === 1);

const rowsOf = ({ shape, size }: Tensor, { dim }: SoftmaxAttrs): [rows: number, count: number] => [size / (shape[dim] ?? 1), shape[dim] ?? 1];

const alongLast = (run: (engine: Engine, inputs: readonly Tensor[], output: Tensor, rows: number, count: number) => void): WasmKernel<SoftmaxAttrs> => ({
  supports: (inputs, output, attrs) => areFloat32(inputs, output) && isLast(output, attrs),
  run: (inputs, output, attrs, engine) => run(engine, inputs, output, ...rowsOf(output, attrs)),
});

/** `softmax` or `logSoftmax` of a row at a time. */
export const wasmSoftmax = (name: "softmax" | "logSoftmax"): WasmKernel<SoftmaxAttrs> =>
  alongLast((engine, [x], output, rows, count) => engine.kernels[name](engine.address(x as Tensor), engine.address(output), rows, count));

/** Their gradients, from the upstream gradient and the result. */
export const wasmSoftmaxGradient = (name: "softmaxGradient" | "logSoftmaxGradient"): WasmKernel<SoftmaxAttrs> =>
  alongLast((engine, [g, y], output, rows, count) => engine.kernels[name](engine.address(g as Tensor), engine.address(y as Tensor), engine.address(output), rows, count));
