import { narrow, type Tensor } from "@dl/tensor";
import { checkCount } from "./count.ts";
import { checkIndex, type Dataset } from "./dataset.ts";

export interface SequenceOptions {
  /** Steps of an input. */
  readonly length: number;
  /** From the start of one window to that of the next. Default `length`, so that windows do not overlap. */
  readonly stride?: number;
  /** How far the target lies ahead of the input. Default 1: the next step. */
  readonly shift?: number;
}

/**
 * Windows of a long sequence with what follows: sample i is `[x[at : at + length], x[at + shift : at + shift + length]]`
 * with at = i · stride.
 *
 * - sequence: `[steps, ...]`; both parts of a sample: `[length, ...]`, views of it
 *
 * Errors: a sequence shorter than `length + shift`.
 *
 * @example
 * const data = new SequenceDataset(arange(6), { length: 3, stride: 2 });
 * data.length; // => 2
 * data.get(1).map((x) => x.tolist()); // => [[2, 3, 4], [3, 4, 5]]
 */
export class SequenceDataset implements Dataset<[Tensor, Tensor]> {
  readonly sequence: Tensor;
  readonly window: number;
  readonly stride: number;
  readonly shift: number;
  readonly length: number;

  constructor(sequence: Tensor, { length, stride = length, shift = 1 }: SequenceOptions) {
    checkCount("SequenceDataset", "length", length);
    checkCount("SequenceDataset", "stride", stride);
    checkCount("SequenceDataset", "shift", shift, 0);
    const steps = sequence.shape[0] ?? 0;
    if (steps < length + shift) {
      throw new RangeError(
        `SequenceDataset: a window needs ${length + shift} steps (length ${length}, shift ${shift}), got ${steps}`,
      );
    }
    this.sequence = sequence;
    this.window = length;
    this.stride = stride;
    this.shift = shift;
    this.length = Math.floor((steps - length - shift) / stride) + 1;
  }

  get(index: number): [Tensor, Tensor] {
    checkIndex("SequenceDataset", index, this.length);
    const at = index * this.stride;
    return [narrow(this.sequence, 0, at, this.window), narrow(this.sequence, 0, at + this.shift, this.window)];
  }
}
