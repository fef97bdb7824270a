import type { StateDict } from "@dl/layers";
import type { Callback, Record } from "../callback.ts";
import { checkCount } from "../count.ts";
import type { Run } from "../run.ts";
import { replaced } from "../weights.ts";

export interface EarlyStoppingOptions {
  /** The figure of the history that is watched. Default "loss", the training loss; rather a held-out one. */
  monitor?: string;
  /** Whether the figure should fall or rise. Default "min". */
  mode?: "min" | "max";
  /** Validations without a better figure after which the run ends. Default 5. */
  patience?: number;
  /** By how much a figure must be better to count. Default 0. */
  minDelta?: number;
  /** Validations before which nothing is counted: for learning that begins late. Default 0. */
  warmup?: number;
  /** Puts the weights of the best validation back at the end. Default true. */
  restoreBest?: boolean;
}

/** What {@link earlyStopping} knows. */
export interface EarlyStopping extends Callback {
  readonly name: string;
  /** The best record so far. */
  readonly best: Record | undefined;
  onStart(run: Run): void;
  onEnd(run: Run): void;
  afterValidation(run: Run, record: Record): void;
  stateDict(): EarlyStoppingState;
  loadStateDict(state: EarlyStoppingState): void;
}

/** What a checkpoint keeps of {@link earlyStopping}. */
export interface EarlyStoppingState {
  readonly best: Record | null;
  readonly seen: number;
  readonly waited: number;
  readonly weights: StateDict | null;
}

/**
 * Ends a run when a figure has not become better for a while, and puts the best weights back, bit for bit. Serves one
 * run: one that goes on from a checkpoint written at its end is over at once.
 *
 * Errors: a figure that the records do not hold; `patience` or `warmup` that are no whole numbers.
 *
 * @example
 * const stopping = earlyStopping({ monitor: "accuracy", mode: "max", patience: 3, warmup: 10 });
 * stopping.best; // => undefined
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  const { monitor = "loss", mode = "min", patience = 5, minDelta = 0, warmup = 0, restoreBest = true } = options;
  checkCount("earlyStopping", "patience", patience);
  checkCount("earlyStopping", "warmup", warmup, 0);
  const sign = mode === "min" ? -1 : 1;
  let [best, weights]: [Record | undefined, StateDict | undefined] = [undefined, undefined];
  let [seen, waited] = [0, 0];
  let begun: Run | undefined;
  const isBetter = (value: number): boolean => {
    const before = best?.[monitor];
    return before === undefined || sign * (value - before) > minDelta;
  };
  const stopWhenOver = (run: Run): void => {
    if (waited >= patience)
      run.stop(`earlyStopping: ${monitor} not better than ${best?.[monitor]} in ${patience} validations`);
  };
  return {
    name: "earlyStopping",
    get best() {
      return best;
    },
    onStart(run) {
      begun = run;
      stopWhenOver(run);
    },
    afterValidation(run, record) {
      const value = record[monitor];
      if (value === undefined)
        throw new RangeError(
          `earlyStopping: no figure "${monitor}" in the history (${Object.keys(record).join(", ")})`,
        );
      seen++;
      if (!Number.isNaN(value) && isBetter(value)) {
        best = record;
        waited = 0;
        if (restoreBest) weights = replaced(weights, run.model.stateDict());
      } else if (seen > warmup) waited++;
      stopWhenOver(run);
    },
    onEnd(run) {
      if (weights !== undefined) run.model.loadStateDict(weights);
    },
    stateDict: () => ({ best: best ?? null, seen, waited, weights: weights ?? null }),
    loadStateDict(state) {
      best = state.best ?? undefined;
      seen = state.seen;
      waited = state.waited;
      weights = state.weights === null ? undefined : replaced(weights, state.weights);
      if (begun !== undefined) stopWhenOver(begun);
    },
  };
}
