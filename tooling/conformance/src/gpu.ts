import { useDevice } from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import { Executed, type PassEncoder } from "./executed.ts";

/** Creates tensors on the GPU from now on, and counts what it does. Rejects with what to install where there is none. */
export async function startGpu(encoder: PassEncoder): Promise<Executed> {
  const devices = [await useDevice("cpu"), await useDevice("wasm"), await useDevice(gpu())];
  return new Executed(devices, encoder);
}

/** The class that the npm package `webgpu` records work in. */
export async function encoderOfNode(): Promise<PassEncoder> {
  const { globals } = await import("webgpu");
  return (globals as { readonly GPUComputePassEncoder: PassEncoder }).GPUComputePassEncoder;
}
