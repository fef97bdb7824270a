import { readdirSync } from "node:fs";
import type { Example } from "./example.ts";

/** Examples by name; each is loaded when it is asked for. */
export interface Catalogue {
  readonly names: readonly string[];
  load(name: string): Promise<Example>;
}

/** Every example in a folder: the default export of each of its files, under the file's name. */
export function examplesIn(folder: URL): Catalogue {
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  return { names: files.map((file) => file.slice(0, -".ts".length)).toSorted(), load: (name) => load(name, folder) };
}

async function load(name: string, folder: URL): Promise<Example> {
  const module: { readonly default?: unknown } = await import(new URL(`${name}.ts`, folder).href);
  if (!isExample(module.default)) {
    throw new Error(`example: ${name}.ts has no default export with name, title, flags and run`);
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
    "flags" in value &&
    "run" in value &&
    typeof value.run === "function"
  );
}
