import { gruGates } from "../../ops/recurrent/gru-gates.ts";
import { lstmGates } from "../../ops/recurrent/lstm-gates.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuLstmGates: GpuKernel = (runtime, inputs, output) => {
  const [gates, c] = inputs as [Tensor, Tensor];
  checkFloat32("lstmGates", inputs);
  const job = { inputs: { gates, c }, output, whole: { size: c.shape[1] as number } };
  runEach(runtime, gpuLstmGates, "", c.size, job, () => ({
    body: `
    let at = index / a.size * 4u * a.size + index % a.size;
    let input = fn_sigmoid(gates(at)) * fn_tanh(gates(at + 2u * a.size));
    let cell = fn_sigmoid(gates(at + a.size)) * c(index) + input;
    put(index, fn_sigmoid(gates(at + 3u * a.size)) * fn_tanh(cell));
    put(a.indices + index, cell);`,
  }));
};

const gpuGruGates: GpuKernel = (runtime, inputs, output) => {
  const [fromInput, fromHidden, h] = inputs as [Tensor, Tensor, Tensor];
  checkFloat32("gruGates", inputs);
  const job = { inputs: { fromInput, fromHidden, h }, output, whole: { size: h.shape[1] as number } };
  runEach(runtime, gpuGruGates, "", h.size, job, () => ({
    body: `
    let at = index / a.size * 3u * a.size + index % a.size;
    let r = fn_sigmoid(fromInput(at) + fromHidden(at));
    let z = fn_sigmoid(fromInput(at + a.size) + fromHidden(at + a.size));
    let n = fn_tanh(fromInput(at + 2u * a.size) + r * fromHidden(at + 2u * a.size));
    put(index, n + z * (h(index) - n));`,
  }));
};

export const recurrentKernels = {
  gruGates: [gruGates.op, gpuGruGates],
  lstmGates: [lstmGates.op, gpuLstmGates],
} as const;
