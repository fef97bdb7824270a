import { type Tensor, tensor } from "@dl/tensor";
import { checkLabel } from "./classes.ts";
import { type LabelOptions, readLabels } from "./labels.ts";
import { checkSeen, type Metric } from "./metric.ts";

export interface ClassesOptions extends LabelOptions {
  /** Number of classes. Default what the scores have, else one more than the largest class seen. */
  classes?: number;
}

export interface ConfusionOptions extends ClassesOptions {
  /** Shares of each row (true class), each column (predicted class) or all samples, instead of counts. */
  normalize?: "true" | "predicted" | "all";
}

/**
 * How many samples of each class (rows) were predicted as each class (columns). Shape `[classes, classes]`, int32; with
 * `normalize` float64, where a row or column without samples is 0.
 *
 * - predictions, targets: as for `accuracy`
 *
 * @example
 * const predicted = tensor([0, 1, 1, 1], { dtype: "int32" });
 * const actual = tensor([0, 0, 1, 1], { dtype: "int32" });
 * confusionMatrix(predicted, actual).tolist(); // => [[1, 1], [0, 2]]
 */
export function confusionMatrix(predictions: Tensor, targets: Tensor, options: ConfusionOptions = {}): Tensor {
  return new ConfusionMatrix(options, "confusionMatrix").update(predictions, targets).compute();
}

/** {@link confusionMatrix} over a stream of batches. */
export class ConfusionMatrix implements Metric<[predictions: Tensor, targets: Tensor], Tensor> {
  readonly #normalize: ConfusionOptions["normalize"];
  readonly #counts: ConfusionCounts;

  constructor({ normalize, ...options }: ConfusionOptions = {}, who = "ConfusionMatrix") {
    if (normalize !== undefined && !["true", "predicted", "all"].includes(normalize)) {
      throw new RangeError(`${who}: normalize must be "true", "predicted" or "all", got ${JSON.stringify(normalize)}`);
    }
    this.#normalize = normalize;
    this.#counts = new ConfusionCounts(who, options);
  }

  update(predictions: Tensor, targets: Tensor): this {
    this.#counts.update(predictions, targets);
    return this;
  }

  compute(): Tensor {
    const { size, rows } = this.#counts.square();
    if (this.#normalize === undefined) return tensor(Int32Array.from(rows.flat()), { shape: [size, size] });
    const actual = rows.map(sumOf);
    const predicted = rows.map((_, j) => sumOf(rows.map((row) => row[j] as number)));
    const all = sumOf(actual);
    const shares = rows.flatMap((row, i) =>
      row.map((count, j) => {
        const total = this.#normalize === "all" ? all : this.#normalize === "true" ? actual[i] : predicted[j];
        return count === 0 ? 0 : count / (total as number);
      }),
    );
    return tensor(Float64Array.from(shares), { shape: [size, size] });
  }

  reset(): void {
    this.#counts.reset();
  }
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Counts of (true, predicted) pairs, over as many classes as are known or appear. */
export class ConfusionCounts {
  readonly #who: string;
  readonly #options: ClassesOptions;
  #rows: number[][] = [];
  #seen = 0;

  constructor(who: string, options: ClassesOptions) {
    const { classes } = options;
    if (classes !== undefined && (!Number.isInteger(classes) || classes < 1)) {
      throw new RangeError(`${who}: classes must be a whole number from 1 on, got ${classes}`);
    }
    this.#who = who;
    this.#options = options;
  }

  update(predictions: Tensor, targets: Tensor): void {
    const { predicted, actual, classes: scored } = readLabels(this.#who, predictions, targets, this.#options);
    const { classes } = this.#options;
    if (classes !== undefined && scored !== undefined && scored > classes) {
      throw new RangeError(`${this.#who}: predictions are of ${scored} classes, the option classes says ${classes}`);
    }
    for (const label of actual) checkLabel(this.#who, "targets", label, classes ?? scored);
    for (const label of predicted) checkLabel(this.#who, "predictions", label, classes ?? scored);
    this.#widen(classes ?? scored ?? 0);
    for (let i = 0; i < actual.length; i++) {
      const [row, column] = [actual[i] as number, predicted[i] as number];
      this.#widen(Math.max(row, column) + 1);
      const counts = this.#rows[row] as number[];
      counts[column] = (counts[column] as number) + 1;
    }
    this.#seen += actual.length;
  }

  /** The counts by row (true class) and column. */
  square(): { readonly size: number; readonly rows: readonly (readonly number[])[] } {
    checkSeen(this.#who, this.#seen);
    return { size: this.#rows.length, rows: this.#rows };
  }

  reset(): void {
    this.#rows = [];
    this.#seen = 0;
  }

  #widen(size: number): void {
    if (size <= this.#rows.length) return;
    for (const row of this.#rows) while (row.length < size) row.push(0);
    while (this.#rows.length < size) this.#rows.push(new Array<number>(size).fill(0));
  }
}
