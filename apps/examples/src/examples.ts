import { readdirSync } from "node:fs";
import type { Example } from "./example.ts";

/** Examples by chapter and name; each is loaded when it is asked for. */
export interface Catalogue {
  /** The names of each chapter's examples, in order. */
  readonly chapters: ReadonlyMap<string, readonly string[]>;
  load(name: string): Promise<Example>;
}

/**
 * Every example in a folder: each folder in it is a chapter, and the default export of each of a chapter's files an
 * example under the file's name. Files that begin with `_` are what the examples of a chapter share.
 *
 * @throws Error for two examples of one name
 */
export function examplesIn(folder: URL): Catalogue {
  const chapters = new Map<string, readonly string[]>();
  const files = new Map<string, URL>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const names = namesIn(new URL(`${entry.name}/`, folder));
    for (const name of names) {
      const twin = files.get(name);
      if (twin !== undefined) throw new Error(`example: two files hold "${name}": ${twin.pathname}, ${entry.name}/`);
      files.set(name, new URL(`${entry.name}/${name}.ts`, folder));
    }
    chapters.set(entry.name, names);
  }
  return { chapters, load: (name) => load(name, files.get(name)) };
}

function namesIn(folder: URL): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.startsWith("_"))
    .map((file) => file.slice(0, -".ts".length))
    .toSorted();
}

async function load(name: string, file: URL | undefined): Promise<Example> {
  if (file === undefined) throw new Error(`example: there is no example "${name}"`);
  const module: { readonly default?: unknown } = await import(file.href);
  if (!isExample(module.default)) {
    throw new Error(`example: ${name}.ts has no default export with name, title, ids, seconds, data, flags and run`);
  }
  if (module.default.name !== name) {
    throw new Error(`example: ${name}.ts holds the example "${module.default.name}"; file and example share a name`);
  }
  return module.default;
}

function isExample(value: unknown): value is Example {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    "title" in value &&
    "ids" in value &&
    "seconds" in value &&
    "data" in value &&
    "flags" in value &&
    "run" in value &&
    typeof value.run === "function"
  );
}
