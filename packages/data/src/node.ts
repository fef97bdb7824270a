import { checkMd5 } from "./checksum.ts";

/** Who asks for a file and what to tell when it is missing. */
export interface Asking {
  /** The function that the user called. */
  readonly who: string;
  /** What to do about a missing file: `"install the data with: npm install …"`. */
  readonly advice: string;
}

/**
 * The path of a file of an npm package, found as an `import` in `from` would find it: a folder, or a file in it, as path or
 * `import.meta.url`; default the working folder.
 *
 * - `entry` is what `require.resolve` can see, `file` is the wanted one, relative to it
 */
export function packageFile(
  { who, advice }: Asking,
  { entry, file, from }: { entry: string; file: string; from: string | undefined },
): string {
  const { createRequire } = builtin(who, "node:module");
  const start = from ?? `${builtin(who, "node:process").cwd()}/`;
  const { pathToFileURL, fileURLToPath } = builtin(who, "node:url");
  try {
    const isFile = start.startsWith("file:") || /[\\/]$|\.\w+$/.test(start);
    const found = createRequire(isFile ? start : `${start}/`).resolve(entry);
    return fileURLToPath(new URL(file, pathToFileURL(found)));
  } catch (cause) {
    const name = entry.split("/")[0];
    throw new Error(`${who}: the npm package ${name} is not installed where ${start} finds it; ${advice}`, { cause });
  }
}

/** The bytes of a file: those given, or in Node those at a path. */
export function readBytes({ who, advice }: Asking, file: Uint8Array | string): Uint8Array {
  if (typeof file !== "string") return file;
  const { readFileSync } = builtin(who, "node:fs");
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`${who}: cannot read ${file}; ${advice}`, { cause });
  }
}

/** Returns where the file is the one that is known. */
export function checkKnown({ who, advice }: Asking, bytes: Uint8Array, md5: string, name: string): void {
  try {
    checkMd5(bytes, md5, name);
  } catch (cause) {
    throw new Error(`${who}: ${name} is cut off or changed (${bytes.length} bytes); ${advice}`, { cause });
  }
}

/** A module of Node's, asked for at run time so that bundles for browsers hold no import of it. */
export function builtin<M extends keyof Builtins>(
  who: string,
  name: M,
  elsewhere: string = "pass the bytes of the files",
): Builtins[M] {
  const found = globalThis.process?.getBuiltinModule?.(name);
  if (found === undefined) throw new Error(`${who}: needs Node (${name}); elsewhere ${elsewhere}`);
  return found as Builtins[M];
}

interface Builtins {
  "node:child_process": typeof import("node:child_process");
  "node:fs": typeof import("node:fs");
  "node:module": typeof import("node:module");
  "node:process": typeof import("node:process");
  "node:url": typeof import("node:url");
  "node:worker_threads": typeof import("node:worker_threads");
}
