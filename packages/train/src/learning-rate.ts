import { encodeCheckpoint, loadCheckpoint } from "@dl/io";
import type { AnyModule } from "@dl/layers";
import type { Callback } from "./callback.ts";
import { checkCount } from "./count.ts";
import { type FitOptions, fit } from "./fit.ts";

export interface LearningRateOptions<Model, Batch> extends Pick<FitOptions<Model, Batch>, "loss" | "optimizer"> {
  /** The first rate. Default 1e-7. */
  from?: number;
  /** The last rate. Default 10. */
  to?: number;
  /** Steps from one to the other. Default 100. */
  steps?: number;
  /** The search ends when the smoothed loss is this many times its least. Default 4. */
  divergence?: number;
}

/** What {@link findLearningRate} saw. */
export interface LearningRates {
  /** Each step's rate, the loss of its batch, and the loss smoothed over the steps before. */
  readonly curve: readonly { readonly lr: number; readonly loss: number; readonly smooth: number }[];
  /** The rate at which the smoothed loss falls fastest. */
  readonly suggested: number;
  /** The rate at which the loss had become too large; absent where it never did. */
  readonly diverged?: number;
}

/**
 * The learning-rate range test: trains with a rate that grows from step to step, by a constant factor, and watches the
 * loss. Small rates change nothing, good ones make it fall, too large ones let it grow.
 *
 * Weights, buffers, optimizer and rates are afterwards as before, bit for bit; gradients are gone, the generators have
 * gone on, and the model is in training mode.
 * Errors: rates that are not above 0 and growing; fewer than 3 steps.
 * Source: Smith, 2017, https://arxiv.org/abs/1506.01186
 *
 * @example
 * const x = linspace(-1, 1, 32).unsqueeze(1);
 * const model = new Linear(1, 1);
 * const { suggested, diverged } = await findLearningRate(model, [[x, x.mul(3)]], {
 *   loss: (model, [x, y]) => mseLoss(model.forward(x), y),
 *   optimizer: new SGD(model.parameters(), { lr: 0.1 }),
 *   from: 1e-4,
 *   to: 100,
 * });
 * suggested > 1e-3 && suggested < diverged; // => true
 */
export async function findLearningRate<Model extends AnyModule, Batch>(
  model: Model,
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  { loss, optimizer, from = 1e-7, to = 10, steps = 100, divergence = 4 }: LearningRateOptions<Model, Batch>,
): Promise<LearningRates> {
  if (!(from > 0 && to > from))
    throw new RangeError(`findLearningRate: rates must grow from above 0, got from ${from} to ${to}`);
  checkCount("findLearningRate", "steps", steps, 3);
  const before = await encodeCheckpoint({ model, optimizer });
  const curve: { lr: number; loss: number; smooth: number }[] = [];
  const smoother = new Smoother();
  let diverged: number | undefined;
  const rateAt = (step: number): number => from * (to / from) ** (step / (steps - 1));
  const search: Callback = {
    afterBackward({ step }) {
      for (const group of optimizer.paramGroups) group.lr = rateAt(step);
    },
    afterStep(run) {
      const lr = rateAt(run.step - 1);
      const smooth = smoother.next(run.loss);
      curve.push({ lr, loss: run.loss, smooth });
      if (Number.isFinite(smooth) && smooth <= divergence * smoother.least) return;
      diverged = lr;
      run.stop("diverged");
    },
  };
  try {
    await fit(model, batches, { loss, optimizer, steps, callbacks: [search] });
  } finally {
    await loadCheckpoint(before, { model, optimizer });
    optimizer.zeroGrad();
  }
  return { curve, suggested: steepest(curve), ...(diverged === undefined ? {} : { diverged }) };
}

/** A running mean that forgets, corrected for its start. */
class Smoother {
  least = Infinity;
  #mean = 0;
  #weight = 0;

  next(value: number): number {
    this.#mean = 0.9 * this.#mean + 0.1 * value;
    this.#weight = 0.9 * this.#weight + 0.1;
    const smooth = this.#mean / this.#weight;
    this.least = Math.min(this.least, smooth);
    return smooth;
  }
}

/** The rate in the middle of the steepest fall. */
function steepest(curve: LearningRates["curve"]): number {
  const falls = curve.map((_, i) => (curve[i - 1]?.smooth ?? Number.NaN) - (curve[i + 1]?.smooth ?? Number.NaN));
  const steepest = falls.reduce((best, fall, i) => (fall > (falls[best] as number) ? i : best), 1);
  return curve[steepest]?.lr ?? Number.NaN;
}
