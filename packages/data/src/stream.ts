import { type Collated, collate as defaultCollate } from "./collate.ts";
import { checkCount } from "./count.ts";

export interface BatchedOptions<T, B> {
  /** Samples in a batch. */
  readonly batchSize: number;
  /** Leaves out a last batch that is not full. Default false. */
  readonly dropLast?: boolean;
  /** Makes a batch of samples. Default {@link collate}. */
  readonly collate?: (samples: T[]) => B;
}

/**
 * Batches of samples that come one after the other and have no numbers: of a generator, a socket, a readable stream. The
 * stream is told to stop when the loop is left.
 *
 * Errors: a `batchSize` that is not a whole number from 1 on, at once.
 *
 * @example
 * const batches = [];
 * for await (const batch of batched([1, 2, 3], { batchSize: 2 })) batches.push(batch.tolist());
 * batches; // => [[1, 2], [3]]
 */
export function batched<T, B = Collated<T>>(
  stream: AsyncIterable<T> | Iterable<T>,
  { batchSize, dropLast = false, collate }: BatchedOptions<T, B>,
): AsyncGenerator<B, void, undefined> {
  checkCount("batched", "batchSize", batchSize);
  const together = collate ?? ((samples: T[]) => defaultCollate(samples) as B);
  return batches(stream, batchSize, dropLast, together);
}

async function* batches<T, B>(
  stream: AsyncIterable<T> | Iterable<T>,
  batchSize: number,
  dropLast: boolean,
  together: (samples: T[]) => B,
): AsyncGenerator<B, void, undefined> {
  let samples: T[] = [];
  for await (const sample of stream) {
    samples.push(sample);
    if (samples.length < batchSize) continue;
    yield together(samples);
    samples = [];
  }
  if (samples.length > 0 && !dropLast) yield together(samples);
}
