import { useNative } from "@dl/native";
import { currentDevice, memoryStats, setThreads, threads, wasmFallbacks } from "@dl/tensor";
import { serve } from "../serve.ts";
import { engine, versionOf } from "../versions.ts";
import { apart } from "./apart.ts";
import { epoch } from "./epoch.ts";
import { kernelNames } from "./exports.ts";
import { ops } from "./ops.ts";
import { training } from "./training.ts";

const wanted = Number(process.argv[2] ?? 1);
const native = process.argv[3] === "native" ? useNative(wanted === 1 ? {} : { threads: wanted }) : undefined;
const products = native === undefined ? "" : `, products by ${native.config || native.library}`;
await setThreads(wanted);
let before: ReadonlyMap<string, number> = new Map();

await serve({
  versions: `@dl/tensor ${versionOf("@dl/tensor")} on ${currentDevice().name}, ${engine}${products}`,
  threads: threads(),
  cases: { ...ops, ...training, ...apart, epoch },
  kernelNames,
  notes: () => {
    const now = new Map(wasmFallbacks());
    const more = [...now].flatMap(([name, count]) => {
      const times = count - (before.get(name) ?? 0);
      return times === 0 ? [] : [`${name} ${times}`];
    });
    before = now;
    return [
      `reference loops instead of WebAssembly: ${more.length === 0 ? "never" : `times ${more.join(", ")}`}`,
      `memory: ${JSON.stringify(memoryStats())}`,
    ];
  },
});
