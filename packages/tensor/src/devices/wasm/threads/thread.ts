import { type Start, workerSource } from "./worker.ts";

/** One worker, however the platform starts it. */
export interface Thread {
  /** Whether it computes no more, known without a turn of the event loop; of Web Workers, which a page alone ends, never. */
  readonly hasEnded: boolean;
  /** Ends it, also in the middle of a job. */
  stop(): void;
}

interface NodeWorker {
  on(event: "message", listener: () => void): void;
  on(event: "error", listener: (error: Error) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  postMessage(message: Start): void;
  terminate(): Promise<number>;
  unref(): void;
  readonly performance?: { eventLoopUtilization(): { readonly idle: number } };
}

interface Host {
  readonly process?: {
    getBuiltinModule?(name: string): { Worker: new (code: string, options: { eval: true }) => NodeWorker } | undefined;
  };
}

/**
 * A worker thread of Node where there are any, else a Web Worker, once it takes jobs. `onEnd` is told the reason if it
 * ends after that without being stopped.
 */
export async function startThread(start: Start, onEnd: (reason: string) => void): Promise<Thread> {
  const node = (globalThis as Host).process?.getBuiltinModule?.("node:worker_threads");
  return node === undefined ? startWebWorker(start, onEnd) : startNodeWorker(node.Worker, start, onEnd);
}

function startNodeWorker(
  Worker: new (code: string, options: { eval: true }) => NodeWorker,
  start: Start,
  onEnd: (reason: string) => void,
): Promise<Thread> {
  const worker = new Worker(workerSource(), { eval: true });
  let stopped = false;
  let failure: string | undefined;
  let exited = false;
  /** Milliseconds; below 0 from when the thread stops to the event that says so. */
  const idle = (): number => worker.performance?.eventLoopUtilization().idle ?? 0;
  return new Promise((resolve, reject) => {
    const thread: Thread = {
      get hasEnded() {
        return exited || idle() < 0;
      },
      stop() {
        stopped = true;
        void worker.terminate();
      },
    };
    worker.on("message", () => {
      worker.unref();
      // the first look notes when the loop began, without which later ones say 0
      idle();
      resolve(thread);
    });
    worker.on("error", ({ message }) => {
      failure = message;
    });
    worker.on("exit", (code) => {
      exited = true;
      const reason = failure ?? `it exited with code ${code}`;
      reject(new Error(reason));
      if (!stopped) onEnd(reason);
    });
    worker.postMessage(start);
  });
}

function startWebWorker(start: Start, onEnd: (reason: string) => void): Promise<Thread> {
  const url = URL.createObjectURL(new Blob([workerSource()], { type: "text/javascript" }));
  const worker = new Worker(url);
  return new Promise<Thread>((resolve, reject) => {
    worker.addEventListener("message", () => resolve({ hasEnded: false, stop: () => worker.terminate() }));
    worker.addEventListener("error", ({ message }) => {
      const reason = message || "the page may not start workers from a Blob";
      reject(new Error(reason));
      onEnd(reason);
    });
    worker.postMessage(start);
  }).finally(() => URL.revokeObjectURL(url));
}
