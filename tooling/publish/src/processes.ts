import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";

export const root: string = join(import.meta.dirname, "../../..");

/** What the command printed; an error with everything it said when it does not exit with 0. */
export function run(
  command: string,
  args: readonly string[],
  directory: string,
  env: Record<string, string> = {},
): string {
  const shell = process.platform === "win32";
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: directory,
    env: { ...process.env, ...env },
    encoding: "utf8",
    shell,
  });
  if (status === 0) return stdout;
  const said = error?.message ?? `${stdout}${stderr}`.trim();
  throw new Error(`try-publish: ${command} ${args.join(" ")} failed in ${directory}:\n${said}`);
}

/** The Node that runs this script, and the first one of the PATH that the repository did not bring. */
export function nodes(): string[] {
  const found = [process.execPath];
  for (const directory of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(directory, process.platform === "win32" ? "node.exe" : "node");
    if (existsSync(path) && !realpathSync(path).includes("node_modules")) return [...found, path];
  }
  return found;
}

export function nodeVersion(path: string): string {
  return run(path, ["--version"], root).trim();
}
