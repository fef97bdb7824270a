/** A module of Node's, asked for at run time so that bundles for browsers hold no import of it. */
export function builtin<M extends keyof Builtins>(who: string, name: M): Builtins[M] {
  const found = globalThis.process?.getBuiltinModule?.(name);
  if (found === undefined) throw new Error(`${who}: only Node can open files by path: pass bytes, a Blob or a URL`);
  return found as Builtins[M];
}

interface Builtins {
  "node:fs/promises": typeof import("node:fs/promises");
  "node:path": typeof import("node:path");
  "node:url": typeof import("node:url");
}
