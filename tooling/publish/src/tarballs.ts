import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root, run } from "./processes.ts";

export interface Tarball {
  /** `@dl/tensor`. */
  readonly name: string;
  readonly directory: string;
  readonly path: string;
}

export function pack(name: string, scratch: string): Tarball {
  const directory = join(root, "packages", name);
  const path = join(scratch, `${name}.tgz`);
  run("pnpm", ["pack", "--out", path], directory);
  return { name: `@dl/${name}`, directory, path };
}

/** publint's and attw's word on a tarball; an error with their messages. */
export async function lint({ name, path }: Tarball): Promise<void> {
  const { messages, pkg } = await publint({
    pack: { tarball: new Uint8Array(readFileSync(path)).buffer },
    strict: true,
  });
  const said = messages.filter(({ type }) => type !== "suggestion").map((message) => formatMessage(message, pkg));
  if (said.length > 0) throw new Error(`try-publish: publint on ${name}:\n${said.join("\n")}`);
  run(
    join(import.meta.dirname, "../node_modules/.bin/attw"),
    [path, "--profile", "esm-only", "--no-emoji", "--format", "ascii"],
    root,
  );
  console.log(`try-publish: ${name}: publint and attw pass`);
}

export function printSizes({ name, directory, path }: Tarball): void {
  const dist = join(directory, "dist");
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  const sizes = files.sort().map((file) => {
    const bytes = readFileSync(join(dist, file));
    return `${file} ${kilo(bytes.length)} (${kilo(gzipSync(bytes).length)} gzip)`;
  });
  console.log(`try-publish: ${name}: tarball ${kilo(statSync(path).size)}; ${sizes.join(", ")}`);
}

function kilo(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
