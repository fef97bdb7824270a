import { join } from "node:path";
import type { Source } from "./source.ts";

/** Circles of imports that remain at run time, each named once by the files along it. */
export function circles(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const state = new Map<string, "open" | "done">();
  const trail: Source[] = [];
  const found: string[] = [];
  const visit = (source: Source): void => {
    if (state.get(source.path) === "done") return;
    if (state.get(source.path) === "open") {
      const names = trail.slice(trail.indexOf(source)).map(({ name }) => name);
      found.push(`circles: ${[...names, source.name].join(" → ")}`);
      return;
    }
    state.set(source.path, "open");
    trail.push(source);
    for (const { specifier, typeOnly } of source.imports) {
      if (typeOnly || !specifier.startsWith(".")) continue;
      const next = byPath.get(join(source.path, "..", specifier));
      if (next !== undefined) visit(next);
    }
    trail.pop();
    state.set(source.path, "done");
  };
  for (const source of sources) visit(source);
  return found;
}
