import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { pureValues } from "@dl/config/pure";
import { build, type Plugin } from "esbuild";
import { type Program, programs } from "./programs.ts";

/** Bundles and minifies each program for a browser, from the modules as they are published, and holds it to its limit. */
async function main(): Promise<void> {
  let failed = false;
  for (const program of programs) {
    const code = Buffer.from(await bundleOf(program));
    const over = code.length > program.limit;
    failed ||= over;
    const verdict = `${over ? "OVER" : "within"} ${kilo(program.limit)} kB, target ${kilo(program.target)} kB`;
    const zipped = `gzip ${kilo(gzipSync(code).length)} kB, brotli ${kilo(brotliCompressSync(code).length)} kB`;
    console.log(`size: ${program.name}: ${kilo(code.length)} kB minified, ${verdict} (${zipped})`);
  }
  process.exitCode = failed ? 1 : 0;
}

async function bundleOf({ code }: Program): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    external: ["node:*"],
    conditions: ["@dl/source"],
    legalComments: "none",
    plugins: [withoutBinaries, pureValues],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error("size: esbuild wrote nothing");
  return file.text;
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
