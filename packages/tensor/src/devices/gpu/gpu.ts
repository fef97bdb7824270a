import { cpu } from "../cpu/cpu.ts";
import type { Device } from "../device.ts";
import { wasm } from "../wasm/wasm.ts";
import { findAdapter, gpuInfo } from "./adapter.ts";

let started: Promise<Device> | undefined;

/**
 * The GPU, through WebGPU: the browser's, or in Node that of the optional peer `webgpu`. Started once.
 *
 * It computes in float32: every elementwise op whose formula GPU.js can express, matrix products, copies and views;
 * other ops throw. Ops only record work; `await x.read()`, `await x.itemAsync()` and `await x.cpu()` wait for it.
 * WebGPU promises no NaN: max, min and clamp may lose one. Software adapters count (see `gpuInfo`). Rejects with what
 * to install where no adapter answers.
 *
 * @example
 * const x = tensor([1, -2]);
 * const { available } = await gpuInfo();
 * const y = relu(available ? x.to(await gpu()) : x);
 * await y.read(); // => [1, 0]
 */
export function gpu(): Promise<Device> {
  started ??= start().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

/** The GPU where a real one answers, else the CPU: WebAssembly where it has SIMD. What `useDevice("auto")` takes. */
export async function auto(): Promise<Device> {
  const info = await gpuInfo();
  return info.available && !info.software ? gpu() : (wasm() ?? cpu);
}

async function start(): Promise<Device> {
  const adapter = await findAdapter();
  if (typeof adapter === "string") throw new Error(`gpu: ${adapter}`);
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } });
  void startAgainOnceLost(device);
  const { makeDevice } = await import("./device.ts");
  return makeDevice(device);
}

async function startAgainOnceLost(device: GPUDevice): Promise<void> {
  await device.lost;
  started = undefined;
}
