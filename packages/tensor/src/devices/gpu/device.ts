import type { KernelOp } from "../../op.ts";
import { contiguousCopy } from "../../ops/copy.ts";
import type { Tensor } from "../../tensor.ts";
import type { Device } from "../device.ts";
import { elementBytes, pack, unpack, wgslTypeOf } from "./elements.ts";
import { coincide, fill, runFormula } from "./elementwise.ts";
import { fallbackIsOn, runOnCpu } from "./fallback.ts";
import { notOnGpu } from "./kernel.ts";
import { Runtime } from "./runtime.ts";
import { GpuStorage } from "./storage.ts";
import { kernelOf } from "./table.ts";
import { runUpdates } from "./updates.ts";

/** The device interface over a WebGPU device. */
export function makeDevice(webgpu: GPUDevice): Device {
  const runtime = new Runtime(webgpu);
  const { buffers } = runtime;
  const forgotten = new FinalizationRegistry<GPUBuffer>((buffer) => buffers.give(buffer));
  const device: Device = {
    name: "gpu",
    allocate(dtype, size) {
      wgslTypeOf(dtype);
      runtime.check();
      return new GpuStorage(device, dtype, size, buffers.take(size), buffers, forgotten);
    },
    upload(dtype, data) {
      wgslTypeOf(dtype);
      const buffer = runtime.filled(data.length, (memory) => pack(dtype, data, memory));
      return new GpuStorage(device, dtype, data.length, buffer, buffers, forgotten);
    },
    fill: (x, value) => fill(runtime, x, value),
    async read(storage) {
      if (!(storage instanceof GpuStorage)) throw new TypeError(`gpu: the tensor is on ${storage.device.name}`);
      return unpack(storage.dtype, await runtime.read(storage.buffer, elementBytes * storage.size));
    },
    run(op, inputs, output, attrs) {
      const { apart, copies } = withoutOverlap(inputs, output);
      try {
        compute(runtime, op, apart, output, attrs);
      } finally {
        for (const copy of copies) copy.dispose();
      }
    },
    runUpdates: (updates, inputs, targets, params) => runUpdates(runtime, updates, inputs, targets, params),
  };
  return device;
}

function compute<A>(runtime: Runtime, op: KernelOp<A>, inputs: readonly Tensor[], output: Tensor, attrs: A): void {
  const kernel = kernelOf(op);
  if (kernel !== undefined) kernel(runtime, inputs, output, attrs);
  else if (op.formula !== undefined) runFormula(runtime, op, op.formula, inputs, output, attrs);
  else if (fallbackIsOn()) runOnCpu(runtime, op, inputs, output, attrs);
  else throw notOnGpu(op.name);
}

/**
 * WebGPU forbids a call to read and write one buffer: inputs that share the output's are copied. Not those that lie in
 * the very place of the output: elementwise kernels read them through the output.
 */
function withoutOverlap(
  inputs: readonly Tensor[],
  output: Tensor,
): { apart: readonly Tensor[]; copies: readonly Tensor[] } {
  if (!inputs.some((x) => x.storage === output.storage && !coincide(x, output))) return { apart: inputs, copies: [] };
  const copies = new Map<Tensor, Tensor>();
  for (const x of inputs) if (x.storage === output.storage && !copies.has(x)) copies.set(x, contiguousCopy(x));
  return { apart: inputs.map((x) => copies.get(x) ?? x), copies: [...copies.values()] };
}
