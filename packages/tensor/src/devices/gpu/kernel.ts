import type { Tensor } from "../../tensor.ts";
import type { Runtime } from "./runtime.ts";
import { GpuStorage } from "./storage.ts";

/** Computes an op on the GPU. Inputs are contiguous unless the op takes any strides; throws where it cannot. */
export type GpuKernel<A = unknown> = (runtime: Runtime, inputs: readonly Tensor[], output: Tensor, attrs: A) => void;

/** The error for an op that the GPU lacks, or lacks for these operands. */
export const notOnGpu = (who: string, why = ""): Error =>
  new TypeError(
    `${who}: not on gpu${why === "" ? "" : ` (${why})`}: use await x.cpu() on its inputs and go on there, or gpu({ fallback: "cpu" })`,
  );

/** The buffer behind a tensor of the GPU. */
export function bufferOf({ storage, device }: Tensor): GPUBuffer {
  if (storage instanceof GpuStorage) return storage.buffer;
  throw new TypeError(`gpu: the tensor is on ${device.name}: move it with x.to(device)`);
}
