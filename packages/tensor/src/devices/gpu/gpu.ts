import { cpu } from "../cpu/cpu.ts";
import type { Device } from "../device.ts";
import { wasm } from "../wasm/wasm.ts";
import { findAdapter, gpuInfo, startAdapter } from "./adapter.ts";
import { setFallback } from "./fallback.ts";

let started: Promise<Device> | undefined;

export interface GpuOptions {
  /** Where ops without a kernel run: "cpu", or "none" to have them throw, as at first. Holds until it is given again. */
  fallback?: "cpu" | "none";
}

/**
 * The GPU, through WebGPU: the browser's, or in Node that of the optional peer `webgpu`. Started once.
 *
 * It computes in float32 and 32-bit integers. Ops only record work; `await x.read()`, `await x.itemAsync()` and
 * `await x.cpu()` wait for it, and throw what went wrong, such as an index out of range. An op without a kernel throws,
 * unless `fallback` is "cpu": then its inputs are read back and the CPU computes it, while what comes later waits;
 * `fallbacks()` lists these. Software adapters count (see `gpuInfo`). Rejects with what to install where no adapter
 * answers.
 *
 * @example
 * const x = tensor([1, -2]);
 * const { available } = await gpuInfo();
 * const y = relu(available ? x.to(await gpu()) : x);
 * await y.read(); // => [1, 0]
 */
export function gpu({ fallback }: GpuOptions = {}): Promise<Device> {
  if (fallback !== undefined) setFallback(fallback === "cpu");
  started ??= start().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

/**
 * The GPU where a real one answers and starts, else the CPU: WebAssembly where it has SIMD. What `useDevice("auto")`
 * takes. Never rejects; `gpuInfo()` tells why it is the CPU.
 */
export async function auto(): Promise<Device> {
  const info = await gpuInfo();
  const device = info.available && !info.software ? await gpu().catch(() => undefined) : undefined;
  return device ?? wasm() ?? cpu;
}

async function start(): Promise<Device> {
  const adapter = await findAdapter();
  if (typeof adapter === "string") throw new Error(`gpu: ${adapter}`);
  const device = await startAdapter(adapter);
  void startAgainOnceLost(device);
  const { makeDevice } = await import("./device.ts");
  return makeDevice(device);
}

async function startAgainOnceLost(device: GPUDevice): Promise<void> {
  await device.lost;
  started = undefined;
}
