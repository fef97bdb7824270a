import {
  cat,
  indexSelect,
  isPackedSequence,
  operandsText,
  type PackedSequence,
  select,
  shapeText,
  split,
  squeeze,
  stack,
  type Tensor,
  tensor,
  transpose,
  unbind,
  unsqueeze,
} from "@dl/tensor";

/** Sequences as recurrent layers take them: one tensor, or packed because their lengths differ. */
export type Sequences = Tensor | PackedSequence;

/** What comes back for it. */
export type SameSequences<X extends Sequences> = X extends Tensor ? Tensor : PackedSequence;

/** Sequences as layers work on them, and how outputs and states get the form of what was given. */
export interface Reading {
  /** `[length, n, in]`; undefined where the lengths differ. */
  readonly whole: Tensor | undefined;
  /** `[n, in]` for each step; n never grows. */
  steps(): readonly Tensor[];
  /** Number of sequences. */
  readonly count: number;
  /** What a state has between its first and its last dimension: `[n]`, or `[]` where x has no batch. */
  readonly batch: readonly number[];
  /** From the outputs of each step. */
  fromSteps(outputs: readonly Tensor[]): Sequences;
  /** From the outputs `[length, n, out]`. */
  fromWhole(output: Tensor): Sequences;
  /** The final states `[n, size]` of every layer and direction, as one tensor. */
  states(each: readonly Tensor[]): Tensor;
  /** The state `[n, size]` at `index` of a given initial state. */
  stateAt(state: Tensor, index: number): Tensor;
}

/** How to read `x`, after checking that it fits a layer that takes `inputSize` numbers. */
export function readingOf(x: Sequences, inputSize: number, batchFirst: boolean): Reading {
  if (isPackedSequence(x)) return packedReading(x, inputSize);
  if (x.ndim !== 2 && x.ndim !== 3) {
    const shape = batchFirst ? "[batch, length, features]" : "[length, batch, features]";
    throw new RangeError(`recurrent: x must be ${shape} or [length, features] ${operandsText({ x })}`);
  }
  checkFeatures(x, inputSize);
  const turned = x.ndim === 3 && batchFirst ? transpose(x, 0, 1) : x;
  if (turned.shape[0] === 0)
    throw new RangeError(`recurrent: needs at least one step, got none ${operandsText({ x })}`);
  if (x.ndim === 2) return singleReading(x);
  return wholeReading(turned, (output) => (batchFirst ? transpose(output, 0, 1) : output));
}

function wholeReading(whole: Tensor, fromWhole: (output: Tensor) => Tensor): Reading {
  const count = whole.shape[1] as number;
  return {
    whole,
    steps: () => unbind(whole),
    count,
    batch: [count],
    fromSteps: (outputs) => fromWhole(stack(outputs)),
    fromWhole,
    states: (each) => stack(each),
    stateAt: (state, index) => select(state, 0, index),
  };
}

/** One sequence without a batch. */
function singleReading(x: Tensor): Reading {
  return {
    ...wholeReading(unsqueeze(x, 1), (output) => squeeze(output, 1)),
    batch: [],
    states: (each) => cat(each),
    stateAt: (state, index) => unsqueeze(select(state, 0, index), 0),
  };
}

function packedReading(packed: PackedSequence, inputSize: number): Reading {
  const { data, batchSizes, sortedIndices, unsortedIndices } = packed;
  if (data.ndim !== 2)
    throw new RangeError(`recurrent: packed data must be [elements, features] (data ${shapeText(data.shape)})`);
  checkFeatures(data, inputSize);
  const count = batchSizes[0] ?? 0;
  const ordered = (state: Tensor, dim: number, order: readonly number[] | undefined): Tensor =>
    order === undefined ? state : indexSelect(state, dim, tensor([...order], { dtype: "int32", device: state.device }));
  const fromData = (output: Tensor): PackedSequence => ({ ...packed, data: output });
  return {
    whole: undefined,
    steps: () => split(data, batchSizes),
    count,
    batch: [count],
    fromSteps: (outputs) => fromData(cat(outputs)),
    fromWhole: fromData,
    states: (each) => ordered(stack(each), 1, unsortedIndices),
    stateAt: (state, index) => ordered(select(state, 0, index), 0, sortedIndices),
  };
}

function checkFeatures(x: Tensor, inputSize: number): void {
  if (x.shape.at(-1) === inputSize) return;
  throw new RangeError(
    `recurrent: needs ${inputSize} numbers in the last dimension, got ${x.shape.at(-1)} ${operandsText({ x })}`,
  );
}
