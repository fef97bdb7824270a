import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "../../..");

/** A name, and the commands (run at the root) that must all exit with 0. */
type Step = readonly [name: string, ...commands: readonly (readonly string[])[]];

const node = (...rest: readonly string[]): readonly string[] => ["node", "--conditions=@dl/source", ...rest];

const steps: readonly Step[] = [
  ["types", ["tsc", "-p", "tsconfig.json"], ...projects().map((directory) => ["tsc", "-p", directory])],
  ["lint", ["biome", "check", "--error-on-warnings", "."], ["oxlint", "--deny-warnings"]],
  ["floors", node("tooling/floors/src/main.ts")],
  ["unused", ["knip"]],
  ["manifests", ["sherif"]],
  ["generated", node("tooling/wasm/build.ts", "--check"), node("tooling/conformance/src/generate.ts", "--check")],
  ["sizes", node("tooling/size/src/main.ts")],
  ["examples", node("tooling/doc-examples/src/main.ts")],
];

/** Types, lint, format, floors, unused code, manifests, generated files, bundle sizes, examples in the docs. */
function main(): void {
  const names = steps.map(([name]) => name);
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`check: no step ${unknown}: the steps are ${names.join(", ")}`);
    process.exitCode = 2;
    return;
  }
  const failed: string[] = [];
  for (const [name, ...commands] of steps) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const start = performance.now();
    const ok = commands.map(run).every(Boolean);
    if (!ok) failed.push(name);
    console.log(`check: ${name} ${ok ? "passes" : "FAILS"} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  }
  console.log(failed.length === 0 ? "check: all pass" : `check: failing: ${failed.join(", ")}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function run([command = "", ...rest]: readonly string[]): boolean {
  const bin = join(root, "node_modules/.bin");
  const path = `${bin}${process.platform === "win32" ? ";" : ":"}${process.env["PATH"] ?? ""}`;
  const shell = process.platform === "win32";
  const { status } = spawnSync(command, rest, {
    cwd: root,
    stdio: "inherit",
    shell,
    env: { ...process.env, PATH: path },
  });
  return status === 0;
}

function projects(): string[] {
  return ["packages", "apps", "tooling"]
    .flatMap((kind) => readdirSync(join(root, kind)).map((name) => `${kind}/${name}`))
    .filter((directory) => existsSync(join(root, directory, "tsconfig.json")));
}

main();
