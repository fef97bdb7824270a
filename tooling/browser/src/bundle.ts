import { build } from "vite";

/** Bundles the script of a page and all that it imports into `folder`, as `page.js` and its parts. */
export async function bundlePage(entry: string, folder: string): Promise<void> {
  await build({
    ...common,
    build: { ...output(folder, entry, "page"), target: "esnext" },
  });
}

/** Bundles a program for Node into `folder`, as `NAME.js` and its parts; the packages `external` stay imports. */
export async function bundleProgram(
  entry: string,
  folder: string,
  name: string,
  external: readonly string[],
): Promise<void> {
  await build({
    ...common,
    resolve: { conditions: [...conditions, "node"] },
    ssr: { noExternal: true, external: [...external], resolve: { conditions: [...conditions, "node"] } },
    build: { ...output(folder, entry, name), target: "node20", ssr: true },
  });
}

const conditions = ["@dl/source", "module", "import", "default"];

const common = { configFile: false, logLevel: "error", resolve: { conditions } } as const;

const output = (folder: string, entry: string, name: string) => ({
  outDir: folder,
  emptyOutDir: false,
  minify: false,
  modulePreload: false as const,
  rolldownOptions: {
    input: { [name]: entry },
    output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
  },
});
