export { type GpuInfo, gpuInfo } from "./adapter.ts";
export { auto, gpu } from "./gpu.ts";
