import { shapeText } from "../errors.ts";
import { indexCopy, indexSelect } from "../ops/index/index-select.ts";
import { transpose } from "../ops/view/permute.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import type { Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray, full } from "./creation.ts";
import { padSequence, unpadSequence } from "./pad-sequence.ts";

/**
 * Sequences of several lengths without padding, as recurrent layers read them: the first elements of all sequences, then
 * the second ones, and so on, longest sequence first.
 */
export interface PackedSequence {
  /** `[sum of the lengths, ...]` */
  readonly data: Tensor;
  /** How many sequences have an element at each step; never grows. */
  readonly batchSizes: readonly number[];
  /** Which sequence stands at each place; undefined where they came sorted. */
  readonly sortedIndices?: readonly number[] | undefined;
  /** At which place each sequence stands; undefined where they came sorted. */
  readonly unsortedIndices?: readonly number[] | undefined;
}

/** Whether it is packed, and not one padded tensor. */
export const isPackedSequence = (x: Tensor | PackedSequence): x is PackedSequence => "batchSizes" in x;

export interface PackOptions {
  /** `[n, length, ...]` instead of `[length, n, ...]`. Default false. */
  batchFirst?: boolean | undefined;
  /** The lengths must not grow; false sorts the sequences. Default true. */
  enforceSorted?: boolean | undefined;
}

/**
 * Packs padded sequences of the given lengths. Shape `[length, n, ...]`, or `[n, length, ...]` with `batchFirst`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.utils.rnn.pack_padded_sequence.html
 *
 * @example
 * packPaddedSequence(tensor([[1, 2], [3, 0]]), [2, 1], { batchFirst: true }).data.tolist(); // => [1, 3, 2]
 */
export function packPaddedSequence(
  x: Tensor,
  lengths: readonly number[],
  { batchFirst = false, enforceSorted = true }: PackOptions = {},
): PackedSequence {
  checkLengths(x, lengths, batchFirst);
  const sorted = lengths.map((_, i) => i).sort((a, b) => (lengths[b] as number) - (lengths[a] as number));
  const inOrder = sorted.every((from, to) => from === to);
  if (enforceSorted && !inOrder) {
    throw new RangeError(
      `packPaddedSequence: lengths must not grow, got ${shapeText(lengths)}: pass enforceSorted: false`,
    );
  }
  const steps = lengths[sorted[0] as number] as number;
  const batchSizes = Array.from({ length: steps }, (_, step) => lengths.filter((length) => length > step).length);
  const [rows, columns] = x.shape as [number, number];
  const place = (step: number, sequence: number): number =>
    batchFirst ? sequence * columns + step : step * columns + sequence;
  const index = batchSizes.flatMap((count, step) => sorted.slice(0, count).map((sequence) => place(step, sequence)));
  const data = indexSelect(reshape(x, [rows * columns, ...x.shape.slice(2)]), 0, indexTensor(index, x));
  if (enforceSorted) return { data, batchSizes };
  return { data, batchSizes, sortedIndices: sorted, unsortedIndices: inverse(sorted) };
}

export interface UnpackOptions {
  /** `[n, length, ...]` instead of `[length, n, ...]`. Default false. */
  batchFirst?: boolean | undefined;
  /** What stands after the end of a sequence. Default 0. */
  paddingValue?: number | undefined;
  /** Pads to this length instead of that of the longest sequence. */
  totalLength?: number | undefined;
}

/**
 * Undoes `packPaddedSequence`: the sequences in their first order, padded, and their lengths.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.utils.rnn.pad_packed_sequence.html
 *
 * @example
 * const packed = packSequence([tensor([1, 2]), tensor([3])]);
 * padPackedSequence(packed, { batchFirst: true }).padded.tolist(); // => [[1, 2], [3, 0]]
 */
export function padPackedSequence(
  { data, batchSizes, unsortedIndices }: PackedSequence,
  { batchFirst = false, paddingValue = 0, totalLength = batchSizes.length }: UnpackOptions = {},
): { padded: Tensor; lengths: number[] } {
  if (!Number.isInteger(totalLength) || totalLength < batchSizes.length) {
    throw new RangeError(
      `padPackedSequence: totalLength must be at least the longest length ${batchSizes.length}, got ${totalLength}`,
    );
  }
  const count = batchSizes[0] ?? 0;
  const order = unsortedIndices ?? Array.from({ length: count }, (_, i) => i);
  const sequenceAt = inverse(order);
  const index = batchSizes.flatMap((size, step) =>
    Array.from({ length: size }, (_, place) => step * count + (sequenceAt[place] as number)),
  );
  const rest = data.shape.slice(1);
  const empty = full([totalLength * count, ...rest], paddingValue, { dtype: data.dtype, device: data.device });
  const filled = view(indexCopy(empty, 0, indexTensor(index, data), data), [totalLength, count, ...rest]);
  const lengths = order.map((place) => batchSizes.filter((size) => size > place).length);
  return { padded: batchFirst ? transpose(filled, 0, 1) : filled, lengths };
}

/**
 * Packs sequences `[length, ...]` of several lengths.
 *
 * @example
 * packSequence([tensor([1, 2]), tensor([3])]).batchSizes; // => [2, 1]
 */
export const packSequence = (
  sequences: readonly Tensor[],
  { enforceSorted = true }: Pick<PackOptions, "enforceSorted"> = {},
): PackedSequence =>
  packPaddedSequence(
    padSequence(sequences),
    sequences.map(({ shape }) => shape[0] as number),
    { enforceSorted },
  );

/**
 * The sequences of a packed one, `[length, ...]` each, in their first order.
 *
 * @example
 * unpackSequence(packSequence([tensor([1, 2]), tensor([3])])).map((x) => x.tolist()); // => [[1, 2], [3]]
 */
export function unpackSequence(packed: PackedSequence): Tensor[] {
  const { padded, lengths } = padPackedSequence(packed, { batchFirst: true });
  return unpadSequence(padded, lengths, { batchFirst: true });
}

/** Where each item of a permutation went. */
function inverse(order: readonly number[]): number[] {
  const places = new Array<number>(order.length);
  for (const [place, item] of order.entries()) places[item] = place;
  return places;
}

const indexTensor = (index: readonly number[], like: Tensor): Tensor =>
  fromTypedArray(Int32Array.from(index), [index.length], "int32", like.device);

function checkLengths(x: Tensor, lengths: readonly number[], batchFirst: boolean): void {
  const shape: Shape = x.shape;
  const [steps, count] = batchFirst ? [shape[1], shape[0]] : [shape[0], shape[1]];
  if (steps === undefined || count === undefined)
    throw new RangeError(`packPaddedSequence: x needs at least 2 dimensions (x ${shapeText(shape)})`);
  if (lengths.length !== count || count === 0)
    throw new RangeError(
      `packPaddedSequence: ${lengths.length} lengths for ${count} sequences (x ${shapeText(shape)})`,
    );
  const wrong = lengths.find((length) => !Number.isInteger(length) || length < 1 || length > steps);
  if (wrong === undefined) return;
  throw new RangeError(
    `packPaddedSequence: lengths must be whole numbers from 1 to ${steps}, got ${wrong} (x ${shapeText(shape)})`,
  );
}
