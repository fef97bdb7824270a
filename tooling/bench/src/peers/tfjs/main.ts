import { createRequire } from "node:module";
import { dirname } from "node:path";
import { version_cpu } from "@tensorflow/tfjs-backend-cpu";
import { setThreadsCount, setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
// The gradients of tfjs-core are registered only here.
import { version_layers } from "@tensorflow/tfjs-layers";
import { serve } from "../serve.ts";
import { engine } from "../versions.ts";
import { ops } from "./ops.ts";
import { training } from "./training.ts";

const backends: Readonly<Record<string, string>> = { wasm: version_wasm, cpu: version_cpu };
const backend = process.argv[2] ?? "wasm";
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
setThreadsCount(1);
// tfjs advises another package for Node whenever it starts there.
console.warn = () => {};
if (!(await tf.setBackend(backend))) throw new Error(`tfjs: no backend ${backend}`);

await serve({
  versions: `tfjs ${tf.version_core} (layers ${version_layers}) on ${backend} ${backends[backend]}, ${engine}`,
  threads: 1,
  cases: { ...ops, ...training },
});
