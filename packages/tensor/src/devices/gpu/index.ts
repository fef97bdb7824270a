export { type GpuInfo, gpuInfo } from "./adapter.ts";
export { fallbacks } from "./fallback.ts";
export { auto, type GpuOptions, gpu } from "./gpu.ts";
