import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openPage } from "@dl/browser";
import { bundlePage } from "@dl/browser/bundle";
import { gpu } from "@dl/tensor/gpu";
import { compareCurves, trainingCurve } from "./curve.ts";

/** Trains on the GPU and on WebAssembly and prints both curves: `--steps N`, `--browser` for a headless Chromium. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { steps: { type: "string", default: "40" }, browser: { type: "boolean", default: false } },
  });
  const steps = Number(values.steps);
  const there = values.browser ? await curveInBrowser(steps) : await trainingCurve(await gpu(), steps);
  const { text, apart } = compareCurves(there, await trainingCurve("wasm", steps));
  console.log(text);
  process.exitCode = apart < 0.02 ? 0 : 1;
}

async function curveInBrowser(steps: number): Promise<number[]> {
  const page = mkdtempSync(join(tmpdir(), "dl-training-"));
  try {
    await bundlePage(fileURLToPath(new URL("./page.ts", import.meta.url)), page);
    return (await openPage({ folders: { page }, settings: { steps: String(steps) } })) as number[];
  } finally {
    rmSync(page, { recursive: true, force: true });
  }
}

await main();
