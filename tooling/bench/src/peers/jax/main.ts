import { defaultDevice, init } from "@jax-js/jax";
import { serve } from "../serve.ts";
import { engine, versionOf } from "../versions.ts";
import { ops } from "./ops.ts";
import { training } from "./training.ts";

await init("wasm");
defaultDevice("wasm");

await serve({
  versions: `jax-js ${versionOf("@jax-js/jax")} on wasm, ${engine}`,
  threads: 1,
  cases: { ...ops, ...training },
});
