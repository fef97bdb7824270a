import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { pageEntry as benchPage } from "@dl/bench/gpu";
import { bundlePage, bundleProgram } from "@dl/browser/bundle";
import { pageEntry as conformancePage } from "@dl/conformance/browser";

/** Packs a folder with which the GPU suite and the conformance cases run on another machine: `pack-runner --out DIR`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((word) => word !== "--"),
    options: { out: { type: "string" } },
  });
  if (values.out === undefined) throw new Error("pack-runner: wants --out DIR");
  const out = resolve(process.env["INIT_CWD"] ?? ".", values.out);
  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, "runner.js")))
    throw new Error(`pack-runner: ${out} holds other things: --out wants a new folder, or one it made`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await bundleProgram(pathOf("./runner.ts"), out, "runner", ["webgpu", "vite"]);
  await bundlePage(benchPage, join(out, "bench-page"));
  await bundlePage(conformancePage, join(out, "conformance-page"));
  cpSync(join(dirname(conformancePage), "../../data"), join(out, "data"), { recursive: true });
  copyDriver(out);
  cpSync(process.execPath, join(out, "node"));
  writeFileSync(join(out, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(out, "run"), script, { mode: 0o755 });
  console.log(`pack-runner: ${out}: ./run adapter, ./run bench, ./run conformance`);
}

/** The npm package `webgpu`, for this platform alone. */
function copyDriver(out: string): void {
  const from = dirname(createRequire(import.meta.url).resolve("webgpu"));
  const platform = join("dist", `${process.platform}-${process.arch}`);
  for (const part of ["package.json", "index.js", "LICENSE.md", platform]) {
    cpSync(join(from, part), join(out, "node_modules/webgpu", part), { recursive: true });
  }
}

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const script = `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/node" --disable-warning=ExperimentalWarning "$here/runner.js" "$@"
`;

await main();
