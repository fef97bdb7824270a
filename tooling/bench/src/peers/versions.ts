import { readFileSync } from "node:fs";

const flags = process.execArgv.filter((flag) => flag.startsWith("--experimental"));

export const engine: string = [`Node ${process.versions.node} (V8 ${process.versions.v8})`, ...flags].join(" ");

/** The installed version of a package of ours or a peer. */
export function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
