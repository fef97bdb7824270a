import { collate } from "./collate.ts";
import type { Dataset } from "./dataset.ts";
import { importDataset, type ModuleSource } from "./dataset-from.ts";
import { type Packed, pack } from "./message.ts";
import { builtin } from "./node.ts";
import { sampleGenerator } from "./samples.ts";

/** What a worker is asked for. */
export interface Task {
  readonly id: number;
  readonly indices: readonly number[];
  readonly epoch: number;
  /** One batch, or the samples as they are. */
  readonly collated: boolean;
}

export type Answer =
  | { readonly id: number; readonly packed: Packed }
  | { readonly id: number; readonly message: string; readonly cause: unknown };

const { parentPort, workerData } = builtin("DataLoader", "node:worker_threads", "use workers: 0");

if (parentPort !== null) {
  const loaded = importDataset(workerData as ModuleSource);
  loaded.catch(() => {}); // the answer to every task
  parentPort.on("message", async (task: Task) => {
    const buffers: ArrayBuffer[] = [];
    parentPort.postMessage(await answer(loaded, task, buffers), buffers);
  });
}

async function answer(loaded: Promise<Dataset<unknown>>, task: Task, buffers: ArrayBuffer[]): Promise<Answer> {
  try {
    return { id: task.id, packed: pack(await make(await loaded, task), buffers) };
  } catch (cause) {
    return { id: task.id, message: cause instanceof Error ? cause.message : String(cause), cause: plain(cause) };
  }
}

async function make(dataset: Dataset<unknown>, { indices, epoch, collated }: Task): Promise<unknown> {
  if (collated && dataset.batch !== undefined) return dataset.batch(Int32Array.from(indices));
  const samples = [];
  for (const index of indices) {
    try {
      samples.push(await dataset.get(index, sampleGenerator(epoch, index)));
    } catch (cause) {
      throw new Error(`sample ${index}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
  return collated ? collate(samples) : samples;
}

/** An error as a message can carry it. */
function plain(cause: unknown): unknown {
  if (!(cause instanceof Error)) return String(cause);
  const { name, message, stack } = cause.cause instanceof Error ? cause.cause : cause;
  return Object.assign(new Error(message), { name, stack });
}
