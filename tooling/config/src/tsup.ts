import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Options } from "tsup";
import { pureValues } from "./pure.ts";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/** Bundles every entry of the package's `exports` as ESM with bundled declarations, so that what is not used is left out. */
export function tsupPreset(directory: string): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: entriesOf(directory),
    format: "esm",
    target: "es2022",
    platform: "neutral",
    external: [/^node:/],
    clean: true,
    dts: true,
    splitting: true,
    treeshake: false,
    esbuildPlugins: [pureValues, licences(directory)],
    esbuildOptions(options) {
      options.mainFields = ["module", "main"];
      options.conditions = ["@dl/source", "import"];
      options.legalComments = "none";
    },
  });
}

function entriesOf(directory: string): Record<string, string> {
  const manifest: { exports: Record<string, { "@dl/source": string; default: string } | string> } = JSON.parse(
    readFileSync(join(directory, "package.json"), "utf8"),
  );
  const entries: Record<string, string> = {};
  for (const target of Object.values(manifest.exports)) {
    if (typeof target === "string") continue;
    entries[target.default.replace(/^\.\/dist\/|\.js$/g, "")] = target["@dl/source"];
  }
  return entries;
}

/** Writes the licence texts of the packages that went into the bundle to `dist/LICENSES.txt`. */
function licences(directory: string): Plugin {
  return {
    name: "licences",
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const packages = new Set<string>();
        for (const input of Object.keys(metafile?.inputs ?? {})) {
          const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
          if (match?.[1]) packages.add(match[1]);
        }
        const texts = [...packages].sort().map((path) => licenceOf(join(process.cwd(), path)));
        if (texts.length === 0) return;
        mkdirSync(join(directory, "dist"), { recursive: true });
        writeFileSync(join(directory, "dist/LICENSES.txt"), texts.join("\n\n"));
      });
    },
  };
}

function licenceOf(directory: string): string {
  const manifest: { name: string; version: string; license?: string } = JSON.parse(
    readFileSync(join(directory, "package.json"), "utf8"),
  );
  const file = readdirSync(directory).find((name) => /^licen[cs]e/i.test(name) && existsSync(join(directory, name)));
  const text =
    file === undefined ? `Licence: ${manifest.license ?? "not stated"}` : readFileSync(join(directory, file), "utf8");
  return `${manifest.name} ${manifest.version}\n\n${text.trim()}\n`;
}
