import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Answers, Request } from "../protocol.ts";
import { Data, type Peer, type Runnable } from "./peer.ts";
import { profile } from "./profile.ts";

/** Answers requests on standard input until it ends. */
export async function serve(peer: Peer): Promise<void> {
  let current: Runnable | undefined;
  const loaded = (): Runnable => {
    if (current === undefined) throw new Error("bench: no case is loaded");
    return current;
  };
  const answers: { [K in Request["ask"]]: (request: Extract<Request, { ask: K }>) => Promise<Answers[K]> } = {
    hello: async () => ({ versions: peer.versions, threads: peer.threads }),
    load: async ({ case: id, files, output }) => {
      current = undefined;
      const build = peer.cases[id];
      if (build === undefined) throw new Error("no such op or layer here");
      current = await build(new Data(files, bytes));
      if (typeof current.numbers === "string") return { differs: current.numbers };
      writeFileSync(output, Float32Array.from(await current.numbers()));
      return { differs: "" };
    },
    warm: async ({ forMs }) => ({ ms: await warm(loaded(), forMs) }),
    time: async ({ steps }) => ({ ms: await time(loaded(), steps) }),
    score: async () => ({ score: (await loaded().score?.()) ?? Number.NaN }),
    profile: async ({ forMs }) => {
      peer.notes?.();
      const lines = await profile(() => warm(loaded(), forMs), peer.kernelNames?.());
      return { lines: [...lines, ...(peer.notes?.() ?? [])] };
    },
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    const answer = answers[request.ask] as (request: Request) => Promise<object>;
    const reply = await answer(request).catch((error: Error) => ({ error: error.message }));
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
}

/** Milliseconds per step of at least so many. */
async function time({ run, steps = 1 }: Runnable, wanted: number): Promise<number> {
  const runs = Math.ceil(wanted / steps);
  const start = performance.now();
  for (let i = 0; i < runs; i++) {
    const running = run();
    if (running instanceof Promise) await running;
  }
  return (performance.now() - start) / (runs * steps);
}

/** Runs for a while, in growing portions; the milliseconds per step of the last one. */
async function warm(runnable: Runnable, forMs: number): Promise<number> {
  const start = performance.now();
  let ms = await time(runnable, 1);
  for (let steps = runnable.steps ?? 1; performance.now() - start < forMs; ) {
    const left = forMs - (performance.now() - start);
    steps = Math.max(1, Math.min(2 * steps, Math.floor(left / ms)));
    ms = await time(runnable, steps);
  }
  return ms;
}

function bytes(file: string): ArrayBuffer {
  const read = readFileSync(file);
  return read.buffer.slice(read.byteOffset, read.byteOffset + read.byteLength) as ArrayBuffer;
}
