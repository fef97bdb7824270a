import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Answers, Request } from "./protocol.ts";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Answers of a library's process; started on the first question, and again after it died or was too slow. */
export class Child {
  readonly #command: Command;
  #running:
    | { process: ChildProcess; lines: AsyncIterator<string>; reader: Interface; complaints: string[] }
    | undefined;

  constructor(command: Command) {
    this.#command = command;
  }

  /** Throws what the process answers as an error, that it ended, or that `limitMs` were not enough. */
  async ask<R extends Request>(request: R, limitMs: number): Promise<Answers[R["ask"]]> {
    this.#running ??= start(this.#command);
    const { process, lines, complaints } = this.#running;
    process.stdin?.write(`${JSON.stringify(request)}\n`);
    const late = Symbol("late");
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<typeof late>((resolve) => {
      timer = setTimeout(resolve, limitMs, late);
    });
    const line = await Promise.race([lines.next(), timeout]);
    clearTimeout(timer);
    if (line === late) {
      this.stop();
      throw new Error(`no answer within ${(limitMs / 1000).toFixed(0)} s`);
    }
    if (line.done === true) {
      this.stop();
      throw new Error(`its process ended: ${complaints.join("").trim().split("\n").at(-1) ?? ""}`);
    }
    const answer = JSON.parse(line.value) as Answers[R["ask"]] | { readonly error: string };
    if ("error" in answer) throw new Error(answer.error);
    return answer;
  }

  stop(): void {
    this.#running?.reader.close();
    this.#running?.process.kill("SIGKILL");
    this.#running = undefined;
  }
}

function start({ file, args, env }: Command) {
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  const complaints: string[] = [];
  child.on("error", ({ message }) => complaints.push(message));
  child.stdin.on("error", ({ message }) => complaints.push(message));
  child.stderr.on("data", (data: Buffer) => complaints.push(data.toString()));
  const reader = createInterface({ input: child.stdout });
  return { process: child, reader, lines: reader[Symbol.asyncIterator](), complaints };
}
