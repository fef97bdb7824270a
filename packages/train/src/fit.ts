import type { AnyModule } from "@dl/layers";
import type { LRScheduler, Optimizer } from "@dl/optim";
import { Generator, keep, scope, type Tensor } from "@dl/tensor";
import type { Callback, Record } from "./callback.ts";
import { checkCount } from "./count.ts";
import { generatorsOf } from "./generators.ts";
import { Run } from "./run.ts";

export interface FitOptions<Model, Batch> {
  /** The loss of a batch: one number that can be differentiated. */
  loss(model: Model, batch: Batch): Tensor;
  optimizer: Optimizer;
  /** Passes over the data. Default 1, or as many as `steps` need. */
  epochs?: number;
  /** Steps of the optimizer after which the run ends. Default no limit. */
  steps?: number;
  scheduler?: LRScheduler;
  /** When the scheduler goes on. Default "step". */
  schedule?: "step" | "epoch";
  /** Batches whose mean gradient makes one step. Default 1. */
  accumulate?: number;
  /** Measures the model, set to evaluation mode, for the history: held-out loss, accuracy … */
  validate?(model: Model): Measured | Promise<Measured>;
  /** Steps between two validations. Default the end of each epoch. */
  every?: number;
  callbacks?: readonly Callback[];
  /**
   * Generators that a checkpoint must hold beside the default one, the loader's and those of the model's layers: what
   * the loss, a sampler or a transform of the data draws from.
   */
  generators?: readonly Generator[];
}

/** Figures by name. */
export type Measured = Readonly<globalThis.Record<string, number>>;

/** How a run went. */
export interface FitResult {
  /** A line for each validation (without `validate` for each epoch): epoch, step, mean training loss, what was measured. */
  readonly history: readonly Record[];
  readonly steps: number;
  /** Why a callback ended the run before its time; absent for one that ran to its end. */
  readonly stopped?: string;
}

/**
 * Trains a model: for each batch the loss, its gradients, a step of the optimizer.
 *
 * - batches: a `DataLoader`, or anything that can be looped over once for each epoch, `for await` included
 *
 * The model is in training mode, in evaluation mode while `validate` measures, and in training mode afterwards. With
 * `accumulate`, the batches left over at the end of an epoch make a step too. Temporary tensors of a step are given back
 * at once. Everything else is a {@link Callback}.
 * Errors: `epochs`, `steps`, `accumulate` or `every` that are no whole numbers from 1 on; batches that give nothing.
 *
 * @example
 * const x = tensor([[0], [1], [2], [3]]);
 * const model = new Linear(1, 1);
 * const { history } = await fit(model, [[x, x.mul(2)]], {
 *   loss: (model, [x, y]) => mseLoss(model.forward(x), y),
 *   optimizer: new SGD(model.parameters(), { lr: 0.1 }),
 *   epochs: 200,
 * });
 * history.at(-1).loss < 1e-3; // => true
 */
export async function fit<Model extends AnyModule, Batch>(
  model: Model,
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  options: FitOptions<Model, Batch>,
): Promise<FitResult> {
  const { loss, optimizer, scheduler, schedule = "step", accumulate = 1, validate, every, callbacks = [] } = options;
  const { steps = Infinity, epochs = options.steps === undefined ? 1 : Infinity } = options;
  checkCounts({ epochs, steps, accumulate, every: every ?? 1 });
  const length = lengthOf(batches);
  const generators = generatorsOf(model, [...sourceOf(batches), ...(options.generators ?? [])]);
  const run = new Run({ model, optimizer, scheduler, batches: length, accumulate, epochs, steps, generators });

  const tell = async (place: Place): Promise<void> => {
    for (const callback of callbacks) await callback[place]?.(run);
  };

  const record = async (): Promise<void> => {
    model.eval();
    const measured = (await validate?.(model)) ?? {};
    model.train();
    const line = run.record(measured);
    for (const callback of callbacks) await callback.afterValidation?.(run, line);
  };

  /** Whether there are gradients that no step has used. */
  let pending = false;

  const learn = async (batch: Batch): Promise<void> => {
    pending = true;
    if (run.batch % accumulate === 0) optimizer.zeroGrad();
    const value = scope(() => {
      const value = loss(model, batch);
      (accumulate === 1 ? value : value.div(accumulate)).backward();
      return keep(value.detach());
    });
    run.seen(await value.itemAsync());
    value.dispose();
  };

  const update = async (): Promise<void> => {
    pending = false;
    await tell("afterBackward");
    scope(() => optimizer.step());
    run.step++;
    if (schedule === "step") scheduler?.step();
    await tell("afterStep");
    if (every !== undefined && run.step % every === 0) await record();
    await tell("atRest");
  };

  const epoch = async (): Promise<void> => {
    let skip = run.beginEpoch();
    for await (const batch of batches) {
      if (skip > 0) {
        skip--;
        continue;
      }
      run.passed();
      await learn(batch);
      if (run.batch % accumulate === 0) await update();
      if (run.over && run.batch !== length) return;
    }
    run.passed();
    if (run.batch === 0)
      throw new RangeError("fit: the batches gave nothing: an empty data set, or one that was used up");
    if (pending) await update();
    run.endEpoch();
    if (every === undefined) await record();
    if (schedule === "epoch") scheduler?.step();
    await tell("afterEpoch");
    await tell("atRest");
  };

  model.train();
  try {
    await tell("onStart");
    while (run.going) await epoch();
    if (run.unrecorded) await record();
  } finally {
    await tell("onEnd");
  }
  const { history, step, stopped } = run;
  return { history, steps: step, ...(stopped === undefined ? {} : { stopped }) };
}

function checkCounts(counts: Readonly<globalThis.Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) if (count !== Infinity) checkCount("fit", name, count);
}

/** Where callbacks are told of the run alone. */
type Place = "onStart" | "afterBackward" | "afterStep" | "afterEpoch" | "atRest" | "onEnd";

/** The number of batches in an epoch, where it can be known. */
const lengthOf = (batches: object): number | undefined =>
  "length" in batches && typeof batches.length === "number" ? batches.length : undefined;

/** What a loader draws from. */
const sourceOf = (batches: object): Generator[] =>
  "generator" in batches && batches.generator instanceof Generator ? [batches.generator] : [];
