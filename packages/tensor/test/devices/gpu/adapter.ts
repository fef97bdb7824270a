import { existsSync } from "node:fs";
import { type GpuInfo, gpuInfo } from "@dl/tensor/gpu";

const softwareDriver = "/usr/lib/chromium/vk_swiftshader_icd.json";

/** What answers here; the software driver that comes with Debian's Chromium where it is installed. */
export async function adapterForTests(): Promise<GpuInfo> {
  if (existsSync(softwareDriver)) process.env["VK_ICD_FILENAMES"] ??= softwareDriver;
  return gpuInfo();
}

/** Added to the name of tests that need an adapter: why they do not run. */
export const reasonText = (info: GpuInfo): string => (info.available ? "" : ` (skipped: ${info.reason})`);
