import type { AnyModule } from "@dl/layers";
import type { LRScheduler, Optimizer } from "@dl/optim";
import type { Generator } from "@dl/tensor";
import type { Record } from "./callback.ts";

/** The parts of a training run, as `fit` was given them. */
export interface RunParts {
  readonly model: AnyModule;
  readonly optimizer: Optimizer;
  readonly scheduler: LRScheduler | undefined;
  /** Batches in an epoch, where that is known. */
  readonly batches: number | undefined;
  /** Batches whose mean gradient makes one step. */
  readonly accumulate: number;
  readonly epochs: number;
  readonly steps: number;
  /** What the order of the batches and the random layers draw from. */
  readonly generators: readonly Generator[];
}

/** Where a training run is: what callbacks are given, and what a checkpoint keeps beside model and optimizer. */
export class Run implements RunParts {
  readonly model: AnyModule;
  readonly optimizer: Optimizer;
  readonly scheduler: LRScheduler | undefined;
  readonly batches: number | undefined;
  readonly accumulate: number;
  readonly epochs: number;
  readonly steps: number;
  readonly generators: readonly Generator[];

  /** Epochs begun: 0 before the first. */
  epoch = 0;
  /** Steps of the optimizer. */
  step = 0;
  /** Batches of this epoch that are done. */
  batch = 0;
  /** The loss of the last batch. */
  loss = Number.NaN;
  /** What was recorded so far: a line for each validation, or for each epoch. */
  history: Record[] = [];
  /** Why the run was stopped before its end. */
  stopped: string | undefined;

  #sum = 0;
  #count = 0;
  #atEpochStart: readonly Uint8Array[] = [];
  /** The generators where a checkpoint left them, until the batches before it are passed over. */
  #resumeAt: readonly Uint8Array[] | undefined;

  constructor({ model, optimizer, scheduler, batches, accumulate, epochs, steps, generators }: RunParts) {
    this.model = model;
    this.optimizer = optimizer;
    this.scheduler = scheduler;
    this.batches = batches;
    this.accumulate = accumulate;
    this.epochs = epochs;
    this.steps = steps;
    this.generators = generators;
  }

  /** Ends the run after this step. */
  stop(reason: string): void {
    this.stopped ??= reason;
  }

  /** Whether there is more to do. */
  get going(): boolean {
    return !this.over && (this.epoch < this.epochs || this.batch > 0);
  }

  /** Whether no further step may be taken. */
  get over(): boolean {
    return this.stopped !== undefined || this.step >= this.steps;
  }

  /** The steps of the whole run; Infinity where nobody knows. */
  get total(): number {
    const { steps, epochs, batches, accumulate } = this;
    return batches === undefined ? steps : Math.min(steps, epochs * Math.ceil(batches / accumulate));
  }

  /**
   * Begins an epoch, or goes on in the one that a checkpoint was written in. Returns how many of its batches are to be
   * passed over; {@link passed} is called then.
   */
  beginEpoch(): number {
    if (this.batch > 0 && this.#resumeAt !== undefined) {
      this.#setGenerators(this.#atEpochStart);
      return this.batch;
    }
    this.#resumeAt = undefined;
    this.epoch++;
    this.#atEpochStart = this.generators.map((generator) => generator.getState());
    return 0;
  }

  /** The batches that were done before the checkpoint are passed over. */
  passed(): void {
    if (this.#resumeAt === undefined) return;
    this.#setGenerators(this.#resumeAt);
    this.#resumeAt = undefined;
  }

  #setGenerators(states: readonly Uint8Array[]): void {
    for (const [i, generator] of this.generators.entries()) generator.setState(states[i] as Uint8Array);
  }

  /** Counts a batch with its loss. */
  seen(loss: number): void {
    this.loss = loss;
    this.#sum += loss;
    this.#count++;
    this.batch++;
  }

  /** Whether batches were seen since the last record. */
  get unrecorded(): boolean {
    return this.#count > 0;
  }

  /** Adds a line to the history. */
  record(measured: Readonly<globalThis.Record<string, number>>): Record {
    const line: Record = { epoch: this.epoch, step: this.step, loss: this.#sum / this.#count, ...measured };
    this.history.push(line);
    this.#sum = 0;
    this.#count = 0;
    return line;
  }

  /** Ends the epoch: none of its batches counts any more. */
  endEpoch(): void {
    this.batch = 0;
  }

  /** The place in the run, the history, and the states of the generators: now, and when the epoch began. */
  stateDict(): RunState {
    const { epoch, step, batch, loss, history } = this;
    return {
      epoch,
      step,
      batch,
      loss,
      history: [...history],
      unrecorded: { sum: this.#sum, count: this.#count },
      generators: this.generators.map((generator) => generator.getState()),
      atEpochStart: [...this.#atEpochStart],
    };
  }

  /** Goes on from a {@link stateDict}. Errors: another number of generators. */
  loadStateDict({ epoch, step, batch, loss, history, unrecorded, generators, atEpochStart }: RunState): void {
    if (generators.length !== this.generators.length)
      throw new RangeError(
        `fit: the state holds ${generators.length} generators, this run has ${this.generators.length}`,
      );
    Object.assign(this, { epoch, step, batch, loss, history: [...history] });
    this.#sum = unrecorded.sum;
    this.#count = unrecorded.count;
    this.#atEpochStart = atEpochStart;
    this.#resumeAt = generators;
    this.#setGenerators(generators);
  }
}

/** What a checkpoint keeps of a {@link Run}. */
export interface RunState {
  readonly epoch: number;
  readonly step: number;
  readonly batch: number;
  readonly loss: number;
  readonly history: readonly Record[];
  readonly unrecorded: { readonly sum: number; readonly count: number };
  readonly generators: readonly Uint8Array[];
  readonly atEpochStart: readonly Uint8Array[];
}
