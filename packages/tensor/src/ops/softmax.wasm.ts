import type { Engine } from "../devices/wasm/engine.ts";
import { areFloat32 } from "../devices/wasm/operands.ts";
import type { WasmKernel } from "../op.ts";
import { contiguousStrides } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { SoftmaxAttrs } from "./softmax.ts";

type Rows = (engine: Engine, inputs: readonly number[], output: number, rows: number, count: number) => void;

/** `softmax` or `logSoftmax`. */
export const wasmSoftmax = (name: "softmax" | "logSoftmax"): WasmKernel<SoftmaxAttrs> =>
  alongDim(({ kernels }, [x], output, rows, count) => kernels[name](x as number, output, rows, count));

/** Their gradients, from the upstream gradient and the result. */
export const wasmSoftmaxGradient = (name: "softmaxGradient" | "logSoftmaxGradient"): WasmKernel<SoftmaxAttrs> =>
  alongDim(({ kernels }, [g, y], output, rows, count) => kernels[name](g as number, y as number, output, rows, count));

/** A row at a time. Other dimensions than the last are brought there and back in scratch memory. */
function alongDim(run: Rows): WasmKernel<SoftmaxAttrs> {
  return {
    supports: areFloat32,
    run(inputs, output, { dim }, engine) {
      const { shape, size } = output;
      const count = shape[dim] ?? 1;
      const addresses = inputs.map((input) => engine.address(input));
      const to = engine.address(output);
      if (isLast(output, dim)) return run(engine, addresses, to, size / count, count);
      const turned = [...shape.toSpliced(dim, 1), count];
      const strides = contiguousStrides(shape);
      const across = [...strides.toSpliced(dim, 1), strides[dim] ?? 1];
      engine.withScratch(4 * size * inputs.length, (scratch) => {
        const rows = addresses.map((_, i) => scratch + 4 * size * i);
        for (const [i, address] of addresses.entries()) {
          engine.copyStrided({ address, strides: across }, turned, rows[i] as number);
        }
        run(engine, rows, scratch, size / count, count);
        engine.between(
          "float32",
          turned,
          { address: scratch, strides: contiguousStrides(turned) },
          { address: to, strides: across },
        );
      });
    },
  };
}

/** The last dimension, or one with only ones behind it. */
const isLast = ({ shape }: Tensor, dim: number): boolean => shape.slice(dim + 1).every((length) => length === 1);
