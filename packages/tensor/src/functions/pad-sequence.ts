import { shapeText } from "../errors.ts";
import { padConstant } from "../ops/shape/pad-constant.ts";
import { narrow, select } from "../ops/view/slice.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { stack } from "./join.ts";

export interface PadSequenceOptions {
  /** `[n, length, ...]` instead of `[length, n, ...]`. Default false. */
  batchFirst?: boolean | undefined;
  /** What stands after the end of a sequence. Default 0. */
  paddingValue?: number | undefined;
}

/**
 * Sequences of several lengths side by side, padded to the longest. n times `[length, ...]` to `[longest, n, ...]`, or
 * `[n, longest, ...]` with `batchFirst`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.utils.rnn.pad_sequence.html
 *
 * @example
 * padSequence([tensor([1, 2]), tensor([3])], { batchFirst: true }).tolist(); // => [[1, 2], [3, 0]]
 */
export function padSequence(
  sequences: readonly Tensor[],
  { batchFirst = false, paddingValue = 0 }: PadSequenceOptions = {},
): Tensor {
  const [first] = sequences;
  if (first === undefined) throw new RangeError("padSequence: needs at least one sequence, got an empty list");
  const odd = sequences.find(
    ({ shape, ndim }) => ndim === 0 || first.ndim === 0 || !sameShape(shape.slice(1), first.shape.slice(1)),
  );
  if (odd !== undefined) {
    throw new RangeError(
      `padSequence: sequences must agree in all sizes but the first (sequence 0 ${shapeText(first.shape)}, another ${shapeText(odd.shape)})`,
    );
  }
  const longest = sequences.reduce((most, { shape }) => Math.max(most, shape[0] as number), 0);
  const padded = sequences.map((x) => {
    const pads = x.shape.map((length, dim): readonly [number, number] => [0, dim === 0 ? longest - length : 0]);
    return x.shape[0] === longest ? x : padConstant(x, pads, paddingValue);
  });
  return stack(padded, { dim: batchFirst ? 0 : 1 });
}

/**
 * Undoes `padSequence`: the first `lengths[i]` elements of each sequence; views.
 *
 * @example
 * unpadSequence(tensor([[1, 2], [3, 0]]), [2, 1], { batchFirst: true }).map((x) => x.tolist()); // => [[1, 2], [3]]
 */
export function unpadSequence(
  padded: Tensor,
  lengths: readonly number[],
  { batchFirst = false }: Pick<PadSequenceOptions, "batchFirst"> = {},
): Tensor[] {
  const count = padded.shape[batchFirst ? 0 : 1];
  if (count !== lengths.length) {
    throw new RangeError(
      `unpadSequence: ${lengths.length} lengths for ${count ?? "no"} sequences (padded ${shapeText(padded.shape)})`,
    );
  }
  return lengths.map((length, i) => narrow(select(padded, batchFirst ? 0 : 1, i), 0, 0, length));
}
