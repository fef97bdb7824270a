import type { Worker } from "node:worker_threads";
import type { ModuleSource } from "./dataset-from.ts";
import { unpack } from "./message.ts";
import { builtin } from "./node.ts";
import type { Answer, Task } from "./worker.ts";

/** Batches that each worker makes ahead. */
const AHEAD = 2;

interface Waiting {
  readonly resolve: (batch: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Threads that make batches of a data set, which they import for themselves. Idle ones do not keep the process alive. */
export class WorkerPool {
  readonly #workers: readonly Worker[];
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #epochs = 0;
  #failure: Error | undefined;

  constructor(source: ModuleSource, count: number) {
    const { Worker } = builtin("DataLoader", "node:worker_threads", "use workers: 0");
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    this.#workers = Array.from({ length: count }, () => {
      const worker = new Worker(new URL(file, import.meta.url), { workerData: source });
      worker.on("message", (answer: Answer) => this.#answered(answer));
      worker.on("error", (cause) => this.#failed("failed", cause));
      worker.on("exit", (code) => this.#failed(`ended with code ${code}`));
      worker.unref();
      return worker;
    });
  }

  /** The batches in their order, some of them made ahead. */
  async *run(batches: Iterable<ArrayLike<number>>, epoch: number, collated: boolean): AsyncGenerator<unknown, void> {
    const ahead: Promise<unknown>[] = [];
    const source = batches[Symbol.iterator]();
    const ask = (): void => {
      const { value, done } = source.next();
      if (done === true) return;
      const batch = this.#ask({ indices: Array.from(value), epoch, collated });
      batch.catch(() => {}); // seen below, or never where the loop was left
      ahead.push(batch);
    };
    if (this.#epochs++ === 0) for (const worker of this.#workers) worker.ref();
    try {
      for (let i = 0; i < AHEAD * this.#workers.length; i++) ask();
      for (let batch = ahead.shift(); batch !== undefined; batch = ahead.shift()) {
        const made = await batch;
        ask();
        yield made;
      }
    } finally {
      source.return?.();
      if (--this.#epochs === 0) for (const worker of this.#workers) worker.unref();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #ask(task: Omit<Task, "id">): Promise<unknown> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#workers[id % this.#workers.length]?.postMessage({ id, ...task } satisfies Task);
    });
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("packed" in answer) waiting?.resolve(unpack(answer.packed));
    else waiting?.reject(new Error(`DataLoader: in a worker, ${answer.message}`, { cause: answer.cause }));
  }

  #failed(how: string, cause?: unknown): void {
    const what = cause instanceof Error ? `: ${cause.message}` : "";
    this.#failure ??= new Error(`DataLoader: a worker ${how}${what}`, { cause });
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
