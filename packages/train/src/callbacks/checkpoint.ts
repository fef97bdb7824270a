import { loadCheckpoint, saveCheckpoint } from "@dl/io";
import type { Callback } from "../callback.ts";
import { checkCount } from "../count.ts";
import type { Run } from "../run.ts";

export interface CheckpointCallbackOptions {
  /** The file. It always holds a whole checkpoint, also when the process is killed while the next is written. */
  path: string;
  /** Steps between two checkpoints. Default the end of each epoch. */
  every?: number;
  /** Goes on from the file if it is there. Default true. */
  resume?: boolean;
  /** Callbacks whose state is kept too, such as `earlyStopping`. */
  callbacks?: readonly Callback[];
}

/**
 * Writes the whole state of a run into a file, and goes on from it: model, optimizer, scheduler, generators, the place
 * in the data, the history, and the callbacks that are named. A run that was killed and goes on ends with the same bits
 * as one that was not.
 *
 * The batches that were done in the epoch of the checkpoint are loaded again and passed over.
 * Errors: two callbacks of one name, or one named as a part of the run; a file that belongs to another model.
 *
 * @example
 * import { tmpdir } from "node:os";
 * const model = new Linear(1, 1);
 * const x = tensor([[1]]);
 * await fit(model, [x], {
 *   loss: (model, x) => model.forward(x).sum(),
 *   optimizer: new SGD(model.parameters(), { lr: 0.1 }),
 *   callbacks: [checkpoint({ path: `${tmpdir()}/linear.checkpoint`, resume: false })],
 * });
 */
export function checkpoint({
  path,
  every,
  resume = true,
  callbacks = [],
}: CheckpointCallbackOptions): Callback & Required<Pick<Callback, "onStart" | "atRest">> {
  if (every !== undefined) checkCount("checkpoint", "every", every);
  const kept = statefulOf(callbacks);
  let due = false;
  return {
    async onStart(run) {
      if (!resume) return;
      await loadCheckpoint(path, partsOf(run, kept)).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
    async atRest(run) {
      due ||= every === undefined ? run.batch === 0 : run.step % every === 0;
      // after the last batch the loader has something left to draw: the end of the epoch is the better place
      if (!due || run.batch === run.batches) return;
      due = false;
      await saveCheckpoint(path, partsOf(run, kept));
    },
  };
}

type StatefulCallback = Callback & Required<Pick<Callback, "name" | "stateDict" | "loadStateDict">>;

function statefulOf(callbacks: readonly Callback[]): ReadonlyMap<string, StatefulCallback> {
  const found = new Map<string, StatefulCallback>();
  for (const callback of callbacks) {
    if (!isStateful(callback)) continue;
    if (found.has(callback.name) || runParts.includes(callback.name))
      throw new RangeError(`checkpoint: the name "${callback.name}" of a callback is taken`);
    found.set(callback.name, callback);
  }
  return found;
}

function isStateful(callback: Callback): callback is StatefulCallback {
  return callback.name !== undefined && callback.stateDict !== undefined && callback.loadStateDict !== undefined;
}

const runParts: readonly string[] = ["model", "optimizer", "scheduler", "run"];

function partsOf(run: Run, kept: ReadonlyMap<string, StatefulCallback>) {
  const { model, optimizer, scheduler } = run;
  return { model, optimizer, ...(scheduler === undefined ? {} : { scheduler }), run, ...Object.fromEntries(kept) };
}

/** Whether there is no file, which is what lies behind `error`. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && (("code" in error && error.code === "ENOENT") || isMissing(error.cause));
}
