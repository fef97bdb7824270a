import { defaultGenerator, Generator, multinomial, randperm, scope, tensor } from "@dl/tensor";
import { checkCount } from "./count.ts";

/** Which samples an epoch takes, in which order. Every loop over it is a new epoch. */
export interface Sampler extends Iterable<number> {
  readonly length: number;
}

/** Which samples go together. Every loop over it is a new epoch. */
export interface BatchSampler extends Iterable<ArrayLike<number>> {
  readonly length: number;
}

/**
 * The samples in order.
 *
 * @example
 * Array.from(sequentialSampler(3)); // => [0, 1, 2]
 */
export function sequentialSampler(length: number): Sampler {
  return samplerOf(length, () => Array.from({ length }, (_, i) => i));
}

export interface RandomSamplerOptions {
  /** May a sample come twice in an epoch? Default false. */
  readonly replacement?: boolean;
  /** Samples of an epoch. Default all; more than that go through the data in several orders. */
  readonly samples?: number;
  /** Default one of its own in every epoch, seeded by the default generator. */
  readonly generator?: Generator | undefined;
}

/**
 * The samples in random order, the one of `torch.utils.data.RandomSampler` with the same seed.
 *
 * @example
 * Array.from(randomSampler(5, { generator: new Generator(0) })).sort(); // => [0, 1, 2, 3, 4]
 */
export function randomSampler(
  length: number,
  { replacement = false, samples = length, generator }: RandomSamplerOptions = {},
): Sampler {
  checkCount("randomSampler", "samples", samples);
  checkCount("randomSampler", "length", length);
  return samplerOf(samples, function* () {
    const own = generator ?? new Generator(drawSeed(defaultGenerator()));
    if (replacement) {
      for (let i = 0; i < samples; i++) yield own.random() % length;
      return;
    }
    for (let from = 0; from <= samples; from += length) {
      const order = permutation(length, own); // the last one is drawn for nothing where no samples are left, as in PyTorch
      for (let i = 0; i < Math.min(length, samples - from); i++) yield order[i] as number;
    }
  });
}

/**
 * Some samples in random order, as `torch.utils.data.SubsetRandomSampler`.
 *
 * @example
 * Array.from(subsetRandomSampler([4, 7])).sort(); // => [4, 7]
 */
export function subsetRandomSampler(
  indices: readonly number[],
  { generator }: { readonly generator?: Generator | undefined } = {},
): Sampler {
  return samplerOf(indices.length, () =>
    Array.from(permutation(indices.length, generator ?? defaultGenerator()), (i) => indices[i] as number),
  );
}

export interface WeightedSamplerOptions {
  /** Samples of an epoch. Default as many as there are weights. */
  readonly samples?: number;
  /** May a sample come twice in an epoch? Default true. */
  readonly replacement?: boolean;
  readonly generator?: Generator | undefined;
}

/**
 * Samples drawn with weights that need not add up to 1, as `torch.utils.data.WeightedRandomSampler` with the same seed.
 *
 * Errors: weights that are negative or all 0; without replacement more samples than weights.
 *
 * @example
 * Array.from(weightedSampler([0, 1, 0], { samples: 4 })); // => [1, 1, 1, 1]
 */
export function weightedSampler(
  weights: readonly number[],
  { samples = weights.length, replacement = true, generator }: WeightedSamplerOptions = {},
): Sampler {
  checkCount("weightedSampler", "samples", samples);
  return samplerOf(samples, () =>
    scope(() => {
      const p = tensor(weights, { dtype: "float64", device: "cpu" });
      return multinomial(p, samples, { replacement, generator }).toArray();
    }),
  );
}

/**
 * The samples of a sampler in groups of `batchSize`, the last smaller or left out.
 *
 * @example
 * Array.from(batchSampler(sequentialSampler(5), { batchSize: 2 }), (each) => each.join()); // => ["0,1", "2,3", "4"]
 */
export function batchSampler(
  sampler: Sampler,
  { batchSize, dropLast = false }: { readonly batchSize: number; readonly dropLast?: boolean },
): BatchSampler & Iterable<Int32Array> {
  checkCount("batchSampler", "batchSize", batchSize);
  return {
    get length() {
      return dropLast ? Math.floor(sampler.length / batchSize) : Math.ceil(sampler.length / batchSize);
    },
    *[Symbol.iterator]() {
      let batch = new Int32Array(batchSize);
      let filled = 0;
      for (const index of sampler) {
        batch[filled++] = index;
        if (filled < batchSize) continue;
        yield batch;
        batch = new Int32Array(batchSize);
        filled = 0;
      }
      if (filled > 0 && !dropLast) yield batch.subarray(0, filled);
    },
  };
}

/** A seed: the low half of the 64 random bits that PyTorch draws for one. */
export function drawSeed(generator: Generator): number {
  generator.random();
  return generator.random();
}

function permutation(n: number, generator: Generator): Int32Array {
  return scope(() => Int32Array.from(randperm(n, { generator, device: "cpu" }).toArray()));
}

function samplerOf(length: number, epoch: () => Iterable<number>): Sampler {
  return { length, [Symbol.iterator]: () => epoch()[Symbol.iterator]() };
}
