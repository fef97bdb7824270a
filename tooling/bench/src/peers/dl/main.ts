import { currentDevice, memoryStats, wasmFallbacks } from "@dl/tensor";
import { serve } from "../serve.ts";
import { engine, versionOf } from "../versions.ts";
import { apart } from "./apart.ts";
import { ops } from "./ops.ts";
import { training } from "./training.ts";

await serve({
  versions: `@dl/tensor ${versionOf("@dl/tensor")} on ${currentDevice().name}, ${engine}`,
  threads: 1,
  cases: { ...ops, ...training, ...apart },
  notes: () => [
    `reference loops instead of WebAssembly: ${counts(wasmFallbacks())}`,
    `memory: ${JSON.stringify(memoryStats())}`,
  ],
});

function counts(map: ReadonlyMap<string, number>): string {
  return map.size === 0 ? "never" : [...map].map(([name, count]) => `${name} ${count} times`).join(", ");
}
