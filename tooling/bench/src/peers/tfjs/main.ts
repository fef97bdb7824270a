import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
// The gradients of tfjs-core are registered only here.
import "@tensorflow/tfjs-layers";
import { serve } from "../serve.ts";
import { engine, versionOf } from "../versions.ts";
import { ops } from "./ops.ts";
import { training } from "./training.ts";

const backend = process.argv[2] ?? "wasm";
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
setThreadsCount(1);
// tfjs advises another package for Node whenever it starts there.
console.warn = () => {};
if (!(await tf.setBackend(backend))) throw new Error(`tfjs: no backend ${backend}`);

await serve({
  versions: `tfjs ${versionOf("@tensorflow/tfjs-core")} on ${tf.getBackend()}, ${engine}`,
  threads: 1,
  cases: { ...ops, ...training },
});
