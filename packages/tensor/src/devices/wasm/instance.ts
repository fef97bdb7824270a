import { relaxedKernels, simdKernels } from "./kernels.generated.ts";
import type { WasmKernels } from "./kernels.ts";

export type { WasmKernels } from "./kernels.ts";

/**
 * The kernels over `memory`; undefined where the engine has no WebAssembly SIMD. Relaxed SIMD is used where it exists:
 * its multiply-add rounds once.
 */
export function instantiate(memory: WebAssembly.Memory): WasmKernels | undefined {
  compiled ??= compile();
  if (compiled === undefined) return undefined;
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as WasmKernels & WebAssembly.Exports;
}

let compiled: WebAssembly.Module | undefined;

/** Synchronous, so that importing the package needs no top-level await. */
function compile(): WebAssembly.Module | undefined {
  if (typeof WebAssembly !== "object") return undefined;
  for (const text of [relaxedKernels, simdKernels]) {
    const bytes = decode(text);
    if (WebAssembly.validate(bytes)) return new WebAssembly.Module(bytes);
  }
  return undefined;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
