import { defaultGenerator, type Generator } from "@dl/tensor";
import { type Collated, collate as defaultCollate } from "./collate.ts";
import { checkCount } from "./count.ts";
import type { Dataset } from "./dataset.ts";
import type { ModuleDataset } from "./dataset-from.ts";
import {
  type BatchSampler,
  batchSampler as batchesOf,
  drawSeed,
  randomSampler,
  type Sampler,
  sequentialSampler,
} from "./samplers.ts";
import { samplesOf } from "./samples.ts";
import { WorkerPool } from "./worker-pool.ts";

/** Milliseconds after which `for await` lets other work run. */
const LONGEST_TURN = 10;

export interface DataLoaderOptions<T, B> {
  /** Samples in a batch. Default 1. */
  batchSize?: number;
  /** A new random order in every epoch. Default false. */
  shuffle?: boolean;
  /** Which samples an epoch takes, instead of `shuffle`. */
  sampler?: Sampler;
  /** Which samples go together, instead of `batchSize`, `shuffle`, `sampler` and `dropLast`. */
  batchSampler?: BatchSampler;
  /** Where the orders, and the generators of the samples, come from. Default the default generator. */
  generator?: Generator;
  /** Leaves out a last batch that is not full. Default false. */
  dropLast?: boolean;
  /** Makes a batch of samples. Default {@link collate}, or the data set's own `batch`. */
  collate?: (samples: Awaited<T>[]) => B;
  /** Threads that make samples ahead, for data sets of {@link datasetFrom}, in Node. Default 0: none. */
  workers?: number;
}

/**
 * Batches of a data set: `for (const batch of loader)`, or `for await`, which lets other work run between batches and
 * waits for samples that are promises. Every loop is an epoch.
 *
 * - With the same seed the orders are those of `torch.utils.data.DataLoader`, epoch after epoch.
 * - `get(i, generator)` of the data set receives a generator seeded by the epoch and i, so that random samples are the same
 *   with any number of workers. Workers need `for await`; they start with the first epoch and stay for the next.
 *
 * Errors: a `batchSize` that is not a whole number from 1 on; options that exclude each other; in workers, an error that
 * names the sample.
 * Source: https://pytorch.org/docs/stable/data.html
 *
 * @example
 * const data = new TensorDataset(tensor([10, 11, 12, 13, 14]), tensor([0, 1, 0, 1, 0]));
 * const loader = new DataLoader(data, { batchSize: 2 });
 * loader.length; // => 3
 * Array.from(loader, ([x, y]) => [x.tolist(), y.tolist()]); // => [[[10, 11], [0, 1]], [[12, 13], [0, 1]], [[14], [0]]]
 */
export class DataLoader<T, B = Collated<T>> implements Iterable<B>, AsyncIterable<B> {
  readonly dataset: Dataset<T>;
  readonly batches: BatchSampler;
  readonly generator: Generator | undefined;
  readonly workers: number;
  readonly #collate: ((samples: Awaited<T>[]) => B) | undefined;
  #pool: WorkerPool | undefined;

  constructor(dataset: Dataset<T>, options: DataLoaderOptions<T, B> = {}) {
    const { generator, collate, workers = 0 } = options;
    this.batches = batchesFor(dataset, options);
    checkCount("DataLoader", "workers", workers, 0);
    if (workers > 0 && !isFromModule(dataset))
      throw new TypeError("DataLoader: workers must import the data set: pass await datasetFrom(url)");
    this.dataset = dataset;
    this.generator = generator;
    this.workers = workers;
    this.#collate = collate;
  }

  /** Number of batches. */
  get length(): number {
    return this.batches.length;
  }

  *[Symbol.iterator](): globalThis.Generator<B, void, undefined> {
    if (this.workers > 0) throw new TypeError("DataLoader: with workers use for await (const batch of loader)");
    const epoch = this.#seed();
    for (const indices of this.batches) {
      const whole = this.#whole(indices);
      if (whole !== undefined) yield whole.batch;
      else yield this.#together(samplesOf(this.dataset, indices, epoch).map(settled));
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<B, void, undefined> {
    const epoch = this.#seed();
    if (this.workers > 0) return yield* this.#parallel(epoch);
    let turn = performance.now();
    for (const indices of this.batches) {
      if (performance.now() - turn > LONGEST_TURN) {
        await new Promise((resolve) => setTimeout(resolve));
        turn = performance.now();
      }
      const whole = this.#whole(indices);
      if (whole !== undefined) yield whole.batch;
      else yield this.#together(await Promise.all(samplesOf(this.dataset, indices, epoch)));
    }
  }

  /** Ends the workers, where there are any. Without it they end with the program. */
  async close(): Promise<void> {
    await this.#pool?.close();
    this.#pool = undefined;
  }

  async *#parallel(epoch: number): AsyncGenerator<B, void, undefined> {
    const { dataset } = this;
    if (!isFromModule(dataset)) return;
    this.#pool ??= new WorkerPool(dataset.source, this.workers);
    const collate = this.#collate;
    for await (const made of this.#pool.run(this.batches, epoch, collate === undefined))
      yield collate === undefined ? (made as B) : collate(made as Awaited<T>[]);
  }

  /** The batch that the data set itself makes, where it can and no other way is asked for. */
  #whole(indices: ArrayLike<number>): { batch: B } | undefined {
    if (this.#collate !== undefined || this.dataset.batch === undefined) return undefined;
    return { batch: this.dataset.batch(indices instanceof Int32Array ? indices : new Int32Array(indices)) as B };
  }

  #together(samples: Awaited<T>[]): B {
    return this.#collate === undefined ? (defaultCollate(samples) as B) : this.#collate(samples);
  }

  /** The seed of an epoch. PyTorch draws it before the order, so that later epochs agree too. */
  #seed(): number {
    return drawSeed(this.generator ?? defaultGenerator());
  }
}

function batchesFor<T, B>(dataset: Dataset<T>, options: DataLoaderOptions<T, B>): BatchSampler {
  const { batchSize = 1, shuffle = false, sampler, batchSampler, generator, dropLast = false } = options;
  checkCount("DataLoader", "batchSize", batchSize);
  if (batchSampler !== undefined) {
    const other = (["batchSize", "shuffle", "sampler", "dropLast"] as const).find(
      (name) => options[name] !== undefined,
    );
    if (other !== undefined) throw new TypeError(`DataLoader: batchSampler and ${other} exclude each other`);
    return batchSampler;
  }
  if (sampler !== undefined && shuffle) throw new TypeError("DataLoader: sampler and shuffle exclude each other");
  const { length } = dataset;
  const own = sampler ?? (shuffle ? randomSampler(length, { generator }) : sequentialSampler(length));
  return batchesOf(own, { batchSize, dropLast });
}

function isFromModule<T>(dataset: Dataset<T>): dataset is ModuleDataset<T> {
  return (
    "source" in dataset && typeof dataset.source === "object" && dataset.source !== null && "url" in dataset.source
  );
}

function settled<T>(sample: T): Awaited<T> {
  if (!(sample instanceof Promise)) return sample as Awaited<T>;
  throw new TypeError("DataLoader: the data set gives promises: use for await (const batch of loader)");
}
