import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a module prints that runs in a process of its own, with what it needs of `@dl/tensor` at hand. */
export function runScript(body: string): string {
  const script = `import { exp, matmul, ones, setThreads, sum, threads } from "@dl/tensor";\n${body}`;
  return execFileSync(process.execPath, ["--conditions=@dl/source", "--input-type=module", "-e", script], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    encoding: "utf8",
    timeout: 60_000,
  });
}
