import { add, type Tensor, useDevice, zeros } from "@dl/tensor";
import { gpu, gpuInfo } from "@dl/tensor/gpu";
import { ops } from "../peers/dl/ops.ts";
import { training } from "../peers/dl/training.ts";
import type { GpuPeer } from "./peer.ts";

let probe: Tensor | undefined;

/** Ours. */
export const dl: GpuPeer = {
  name: "dl",
  versions: "@dl/tensor on WebGPU",
  cases: { ...ops, ...training },
  start: () => useDevice(gpu()),
  settle: async () => {
    probe ??= zeros([1], { device: await gpu() });
    const sum = add(probe, 1);
    await sum.read();
    sum.dispose();
  },
};

/** The adapter's name, or why there is none. */
export async function adapterName(): Promise<string> {
  const info = await gpuInfo();
  return info.available ? `${info.adapter}${info.software ? ", in software" : ""}` : `none: ${info.reason}`;
}
