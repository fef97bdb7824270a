import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where each exported name comes from: a path to import. */
export interface Exports {
  /** Names of the entry `.`. */
  readonly main: ReadonlyMap<string, string>;
  /** Names of every entry; the entry `.` wins. */
  readonly all: ReadonlyMap<string, string>;
}

export async function exportsOf(directory: string): Promise<Exports> {
  const manifest: { exports: Record<string, { "@dl/source": string } | string> } = JSON.parse(
    readFileSync(join(directory, "package.json"), "utf8"),
  );
  const main = new Map<string, string>();
  const all = new Map<string, string>();
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (typeof target === "string") continue;
    const path = join(directory, target["@dl/source"]);
    if (!existsSync(path)) continue;
    for (const name of Object.keys(await import(path))) {
      if (entry === ".") main.set(name, path);
      if (!all.has(name)) all.set(name, path);
    }
  }
  return { main, all };
}
