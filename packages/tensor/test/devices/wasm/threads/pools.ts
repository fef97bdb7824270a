import { expect } from "vitest";
import { compile, kernelsOf } from "../../../../src/devices/wasm/instance.ts";
import { Pool } from "../../../../src/devices/wasm/threads/pool.ts";
import type { Kernel } from "../../../../src/devices/wasm/threads/split.ts";

/** Threads over a memory of one page, and the program that fills a place with a number. Reasons of ends go to `ends`. */
export async function fillPool(count: number) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const module = compile({ shared: true });
  if (module === undefined) return expect.fail("no module");
  const ends: string[] = [];
  const pool = await Pool.start(count, module, memory, { who: () => "fill", onEnd: (reason) => ends.push(reason) });
  const kernels = kernelsOf(module, memory);
  const program = { run: kernels.fill as Kernel, number: Object.keys(kernels).indexOf("fill") };
  return { pool, program, floats: new Float32Array(memory.buffer), ends };
}
