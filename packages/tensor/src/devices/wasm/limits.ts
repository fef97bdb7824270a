/** What the heap has done and holds, in bytes unless said otherwise. */
export interface MemoryStats {
  /** Held by tensors in WebAssembly memory. */
  readonly live: number;
  readonly peak: number;
  /** How much may be held before the oldest is moved out. */
  readonly budget: number;
  readonly ceiling: number;
  readonly movedOut: number;
  readonly copiedBack: number;
}

/** How much tensors may hold in WebAssembly memory. */
export interface MemoryLimits {
  /** Bytes to begin with. Default 64 MiB. */
  readonly budget?: number;
  /** Bytes that the budget may grow to. Default half of the machine's memory, at most 3.5 GiB. */
  readonly ceiling?: number;
}

export const mebibyte: number = 2 ** 20;
export const gibibyte: number = 2 ** 30;

/** Throws where a limit makes no sense. */
export function checkLimits(budget: number | undefined, ceiling: number): void {
  for (const [name, bytes] of Object.entries({ budget, ceiling })) {
    if (bytes !== undefined && !(bytes >= mebibyte && bytes <= 4 * gibibyte))
      throw new RangeError(`limitMemory: ${name} must be from 1 MiB to 4 GiB, got ${bytes} bytes`);
  }
  if (budget !== undefined && budget > ceiling)
    throw new RangeError(`limitMemory: the budget is above the ceiling: ${budget} and ${ceiling} bytes`);
}

interface Host {
  readonly process?: { getBuiltinModule?(name: string): { totalmem(): number } | undefined };
  readonly navigator?: { readonly deviceMemory?: number };
}

/** Bytes, where the engine tells; else 4 GiB. */
export function machineMemory(): number {
  const { process, navigator } = globalThis as Host;
  return process?.getBuiltinModule?.("node:os")?.totalmem() ?? (navigator?.deviceMemory ?? 4) * gibibyte;
}
