import { customGradient } from "@dl/autograd";
import { div, isFloat, operandsText, type Tensor, tensor, view } from "@dl/tensor";
import { checkIndices } from "./class-targets.ts";
import { ctcOf, type Sequence, statesOf, writeGradient } from "./ctc-lattice.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

export interface CTCLossOptions extends LossOptions {
  /** The class that stands for no label. Default 0. */
  blank?: number | undefined;
  /** Count as 0, with gradient 0, what is infinite because the frames are too few for the labels. Default false. */
  zeroInfinity?: boolean | undefined;
}

/** One length per sequence. */
export type Lengths = Tensor | readonly number[];

const who = "ctcLoss";

/**
 * Connectionist temporal classification: `-log P(labels)`, summed over all ways in which the frames can spell the labels,
 * with blanks between them and labels held over several frames. `mean` (the default) divides each loss by the number of
 * its labels first.
 *
 * - logProbs: `[frames, batch, classes]` or `[frames, classes]`, from `logSoftmax`
 * - targets: int32 `[batch, labels]`, or all labels one after the other
 * - inputLengths, targetLengths: how many frames and labels each sequence has, `[batch]` or arrays
 * - result: `[]`, or with reduction `none` `[batch]`, `[]` without a batch
 *
 * The gradient is PyTorch's, which takes logProbs for the result of a log-softmax. There is no second derivative. Runs on
 * the CPU.
 *
 * Graves et al. 2006, https://www.cs.toronto.edu/~graves/icml_2006.pdf
 *
 * @example
 * const logProbs = logSoftmax(zeros([4, 1, 3]), { dim: 2 });
 * const loss = ctcLoss(logProbs, tensor([[1, 2]], { dtype: "int32" }), [4], [2], { reduction: "sum" });
 * loss.item().toFixed(4); // => "1.6864"
 */
export function ctcLoss(
  logProbs: Tensor,
  targets: Tensor,
  inputLengths: Lengths,
  targetLengths: Lengths,
  { blank = 0, zeroInfinity = false, reduction = "mean" }: CTCLossOptions = {},
): Tensor {
  const reduce = reducer(who, reduction);
  const task = taskOf(logProbs, targets, numbersOf(inputLengths), numbersOf(targetLengths), blank, zeroInfinity);
  const losses = ctc([logProbs], task);
  const perLabel =
    reduction === "mean"
      ? div(
          losses,
          tensor(
            Float64Array.from(task.labelCounts, (n) => Math.max(n, 1)),
            { dtype: losses.dtype, device: losses.device },
          ),
        )
      : losses;
  return reduce(logProbs.ndim === 2 ? view(perLabel, []) : perLabel);
}

/** `ctcLoss` with its options. */
export class CTCLoss extends Loss<CTCLossOptions> {
  constructor(options: CTCLossOptions = {}) {
    super("CTCLoss", options);
  }

  override forward(logProbs: Tensor, targets: Tensor, inputLengths: Lengths, targetLengths: Lengths): Tensor {
    return ctcLoss(logProbs, targets, inputLengths, targetLengths, this.options);
  }
}

/** What is to be spelled: by sequence, the frames it has and its states. */
interface Task {
  readonly frames: readonly number[];
  readonly states: readonly Int32Array[];
  readonly labelCounts: readonly number[];
  readonly zeroInfinity: boolean;
}

const ctc = customGradient<Task>({
  name: who,
  forward: ([logProbs], task) => {
    const losses = Float64Array.from(sequencesOf(logProbs as Tensor, task), (sequence) =>
      finite(ctcOf(sequence), task),
    );
    return beside(logProbs as Tensor, losses, [losses.length]);
  },
  backward: (g, { inputs: [logProbs], options }) => [gradientOf(g, logProbs as Tensor, options)],
  once: true,
});

function gradientOf(g: Tensor, x: Tensor, task: Task): Tensor {
  const scales = g.detach().toArray();
  const gradient = new Float64Array(x.size);
  sequencesOf(x, task).forEach((sequence, i) => {
    if (!task.zeroInfinity || ctcOf(sequence) !== Infinity) writeGradient(sequence, gradient, scales[i] as number);
  });
  return beside(x, gradient, x.shape);
}

const finite = (loss: number, { zeroInfinity }: Task): number => (zeroInfinity && loss === Infinity ? 0 : loss);

const beside = ({ dtype, device }: Tensor, values: Float64Array, shape: readonly number[]): Tensor =>
  tensor(values, { shape, dtype, device });

function sequencesOf(logProbs: Tensor, { frames, states }: Task): Sequence[] {
  const logs = logProbs.detach().toArray();
  const classes = logProbs.shape.at(-1) as number;
  const step = classes * frames.length;
  return frames.map((count, i) => ({
    logs,
    first: i * classes,
    step,
    frames: count,
    classes,
    states: states[i] as Int32Array,
  }));
}

const numbersOf = (lengths: Lengths): number[] => {
  if ("toArray" in lengths) return [...lengths.detach().toArray()];
  return [...lengths];
};

function taskOf(
  logProbs: Tensor,
  targets: Tensor,
  frames: number[],
  labelCounts: number[],
  blank: number,
  zeroInfinity: boolean,
): Task {
  const operands = operandsText({ logProbs, targets });
  if (logProbs.ndim !== 2 && logProbs.ndim !== 3)
    throw new RangeError(`${who}: logProbs must be [frames, batch, classes] or [frames, classes] ${operands}`);
  if (!isFloat(logProbs.dtype)) throw new TypeError(`${who}: logProbs must be floating-point, got ${logProbs.dtype}`);
  checkIndices(who, targets);
  const [longest, batch, classes] =
    logProbs.ndim === 3
      ? (logProbs.shape as [number, number, number])
      : [logProbs.shape[0] as number, 1, logProbs.shape[1] as number];
  if (!Number.isInteger(blank) || blank < 0 || blank >= classes)
    throw new RangeError(`${who}: blank ${blank} is out of range for ${classes} classes ${operands}`);
  checkLengths("inputLengths", frames, batch, longest, "frames");
  const rows = labelRows(targets, labelCounts, batch);
  const wrong = rows.flatMap((row) => [...row]).find((label) => label < 0 || label >= classes);
  if (wrong !== undefined)
    throw new RangeError(`${who}: target ${wrong} is out of range for ${classes} classes ${operands}`);
  return { frames, states: rows.map((row) => statesOf(row, blank)), labelCounts, zeroInfinity };
}

function checkLengths(name: string, lengths: readonly number[], batch: number, most: number, unit: string): void {
  if (lengths.length !== batch)
    throw new RangeError(`${who}: ${name} must have one length for each of ${batch} sequences, got ${lengths.length}`);
  const wrong = lengths.find((length) => !Number.isInteger(length) || length < 0 || length > most);
  if (wrong !== undefined)
    throw new RangeError(`${who}: ${name} must lie between 0 and ${most}, the ${unit} there are: got ${wrong}`);
}

/** The labels of each sequence, from rows or from all labels one after the other. */
function labelRows(targets: Tensor, counts: readonly number[], batch: number): Int32Array[] {
  const labels = Int32Array.from(targets.detach().toArray());
  if (targets.ndim === 2) {
    const [rows, width] = targets.shape as [number, number];
    if (rows !== batch)
      throw new RangeError(
        `${who}: targets must have a row for each of ${batch} sequences ${operandsText({ targets })}`,
      );
    checkLengths("targetLengths", counts, batch, width, "labels");
    return counts.map((count, i) => labels.subarray(i * width, i * width + count));
  }
  if (targets.ndim !== 1)
    throw new RangeError(
      `${who}: targets must be [batch, labels], or all labels in a row ${operandsText({ targets })}`,
    );
  checkLengths("targetLengths", counts, batch, labels.length, "labels");
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== labels.length)
    throw new RangeError(
      `${who}: targetLengths add up to ${total}, but there are ${labels.length} labels ${operandsText({ targets })}`,
    );
  let next = 0;
  return counts.map((count) => {
    next += count;
    return labels.subarray(next - count, next);
  });
}
