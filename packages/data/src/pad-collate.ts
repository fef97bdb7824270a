import { padSequence, type Tensor, tensor } from "@dl/tensor";
import { type Collated, collate } from "./collate.ts";

/** Sequences as one batch. */
export interface Padded {
  /** `[n, longest, ...]` */
  readonly padded: Tensor;
  /** `[n]`, int32. */
  readonly lengths: Tensor;
}

/**
 * Sequences of different lengths as one tensor, the shorter ones filled up at the end: `[li, ...]` to `[n, longest, ...]`.
 *
 * @example
 * const { padded, lengths } = padCollate([tensor([1, 2, 3]), tensor([4])]);
 * [padded.tolist(), lengths.tolist()]; // => [[[1, 2, 3], [4, 0, 0]], [3, 1]]
 */
export function padCollate(sequences: readonly Tensor[], { value = 0 }: { readonly value?: number } = {}): Padded {
  if (sequences.length === 0) throw new RangeError("padCollate: needs at least one sequence, got none");
  return {
    padded: padSequence(sequences, { batchFirst: true, paddingValue: value }),
    lengths: tensor(Int32Array.from(sequences, ({ shape }) => shape[0] ?? 0)),
  };
}

/**
 * {@link padCollate} for samples `[sequence, target]`: pass it as `collate` of a `DataLoader`. Sequences that are targets too
 * go through {@link padCollate} themselves.
 *
 * @example
 * const [{ padded }, labels] = padCollatePairs([[tensor([1, 2]), 0], [tensor([3]), 1]]);
 * [padded.tolist(), labels.tolist()]; // => [[[1, 2], [3, 0]], [0, 1]]
 */
export function padCollatePairs<Y>(
  samples: readonly (readonly [Tensor, Y])[],
  options: { readonly value?: number } = {},
): [Padded, Collated<Y>] {
  return [
    padCollate(
      samples.map(([x]) => x),
      options,
    ),
    collate(samples.map(([, y]) => y)),
  ];
}
