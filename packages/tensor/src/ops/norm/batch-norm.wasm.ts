import { addressOrNone, areFloat32 } from "../../devices/wasm/operands.ts";
import type { WasmKernel } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { BatchNormAttrs } from "./batch-norm.ts";

const planesOf = ({ shape }: Tensor): [batch: number, channels: number, spatial: number] => [
  shape[0] as number,
  shape[1] as number,
  sizeOf(shape.slice(2)),
];

export const wasmBatchNormMoments: WasmKernel<unknown> = {
  supports: areFloat32,
  run([x], output, _, engine) {
    const mean = engine.address(output);
    const [batch, channels, spatial] = planesOf(x as Tensor);
    engine.kernels.batchNormMoments(engine.address(x as Tensor), mean, mean + 4 * channels, batch, channels, spatial);
  },
};

export const wasmBatchNorm: WasmKernel<BatchNormAttrs> = {
  supports: areFloat32,
  run([x, moments, weight, bias], output, { eps }, engine) {
    const [batch, channels, spatial] = planesOf(output);
    const mean = engine.address(moments as Tensor);
    const [scale, shift] = [addressOrNone(engine, weight), addressOrNone(engine, bias)];
    engine.kernels.batchNorm(
      engine.address(x as Tensor),
      mean,
      mean + 4 * channels,
      scale,
      shift,
      engine.address(output),
      batch,
      channels,
      spatial,
      eps,
    );
  },
};

export const wasmInputGradient: WasmKernel<BatchNormAttrs> = {
  supports: areFloat32,
  run([g, x, moments, weight], output, { eps }, engine) {
    const [batch, channels, spatial] = planesOf(output);
    const mean = engine.address(moments as Tensor);
    const [from, values, scale] = [
      engine.address(g as Tensor),
      engine.address(x as Tensor),
      addressOrNone(engine, weight),
    ];
    engine.kernels.batchNormGradient(
      from,
      values,
      mean,
      mean + 4 * channels,
      scale,
      engine.address(output),
      0,
      0,
      batch,
      channels,
      spatial,
      eps,
      1,
    );
  },
};

export const wasmWeightGradient: WasmKernel<BatchNormAttrs> = {
  supports: areFloat32,
  run([g, x, moments], output, { eps }, engine) {
    const [batch, channels, spatial] = planesOf(g as Tensor);
    const mean = engine.address(moments as Tensor);
    const [from, values] = [engine.address(g as Tensor), engine.address(x as Tensor)];
    engine.kernels.batchNormGradient(
      from,
      values,
      mean,
      mean + 4 * channels,
      0,
      0,
      engine.address(output),
      0,
      batch,
      channels,
      spatial,
      eps,
      1,
    );
  },
};
