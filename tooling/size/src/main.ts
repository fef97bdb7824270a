import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { type Program, programs } from "./programs.ts";

/** Bundles, minifies and zips each program for a browser and holds it to its limit. */
async function main(): Promise<void> {
  let failed = false;
  for (const program of programs) {
    const { bytes, zipped } = await sizeOf(program);
    const over = zipped > program.limit;
    failed ||= over;
    const verdict = over ? "OVER" : "within";
    console.log(
      `size: ${program.name}: ${kilo(zipped)} kB gzip, ${verdict} ${kilo(program.limit)} kB (${kilo(bytes)} kB minified)`,
    );
  }
  process.exitCode = failed ? 1 : 0;
}

async function sizeOf({ code }: Program): Promise<{ readonly bytes: number; readonly zipped: number }> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    splitting: true,
    outdir: "out",
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    external: ["node:*"],
    conditions: ["@dl/source"],
    legalComments: "none",
    plugins: [withoutBinaries],
  });
  const [entry] = outputFiles;
  if (entry === undefined) throw new Error("size: esbuild wrote nothing");
  const first = reachable(entry.path, new Map(outputFiles.map((file) => [file.path, file.text])));
  return { bytes: Buffer.byteLength(first), zipped: gzipSync(first).length };
}

/** The entry with every chunk that it imports statically: what a page loads at once. */
function reachable(entry: string, files: ReadonlyMap<string, string>): string {
  const loaded = new Set<string>();
  const visit = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const match of (files.get(path) ?? "").matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
      visit(path.replace(/[^/\\]+$/, match[1] ?? ""));
    }
  };
  visit(entry);
  return Array.from(loaded, (path) => files.get(path) ?? "").join("");
}

/** Empties the base64 of the WebAssembly kernels: the budgets are for code. */
const withoutBinaries: Plugin = {
  name: "without-binaries",
  setup({ onLoad }) {
    onLoad({ filter: /\.generated\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/"[A-Za-z0-9+/=]{1000,}"/g, '""'),
      loader: "ts",
    }));
  },
};

function kilo(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

await main();
