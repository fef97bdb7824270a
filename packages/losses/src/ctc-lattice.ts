import type { TypedArray } from "@dl/tensor";

/** One sequence: where its logarithms of probabilities lie, and the labels they should spell. */
export interface Sequence {
  /** Row-major `[frames, batch, classes]` of the whole batch. */
  readonly logs: TypedArray;
  /** Index of the first frame's class 0. */
  readonly first: number;
  /** From one frame to the next. */
  readonly step: number;
  readonly frames: number;
  readonly classes: number;
  /** The labels with a blank before, between and after them. */
  readonly states: Int32Array;
}

/** The labels with a blank before, between and after them. */
export function statesOf(labels: ArrayLike<number>, blank: number): Int32Array {
  const states = new Int32Array(2 * labels.length + 1).fill(blank);
  for (let i = 0; i < labels.length; i++) states[2 * i + 1] = labels[i] as number;
  return states;
}

/** `-log P(labels)`: infinite where the frames cannot spell them. */
export function ctcOf(sequence: Sequence): number {
  return lossOf(sequence, prefixes(sequence));
}

/**
 * Writes the gradient of the loss times `scale` for the sequence's frames into `to`, laid out as `logs`: `e^log - e^posterior`, which
 * takes the logarithms for the result of a log-softmax, as PyTorch does. Not a number where the loss is infinite.
 */
export function writeGradient(sequence: Sequence, to: Float64Array, scale: number): void {
  const { logs, first, step, frames, classes, states } = sequence;
  const count = states.length;
  const alpha = prefixes(sequence);
  const loss = lossOf(sequence, alpha);
  const visits = new Float64Array(classes);
  let suffix = new Float64Array(count).fill(-Infinity);
  let later = new Float64Array(count).fill(-Infinity);
  for (let t = frames - 1; t >= 0; t--) {
    [suffix, later] = [later, suffix];
    const row = first + t * step;
    visits.fill(-Infinity);
    for (let s = 0; s < count; s++) {
      const label = states[s] as number;
      const onward = t === frames - 1 ? (s >= count - 2 ? 0 : -Infinity) : reach(later, 0, states, s, 1);
      const own = onward + (logs[row + label] as number);
      suffix[s] = own;
      visits[label] = logAdd(visits[label] as number, own + (alpha[t * count + s] as number));
    }
    for (let c = 0; c < classes; c++) {
      const log = logs[row + c] as number;
      to[row + c] = (Math.exp(log) - Math.exp((visits[c] as number) + loss - log)) * scale;
    }
  }
}

/** `alpha[t, s]`: the logarithm of the probability of all beginnings that are in state s at frame t. */
function prefixes({ logs, first, step, frames, states }: Sequence): Float64Array {
  const count = states.length;
  const alpha = new Float64Array(frames * count);
  for (let t = 0; t < frames; t++) {
    for (let s = 0; s < count; s++) {
      const before = t === 0 ? (s < 2 ? 0 : -Infinity) : reach(alpha, (t - 1) * count, states, s, -1);
      alpha[t * count + s] = before + (logs[first + t * step + (states[s] as number)] as number);
    }
  }
  return alpha;
}

function lossOf({ frames, states }: Sequence, alpha: Float64Array): number {
  const count = states.length;
  if (frames === 0) return count === 1 ? 0 : Infinity;
  const last = frames * count - 1;
  return -(count === 1 ? (alpha[last] as number) : logAdd(alpha[last] as number, alpha[last - 1] as number));
}

/** What reaches state s from the neighbouring frame: itself, the next one in `direction`, and the one beyond unless it repeats the label. */
function reach(row: Float64Array, from: number, states: Int32Array, s: number, direction: 1 | -1): number {
  const [next, beyond] = [s + direction, s + 2 * direction];
  let total = row[from + s] as number;
  if (next >= 0 && next < states.length) total = logAdd(total, row[from + next] as number);
  if (beyond >= 0 && beyond < states.length && states[beyond] !== states[s])
    total = logAdd(total, row[from + beyond] as number);
  return total;
}

/** `log(e^a + e^b)` */
function logAdd(a: number, b: number): number {
  if (a === -Infinity) return b;
  if (b === -Infinity) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
}
