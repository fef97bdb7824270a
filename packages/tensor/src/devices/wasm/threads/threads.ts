import type { Heap } from "../heap.ts";
import { compile, kernelsOf } from "../instance.ts";
import { type DeviceEngine, wasmBackend } from "../wasm.ts";
import { mostThreads } from "./control.ts";
import { splitKernels } from "./kernels.ts";
import { splitLoop } from "./loops.ts";
import { Pool } from "./pool.ts";

export interface ThreadsOptions {
  /**
   * Work that would take one thread fewer microseconds stays on it: handing it out costs about as much as it saves.
   * Default 100; 0 spreads all that can be spread, for tests.
   */
  readonly smallest?: number;
}

let pool: Pool | undefined;
let shared: WebAssembly.Module | undefined;
let last: Promise<unknown> = Promise.resolve();

/** How many threads compute on the WebAssembly device, this one included; see {@link setThreads}. */
export const threads = (): number => pool?.size ?? 1;

/**
 * Spreads large products, convolutions, reductions and elementwise ops of the WebAssembly device over `count` threads,
 * this one included; 1, as at first, ends the others. Until the promise settles as many compute as before. The results are
 * bit for bit those of one thread.
 *
 * Threads are worker threads in Node, where they do not keep the process alive, and Web Workers in a page, which must be
 * cross-origin isolated. One that ends by itself is reported on the console, and one thread computes from then on; an op
 * that loses a part of its work with it throws an Error.
 *
 * @throws RangeError (at once) if `count` is no whole number from 1 to 64
 * @throws Error (the promise) where threads cannot share memory or do not start
 *
 * @example
 * await setThreads(2);
 * threads(); // => 2
 * await setThreads(1);
 */
export function setThreads(count: number, { smallest = 100 }: ThreadsOptions = {}): Promise<void> {
  if (!Number.isInteger(count) || count < 1 || count > mostThreads) {
    throw new RangeError(`setThreads: wants a whole number of threads from 1 to ${mostThreads}, got ${String(count)}`);
  }
  const change = last.then(() => use(count, 1000 * smallest));
  last = change.catch(() => undefined);
  return change;
}

async function use(count: number, smallest: number): Promise<void> {
  if (count === 1) return endThreads();
  const { engine, heap, module } = sharedDevice();
  let started: Pool | undefined;
  const next = await Pool.start(count, module, heap.memory, {
    who: () => engine.running,
    onEnd: (reason) => lose(started, reason),
  }).catch((error: Error) => {
    throw new Error(`setThreads: no thread could be started: ${error.message}`, { cause: error });
  });
  started = next;
  pool?.stop();
  pool = next;
  const spread = { pool: next, heap, smallest };
  engine.kernels = splitKernels(kernelsOf(module, heap.memory), spread);
  engine.threads = next.size;
  let loops = 0;
  engine.splitLoop = (run, bytes, split) => splitLoop({ run, bytes, number: -1 - ++loops }, split, spread);
}

interface SharedDevice {
  readonly engine: DeviceEngine;
  readonly heap: Heap;
  readonly module: WebAssembly.Module;
}

/** The WebAssembly device with its memory moved to where threads can share it. */
function sharedDevice(): SharedDevice {
  const backend = wasmBackend();
  shared ??= compile({ shared: true });
  if (backend === undefined || shared === undefined) throw new Error("setThreads: this engine has no WebAssembly SIMD");
  if (typeof SharedArrayBuffer !== "function" || globalThis.crossOriginIsolated === false) {
    throw new Error(
      "setThreads: threads share memory, which a page may do only if it is cross-origin isolated: serve it with the headers " +
        "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp",
    );
  }
  const { heap, engine } = backend;
  if (!heap.isShared) {
    heap.share();
    engine.kernels = kernelsOf(shared, heap.memory);
  }
  return { engine, heap, module: shared };
}

/** One thread from now on, without any others. */
function endThreads(): void {
  if (pool === undefined) return;
  const { engine, heap, module } = sharedDevice();
  pool.stop();
  pool = undefined;
  engine.kernels = kernelsOf(module, heap.memory);
  engine.threads = 1;
  engine.splitLoop = undefined;
}

function lose(from: Pool | undefined, reason: string): void {
  if (from === undefined || from !== pool) return;
  endThreads();
  console.warn(`setThreads: a thread ended (${reason}): one thread computes from now on`);
}
