import type { Run } from "./run.ts";

/**
 * Looks into a run, or changes its course, at the places that it names. Every method may be asynchronous and is waited
 * for; callbacks are called in the order they were given.
 *
 * One with a state also has `stateDict` and `loadStateDict`, under a `name` of its own, so that checkpoints hold it.
 *
 * @example
 * const announce: Callback = { afterEpoch: ({ epoch, step }) => console.log(`epoch ${epoch} after ${step} steps`) };
 */
export interface Callback {
  /** The key of its state in checkpoints. */
  readonly name?: string;
  onStart?(run: Run): void | Promise<void>;
  /** The gradients are there, the parameters are still those that they were computed at. */
  afterBackward?(run: Run): void | Promise<void>;
  /** The optimizer has moved the parameters; `run.loss` is the loss of the batch before that. */
  afterStep?(run: Run): void | Promise<void>;
  /** A record was added to `run.history`. */
  afterValidation?(run: Run, record: Record): void | Promise<void>;
  afterEpoch?(run: Run): void | Promise<void>;
  /** Nothing is under way: after each step and its validation, and after each epoch. The place to keep the run. */
  atRest?(run: Run): void | Promise<void>;
  /** The run is over, also when a step threw. */
  onEnd?(run: Run): void | Promise<void>;
  stateDict?(): unknown;
  loadStateDict?(state: never): unknown;
}

/** One line of a history: where the run was, the mean training loss since the line before, and what `validate` found. */
export type Record = Readonly<globalThis.Record<string, number>> & {
  /** Epochs begun: 1 in the first. */
  readonly epoch: number;
  /** Steps taken. */
  readonly step: number;
  /** Mean training loss since the record before. */
  readonly loss: number;
};
