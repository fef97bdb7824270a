import type { KernelOp } from "../../op.ts";
import { contiguousCopy } from "../../ops/copy.ts";
import type { Tensor } from "../../tensor.ts";
import type { Device } from "../device.ts";
import { elementBytes, pack, unpack, wgslTypeOf } from "./elements.ts";
import { runFormula } from "./elementwise.ts";
import { notOnGpu } from "./kernel.ts";
import { Runtime } from "./runtime.ts";
import { GpuStorage } from "./storage.ts";
import { kernelOf } from "./table.ts";

/** The device interface over a WebGPU device. */
export function makeDevice(webgpu: GPUDevice): Device {
  const runtime = new Runtime(webgpu);
  const { buffers } = runtime;
  const forgotten = new FinalizationRegistry<GPUBuffer>((buffer) => buffers.give(buffer));
  const device: Device = {
    name: "gpu",
    allocate(dtype, size) {
      wgslTypeOf(dtype);
      return new GpuStorage(device, dtype, size, buffers.take(size), buffers, forgotten);
    },
    upload(dtype, data) {
      wgslTypeOf(dtype);
      const buffer = buffers.filled(data.length, (memory) => pack(dtype, data, memory));
      return new GpuStorage(device, dtype, data.length, buffer, buffers, forgotten);
    },
    async read(storage) {
      if (!(storage instanceof GpuStorage)) throw new TypeError(`gpu: the tensor is on ${storage.device.name}`);
      return unpack(storage.dtype, await runtime.read(storage.buffer, elementBytes * storage.size));
    },
    run: (op, inputs, output, attrs) =>
      withoutOverlap(inputs, output, (apart) => compute(runtime, op, apart, output, attrs)),
  };
  return device;
}

function compute<A>(runtime: Runtime, op: KernelOp<A>, inputs: readonly Tensor[], output: Tensor, attrs: A): void {
  const kernel = kernelOf(op);
  if (kernel !== undefined) kernel(runtime, inputs, output);
  else if (op.formula !== undefined) runFormula(runtime, op, op.formula, inputs, output, attrs);
  else throw notOnGpu(op.name);
}

/** WebGPU forbids a call to read and write one buffer: inputs that share the output's are copied. */
function withoutOverlap(inputs: readonly Tensor[], output: Tensor, body: (apart: readonly Tensor[]) => void): void {
  const shared = inputs.filter((x) => x.storage === output.storage);
  if (shared.length === 0) {
    body(inputs);
    return;
  }
  const copies = new Map(shared.map((x) => [x, contiguousCopy(x)]));
  body(inputs.map((x) => copies.get(x) ?? x));
  for (const copy of copies.values()) copy.dispose();
}
