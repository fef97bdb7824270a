import { defaultGenerator, Generator, randperm, scope } from "@dl/tensor";
import { type Collated, collate as defaultCollate } from "./collate.ts";
import type { Dataset } from "./dataset.ts";

/** Milliseconds after which `for await` lets other work run. */
const LONGEST_TURN = 10;

export interface DataLoaderOptions<T, B> {
  /** Samples in a batch. Default 1. */
  batchSize?: number;
  /** A new random order in every epoch. Default false. */
  shuffle?: boolean;
  /** Where the orders come from. Default the default generator. */
  generator?: Generator;
  /** Leaves out a last batch that is not full. Default false. */
  dropLast?: boolean;
  /** Makes a batch of samples. Default {@link collate}, or the data set's own `batch`. */
  collate?: (samples: Awaited<T>[]) => B;
}

/**
 * Batches of a data set: `for (const batch of loader)`, or `for await`, which lets other work run between batches and
 * waits for samples that are promises. Every loop is an epoch.
 *
 * With the same seed the orders are those of `torch.utils.data.DataLoader`, epoch after epoch.
 * Errors: a `batchSize` that is not a whole number from 1 on.
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
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly generator: Generator | undefined;
  readonly dropLast: boolean;
  readonly #collate: ((samples: Awaited<T>[]) => B) | undefined;

  constructor(
    dataset: Dataset<T>,
    { batchSize = 1, shuffle = false, generator, dropLast = false, collate }: DataLoaderOptions<T, B> = {},
  ) {
    if (!Number.isInteger(batchSize) || batchSize < 1)
      throw new RangeError(`DataLoader: batchSize must be a whole number from 1 on, got ${batchSize}`);
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    this.generator = generator;
    this.dropLast = dropLast;
    this.#collate = collate;
  }

  /** Number of batches. */
  get length(): number {
    const batches = this.dataset.length / this.batchSize;
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }

  *[Symbol.iterator](): Steps<B> {
    for (const indices of this.#epoch()) {
      const whole = this.#whole(indices);
      if (whole !== undefined) yield whole.batch;
      else yield this.#together(Array.from(indices, (index) => settled(this.dataset.get(index))));
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<B, void, undefined> {
    let turn = performance.now();
    for (const indices of this.#epoch()) {
      if (performance.now() - turn > LONGEST_TURN) {
        await new Promise((resolve) => setTimeout(resolve));
        turn = performance.now();
      }
      const whole = this.#whole(indices);
      if (whole !== undefined) yield whole.batch;
      else yield this.#together(await Promise.all(Array.from(indices, (index) => this.dataset.get(index))));
    }
  }

  /** The batch that the data set itself makes, where it can and no other way is asked for. */
  #whole(indices: Int32Array): { batch: B } | undefined {
    if (this.#collate !== undefined || this.dataset.batch === undefined) return undefined;
    return { batch: this.dataset.batch(indices) as B };
  }

  #together(samples: Awaited<T>[]): B {
    return this.#collate === undefined ? (defaultCollate(samples) as B) : this.#collate(samples);
  }

  /** The indices of each batch. Draws exactly what PyTorch draws, so that later epochs agree too. */
  *#epoch(): Steps<Int32Array> {
    const { length } = this.dataset;
    const shared = this.generator ?? defaultGenerator();
    random64(shared);
    const own = this.shuffle && this.generator === undefined ? new Generator(random64(shared)) : shared;
    const permutation = (): Int32Array =>
      scope(() => Int32Array.from(randperm(length, { generator: own, device: "cpu" }).toArray()));
    const order = this.shuffle ? permutation() : Int32Array.from({ length }, (_, i) => i);
    for (let i = 0; i < this.length; i++) yield order.subarray(i * this.batchSize, (i + 1) * this.batchSize);
    if (this.shuffle) permutation();
  }
}

type Steps<T> = globalThis.Generator<T, void, undefined>;

/** The low half of the 64 random bits that PyTorch seeds with. */
function random64(generator: Generator): number {
  generator.random();
  return generator.random();
}

function settled<T>(sample: T): Awaited<T> {
  if (!(sample instanceof Promise)) return sample as Awaited<T>;
  throw new TypeError("DataLoader: the data set gives promises: use for await (const batch of loader)");
}
