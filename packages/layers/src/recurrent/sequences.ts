import {
  cat,
  indexSelect,
  isPackedSequence,
  operandsText,
  type PackedSequence,
  select,
  shapeText,
  split,
  stack,
  type Tensor,
  tensor,
} from "@dl/tensor";

/** Sequences as recurrent layers take them: one tensor, or packed because their lengths differ. */
export type Sequences = Tensor | PackedSequence;

/** What comes back for it. */
export type SameSequences<X extends Sequences> = X extends Tensor ? Tensor : PackedSequence;

/** Sequences cut into steps, and how outputs and states of that form are put together again. */
export interface Steps {
  /** `[n, in]` each. */
  readonly steps: readonly Tensor[];
  /** Number of sequences. */
  readonly count: number;
  /** Of a state: `[..., n, size]`, or `[..., size]` where x has no batch. */
  readonly batch: readonly number[];
  /** From the outputs of each step. */
  joined(outputs: readonly Tensor[]): Sequences;
  /** The final states `[n, size]` of every layer and direction, as one tensor. */
  states(each: readonly Tensor[]): Tensor;
  /** The state `[n, size]` at `index` of a given initial state. */
  stateAt(state: Tensor, index: number): Tensor;
}

/** Cuts `x` into steps, after checking that it fits a layer that takes `inputSize` numbers. */
export function stepsOf(x: Sequences, inputSize: number, batchFirst: boolean): Steps {
  if (isPackedSequence(x)) return packedSteps(x, inputSize);
  if (x.ndim !== 2 && x.ndim !== 3) {
    const shape = batchFirst ? "[batch, length, features]" : "[length, batch, features]";
    throw new RangeError(`recurrent: x must be ${shape} or [length, features] ${operandsText({ x })}`);
  }
  checkFeatures(x, inputSize);
  const time = x.ndim === 3 && batchFirst ? 1 : 0;
  const length = x.shape[time] as number;
  if (length === 0) throw new RangeError(`recurrent: needs at least one step, got none ${operandsText({ x })}`);
  return x.ndim === 2 ? singleSteps(x) : batchSteps(x, time, length);
}

function batchSteps(x: Tensor, time: number, length: number): Steps {
  const count = x.shape[1 - time] as number;
  return {
    steps: Array.from({ length }, (_, t) => select(x, time, t)),
    count,
    batch: [count],
    joined: (outputs) => stack(outputs, { dim: time }),
    states: (each) => stack(each),
    stateAt: (state, index) => select(state, 0, index),
  };
}

/** One sequence without a batch. */
function singleSteps(x: Tensor): Steps {
  return {
    steps: split(x, 1),
    count: 1,
    batch: [],
    joined: (outputs) => cat(outputs),
    states: (each) => cat(each),
    stateAt: (state, index) => select(state, 0, index).unsqueeze(0),
  };
}

function packedSteps(packed: PackedSequence, inputSize: number): Steps {
  const { data, batchSizes, sortedIndices, unsortedIndices } = packed;
  if (data.ndim !== 2)
    throw new RangeError(`recurrent: packed data must be [elements, features] (data ${shapeText(data.shape)})`);
  checkFeatures(data, inputSize);
  const count = batchSizes[0] ?? 0;
  const ordered = (state: Tensor, dim: number, order: readonly number[] | undefined): Tensor =>
    order === undefined
      ? state
      : indexSelect(state, dim, tensor([...order], { dtype: "int32", device: state.device }));
  return {
    steps: split(data, batchSizes),
    count,
    batch: [count],
    joined: (outputs) => ({ ...packed, data: cat(outputs) }),
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
