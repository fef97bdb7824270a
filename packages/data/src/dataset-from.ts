import type { Dataset } from "./dataset.ts";

/** A data set that worker threads can make for themselves, by importing the module that it comes from. */
export interface ModuleDataset<T> extends Dataset<T> {
  /** The module, and the name under which it exports the data set. */
  readonly source: ModuleSource;
}

export interface ModuleSource {
  readonly url: string;
  readonly name: string;
}

/**
 * The data set that a module exports, or that a function which it exports makes, for a `DataLoader` with `workers`.
 *
 * - `url`: as `new URL("./data.js", import.meta.url)`
 *
 * Errors: a module without that export, or one that is no data set.
 *
 * @example
 * const module = "data:text/javascript,export default { length: 2, get: (i) => i * 10 }";
 * const data = await datasetFrom(module);
 * [data.length, data.get(1)]; // => [2, 10]
 */
export async function datasetFrom<T = unknown>(
  url: URL | string,
  { name = "default" }: { readonly name?: string } = {},
): Promise<ModuleDataset<T>> {
  const source = { url: String(url), name };
  const found = (await importDataset(source)) as Dataset<T>;
  return {
    source,
    get length() {
      return found.length;
    },
    get: (index, generator) => found.get(index, generator),
    ...(found.batch !== undefined && { batch: found.batch.bind(found) }),
  };
}

/** What the module exports as a data set. */
export async function importDataset({ url, name }: ModuleSource): Promise<Dataset<unknown>> {
  const module = (await import(/* @vite-ignore */ url)) as Readonly<Record<string, unknown>>;
  const exported = module[name];
  const found: unknown = typeof exported === "function" ? await exported() : await exported;
  if (!isDataset(found)) throw new TypeError(`datasetFrom: ${url} exports no data set as ${name}: length and get(i)`);
  return found;
}

function isDataset(x: unknown): x is Dataset<unknown> {
  return typeof x === "object" && x !== null && "length" in x && "get" in x && typeof x.get === "function";
}
