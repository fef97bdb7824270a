import type { WasmKernel } from "../op.ts";
type None = Readonly<Record<never, never>>;
export const wasmMatmul: WasmKernel<None> = { supports: () => false, run() {} };
export const wasmAddmm: WasmKernel<None> = { supports: () => false, run() {} };
