import type { Tensor } from "../../tensor.ts";
import type { Runtime } from "./runtime.ts";
import { GpuStorage } from "./storage.ts";

/** Computes an op on the GPU. Inputs are contiguous unless the op takes any strides; throws where it cannot. */
export type GpuKernel = (runtime: Runtime, inputs: readonly Tensor[], output: Tensor) => void;

/** The error for an op that the GPU lacks, or lacks for these operands. */
export const notOnGpu = (who: string, why = ""): Error =>
  new TypeError(`${who}: not on gpu${why === "" ? "" : ` (${why})`}: use await x.cpu() on its inputs and go on there`);

/** The buffer behind a tensor of the GPU. */
export function bufferOf({ storage, device }: Tensor): GPUBuffer {
  if (storage instanceof GpuStorage) return storage.buffer;
  throw new TypeError(`gpu: the tensor is on ${device.name}: move it with x.to(device)`);
}

/** WGSL for the `index`-th argument of a call, as u32. */
export const wholeArgument = (index: number): string => `arguments[${index >> 2}].${"xyzw"[index & 3]}`;

/** WGSL for the `index`-th argument of a call, as f32. */
export const floatArgument = (index: number): string => `bitcast<f32>(${wholeArgument(index)})`;
