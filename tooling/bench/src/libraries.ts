import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command } from "./child.ts";

/** Ours first. */
export const names = ["dl", "pytorch", "tfjs-wasm", "tfjs-cpu", "jax-js", "js-pytorch", "brain.js"] as const;

export type LibraryName = (typeof names)[number];

/** How to start each library's process; PyTorch has none where no Python has it. */
export function commands(python: string | undefined): ReadonlyMap<LibraryName, Command> {
  const all: [LibraryName, Command | undefined][] = [
    ["dl", node("dl/main.ts")],
    [
      "pytorch",
      python === undefined ? undefined : { file: python, args: [path("./pytorch/serve.py")], env: oneThread },
    ],
    ["tfjs-wasm", node("tfjs/main.ts", "wasm")],
    ["tfjs-cpu", node("tfjs/main.ts", "cpu")],
    ["jax-js", node("jax/main.ts")],
    ["js-pytorch", node("js-pytorch.ts")],
    ["brain.js", node("brain.ts")],
  ];
  return new Map(all.filter((entry): entry is [LibraryName, Command] => entry[1] !== undefined));
}

/** The first Python with PyTorch, and what was said where there is none. */
export function findPyTorch(): { readonly python: string | undefined; readonly why: string } {
  const reasons: string[] = [];
  for (const python of ["/usr/bin/python3", "python3"]) {
    try {
      execFileSync(python, ["-c", "import torch"], {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, ...oneThread },
      });
      return { python, why: "" };
    } catch (error) {
      reasons.push(`${python}: ${reasonOf(error as Error & { stderr?: Buffer })}`);
    }
  }
  return { python: undefined, why: reasons.join("; ") };
}

const reasonOf = ({ stderr, message }: Error & { stderr?: Buffer }): string =>
  (stderr?.toString().trim() || message).split("\n").at(-1) ?? message;

const oneThread = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const node = (file: string, ...args: string[]): Command => ({
  file: process.execPath,
  args: ["--conditions=@dl/source", "--disable-warning=ExperimentalWarning", path(`./peers/${file}`), ...args],
});
