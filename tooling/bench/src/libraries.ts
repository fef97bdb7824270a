import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command } from "./child.ts";

/** Ours first; `dl-128` is ours without V8's vectors of eight floats, `dl-native` ours with `@dl/native`. */
export const names = [
  "dl",
  "dl-128",
  "dl-native",
  "pytorch",
  "tfjs-wasm",
  "tfjs-cpu",
  "jax-js",
  "js-pytorch",
  "brain.js",
] as const;

export type LibraryName = (typeof names)[number];

/** How to start each library's process; PyTorch has none where no Python has it. Ours and PyTorch take `threads`. */
export function commands(python: string | undefined, threads = 1): ReadonlyMap<LibraryName, Command> {
  const all: [LibraryName, Command | undefined][] = [
    ["dl", node("dl/main.ts", String(threads))],
    ["dl-128", hasWideVectors ? withoutWideVectors(node("dl/main.ts", String(threads))) : undefined],
    ["dl-native", node("dl/main.ts", String(threads), "native")],
    [
      "pytorch",
      python === undefined
        ? undefined
        : { file: python, args: [path("./pytorch/serve.py"), String(threads)], env: inThreads(threads) },
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
        env: { ...process.env, ...inThreads(1) },
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

/** Read when the libraries of PyTorch are loaded. */
const inThreads = (threads: number): Record<string, string> => ({
  OPENBLAS_NUM_THREADS: String(threads),
  OMP_NUM_THREADS: String(threads),
  MKL_NUM_THREADS: String(threads),
});

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const node = (file: string, ...args: string[]): Command => ({
  file: process.execPath,
  args: [...process.execArgv, "--disable-warning=ExperimentalWarning", path(`./peers/${file}`), ...args],
});

/** Lets V8 join vectors of four floats to vectors of eight; all JavaScript libraries get it, if this process has it. */
const wideVectors = "--experimental-wasm-revectorize";
const hasWideVectors = process.execArgv.includes(wideVectors);

const withoutWideVectors = (command: Command): Command => ({
  ...command,
  args: command.args.filter((arg) => arg !== wideVectors),
});
