import { join, relative } from "node:path";
import type { Source } from "./source.ts";
import type { Workspace } from "./workspace.ts";

/** The floor of every package. A package may use lower floors only. */
export const floors: Readonly<Record<string, number>> = {
  "@dl/tensor": 0,
  "@dl/autograd": 1,
  "@dl/data": 1,
  "@dl/io": 1,
  "@dl/metrics": 1,
  "@dl/native": 1,
  "@dl/optim": 1,
  "@dl/layers": 2,
  "@dl/losses": 2,
  "@dl/train": 3,
};

const appFloor = 4;

/** Dependencies in package.json on the same floor or a higher one. */
export function misplacedDependencies({ kind, manifest }: Workspace): string[] {
  if (kind === "tooling") return [];
  if (kind === "packages" && floors[manifest.name] === undefined) return [`floors: ${manifest.name} has no floor`];
  const { dependencies, peerDependencies, devDependencies, optionalDependencies } = manifest;
  return Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies, ...optionalDependencies })
    .filter((name) => name !== "@dl/config" && !isBelow(name, manifest.name, kind))
    .map(
      (name) => `floors: ${manifest.name} (${label(manifest.name, kind)}) depends on ${name} (${label(name, kind)})`,
    );
}

/**
 * Imports of packages on the same floor or a higher one, and relative imports that leave the package; only a test may
 * reach the tests of a lower floor, for their cases.
 */
export function misplacedImports({ directory, kind, manifest }: Workspace, source: Source): string[] {
  const problems: string[] = [];
  for (const { specifier, line } of source.imports) {
    const where = `${source.name}:${line}`;
    if (specifier.startsWith(".")) {
      const inside = relative(directory, join(source.path, "..", specifier)).replaceAll("\\", "/");
      const lower = isTest(source.name) ? /^\.\.\/([a-z]+)\/test\//.exec(inside)?.[1] : undefined;
      const allowed = lower !== undefined && isBelow(`@dl/${lower}`, manifest.name, kind);
      if (inside.startsWith("..") && !allowed) problems.push(`floors: ${where} leaves its package: ${specifier}`);
      continue;
    }
    if (kind === "tooling" || !specifier.startsWith("@dl/")) continue;
    const name = specifier.split("/").slice(0, 2).join("/");
    const isConfig = /(^|\/)(vitest|tsup)\.config\.ts$/.test(source.name) && name === "@dl/config";
    const isSelf = name === manifest.name && isTest(source.name);
    if (!isConfig && !isSelf && !isBelow(name, manifest.name, kind)) {
      problems.push(`floors: ${where} (${label(manifest.name, kind)}) imports ${specifier} (${label(name, kind)})`);
    }
  }
  return problems;
}

function isTest(name: string): boolean {
  return name.includes("/test/");
}

function isBelow(name: string, user: string, kind: Workspace["kind"]): boolean {
  if (!name.startsWith("@dl/")) return true;
  const floor = floors[name];
  return floor !== undefined && floor < floorOf(user, kind);
}

function floorOf(name: string, kind: Workspace["kind"]): number {
  return floors[name] ?? (kind === "packages" ? 0 : appFloor);
}

function label(name: string, kind: Workspace["kind"]): string {
  const floor = floors[name];
  if (floor !== undefined) return `floor ${floor}`;
  return kind === "apps" ? `floor ${appFloor}` : "no floor";
}
