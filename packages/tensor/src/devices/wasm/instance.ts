import { relaxedKernels, simdKernels } from "./kernels.generated.ts";
import type { WasmKernels } from "./kernels.ts";

export type { WasmKernels } from "./kernels.ts";

/**
 * The kernels over `memory`; undefined where the engine has no WebAssembly SIMD or may not compile it. Relaxed SIMD is
 * used where it exists: its multiply-add rounds once.
 */
export function instantiate(memory: WebAssembly.Memory): WasmKernels | undefined {
  compiled ??= compile();
  return compiled === undefined ? undefined : kernelsOf(compiled, memory);
}

/** What a module of kernels exports. */
export const kernelsOf = (module: WebAssembly.Module, memory: WebAssembly.Memory): WasmKernels =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as WasmKernels & WebAssembly.Exports;

let compiled: WebAssembly.Module | undefined;

/** Synchronous, so that importing the package needs no top-level await. With `shared`, for memory that threads share. */
export function compile({ shared = false }: { shared?: boolean } = {}): WebAssembly.Module | undefined {
  if (typeof WebAssembly !== "object") return undefined;
  for (const text of [relaxedKernels, simdKernels]) {
    const bytes = decode(text);
    if (!WebAssembly.validate(bytes)) continue;
    if (shared) share(bytes);
    return allowed(bytes);
  }
  return undefined;
}

/** Undefined where a page's security policy forbids to compile WebAssembly. */
function allowed(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return undefined;
  }
}

/** Turns the import of `env.memory`, which has a limit, into one of shared memory: the same code, but for one bit. */
function share(bytes: Uint8Array): void {
  const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));
  const imported = [3, ...ascii("env"), 6, ...ascii("memory"), 2, 1];
  const from = bytes.findIndex((_, at) => imported.every((byte, i) => bytes[at + i] === byte));
  bytes[from + imported.length - 1] = 3;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
