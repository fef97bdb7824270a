import type { AnyModule, StateDict } from "@dl/layers";
import { isFloat, lerp_, scope } from "@dl/tensor";
import type { Callback } from "../callback.ts";
import type { Run } from "../run.ts";
import { replaced } from "../weights.ts";

export interface AveragedOptions {
  /** How much of the average stays at each step. Default 0.999. */
  decay?: number;
}

/** What {@link averagedWeights} knows. */
export interface AveragedWeights extends Callback {
  readonly name: string;
  /** Calls `body` while the model has the averaged weights; then it has its own again, also when `body` throws. */
  use<T>(model: AnyModule, body: () => T | Promise<T>): Promise<T>;
  onStart(run: Run): void;
  afterStep(run: Run): void;
  stateDict(): AveragedState;
  loadStateDict(state: AveragedState): void;
}

/** What a checkpoint keeps of {@link averagedWeights}. */
export interface AveragedState {
  readonly steps: number;
  readonly weights: StateDict | null;
}

/**
 * An exponential moving average of the weights: `a ← d·a + (1 − d)·w` after each step, with `d = min(decay, (1 + t) / (10 + t))`
 * at step t, so that the first steps do not weigh too much. Integer buffers are copied.
 *
 * Errors: a `decay` outside 0 to 1; `use` before a run has begun.
 * Source: Polyak and Juditsky, 1992; the warm-up is that of `torch-ema`
 *
 * @example
 * const model = new Linear(1, 1);
 * const average = averagedWeights({ decay: 0.9 });
 * await fit(model, [tensor([[1]])], {
 *   loss: (model, x) => model.forward(x).sum(),
 *   optimizer: new SGD(model.parameters(), { lr: 1 }),
 *   epochs: 5,
 *   callbacks: [average],
 * });
 * const own = model.weight.item();
 * await average.use(model, () => model.weight.item() > own); // => true
 */
export function averagedWeights({ decay = 0.999 }: AveragedOptions = {}): AveragedWeights {
  if (!(decay >= 0 && decay <= 1)) throw new RangeError(`averagedWeights: decay must be from 0 to 1, got ${decay}`);
  let weights: StateDict | undefined;
  let steps = 0;
  return {
    name: "averagedWeights",
    onStart({ model }) {
      weights ??= replaced(undefined, model.stateDict());
    },
    afterStep({ model }) {
      steps++;
      const share = 1 - Math.min(decay, (1 + steps) / (10 + steps));
      scope(() => {
        for (const [name, value] of Object.entries(model.stateDict())) {
          const average = weights?.[name];
          if (average === undefined) continue;
          if (isFloat(average.dtype)) lerp_(average, value, share);
          else average.copy_(value);
        }
      });
    },
    async use(model, body) {
      if (weights === undefined)
        throw new Error("averagedWeights: there is no average yet: use it after a run has begun");
      const own = replaced(undefined, model.stateDict());
      model.loadStateDict(weights);
      try {
        return await body();
      } finally {
        model.loadStateDict(own);
        replaced(own, {});
      }
    },
    stateDict: () => ({ steps, weights: weights ?? null }),
    loadStateDict(state) {
      steps = state.steps;
      weights = state.weights === null ? undefined : replaced(weights, state.weights);
    },
  };
}
