import type { KernelOp } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { cpu } from "../cpu/cpu.ts";
import { elementBytes, pack, unpack } from "./elements.ts";
import { bufferOf } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { GpuStorage } from "./storage.ts";

let isOn = false;
const counts = new Map<string, number>();

/** Whether ops that lack a kernel run on the CPU. */
export const fallbackIsOn = (): boolean => isOn;

export function setFallback(on: boolean): void {
  isOn = on;
}

/**
 * Which ops `gpu({ fallback: "cpu" })` has computed on the CPU, by name, and how often.
 *
 * @example
 * fallbacks(); // => {}
 */
export const fallbacks = (): Readonly<Record<string, number>> => Object.fromEntries(counts);

/**
 * Computes an op by its reference loops: brings its inputs to the CPU and the result back. It only records work, as
 * kernels do; what is asked of the GPU afterwards waits for it, and what it throws is thrown by the next read.
 */
export function runOnCpu<A>(
  runtime: Runtime,
  op: KernelOp<A>,
  inputs: readonly Tensor[],
  output: Tensor,
  attrs: A,
): void {
  counts.set(op.name, (counts.get(op.name) ?? 0) + 1);
  const sources = inputs.map((x) => (x.storage instanceof GpuStorage ? bufferOf(x) : undefined));
  const target = bufferOf(output);
  runtime.pause(async (fetch) => {
    const copies = inputs.map(async (x, i) => {
      const buffer = sources[i];
      if (buffer === undefined) return x;
      const data = unpack(x.dtype, await fetch(buffer, elementBytes * x.storage.size));
      return x.sibling(cpu.upload(x.dtype, data), x.shape, x.strides, x.offset);
    });
    const result = output.sibling(cpu.allocate(output.dtype, output.size), output.shape);
    op.reference(await Promise.all(copies), result, attrs);
    const words = new ArrayBuffer(elementBytes * output.size);
    pack(output.dtype, result.storage.data, words);
    runtime.device.queue.writeBuffer(target, elementBytes * output.offset, words);
  });
}
