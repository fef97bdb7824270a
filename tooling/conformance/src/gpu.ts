import { useDevice } from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import { type Encoders, Executed } from "./executed.ts";

/** Creates tensors on the GPU from now on, and counts what it does. Rejects with what to install where there is none. */
export async function startGpu(encoders: Encoders): Promise<Executed> {
  const devices = [await useDevice("cpu"), await useDevice("wasm"), await useDevice(gpu())];
  return new Executed(devices, encoders);
}

/** The classes that the npm package `webgpu` records work in. */
export async function encodersOfNode(): Promise<Encoders> {
  const { globals } = await import("webgpu");
  return globals as Encoders;
}
