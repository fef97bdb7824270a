import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readSource, type Source } from "./source.ts";

/** The parts of a package.json that say what a package leans on. */
export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Workspace {
  readonly directory: string;
  readonly kind: "packages" | "apps" | "tooling";
  readonly manifest: Manifest;
}

/** Every package, app and tool of the repository. */
export function readWorkspace(root: string): Workspace[] {
  const found: Workspace[] = [];
  for (const kind of ["packages", "apps", "tooling"] as const) {
    if (!existsSync(join(root, kind))) continue;
    for (const name of readdirSync(join(root, kind)).sort()) {
      const directory = join(root, kind, name);
      const path = join(directory, "package.json");
      if (!existsSync(path)) continue;
      const manifest: Manifest = JSON.parse(readFileSync(path, "utf8"));
      found.push({ directory, kind, manifest });
    }
  }
  return found;
}

/** Every TypeScript file of a workspace that people write, named relative to `root`. */
export function sourcesOf(workspace: Workspace, root: string): Source[] {
  const skipped = /(^|\/)(node_modules|dist|cache|assembly)(\/|$)|\.generated\.ts$|\.d\.ts$/;
  return readdirSync(workspace.directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !skipped.test(path))
    .sort()
    .map((path) => join(workspace.directory, path))
    .map((path) => readSource(path, readFileSync(path, "utf8"), relative(root, path).replaceAll("\\", "/")));
}
