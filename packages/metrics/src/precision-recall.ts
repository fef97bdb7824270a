import type { Tensor } from "@dl/tensor";
import { type ClassesOptions, ConfusionCounts, sumOf } from "./confusion.ts";
import type { Apart, Averaged, Metric } from "./metric.ts";

/**
 * How the figures of the classes become one: their mean over the classes that appear (`macro`), weighted by how often
 * (`weighted`), the figure of all decisions together (`micro`), or that of class 1 (`binary`).
 */
export type Average = "macro" | "weighted" | "micro" | "binary";

export interface AverageOptions extends ClassesOptions {
  /** Default `"macro"`. With `"none"` there is one figure for each class. */
  average?: Average | "none";
  /** The figure where nothing was predicted, or nothing was there: 0 / 0. Default 0. */
  zeroDivision?: number;
}

export interface FBetaOptions extends AverageOptions {
  /** How much more recall counts than precision. Default 1. */
  beta?: number;
}

/**
 * The share of the samples predicted as a class that are of it: `tp / (tp + fp)`.
 *
 * - predictions, targets: as for `accuracy`
 *
 * @example
 * const predicted = tensor([0, 1, 1, 1], { dtype: "int32" });
 * const actual = tensor([0, 0, 1, 1], { dtype: "int32" });
 * precision(predicted, actual); // => 0.8333333
 * precision(predicted, actual, { average: "none" }); // => [1, 0.6666667]
 */
export function precision(predictions: Tensor, targets: Tensor, options: AverageOptions & Apart): number[];
export function precision(
  predictions: Tensor,
  targets: Tensor,
  options?: AverageOptions & { average?: Average },
): number;
export function precision(predictions: Tensor, targets: Tensor, options: AverageOptions = {}): number | number[] {
  return new Precision(options, "precision").update(predictions, targets).compute();
}

/**
 * The share of the samples of a class that were predicted as it: `tp / (tp + fn)`. With `average: "macro"` this is
 * balanced accuracy.
 *
 * - predictions, targets: as for `accuracy`
 *
 * @example
 * const predicted = tensor([0, 1, 1, 1], { dtype: "int32" });
 * const actual = tensor([0, 0, 1, 1], { dtype: "int32" });
 * recall(predicted, actual, { average: "none" }); // => [0.5, 1]
 */
export function recall(predictions: Tensor, targets: Tensor, options: AverageOptions & Apart): number[];
export function recall(predictions: Tensor, targets: Tensor, options?: AverageOptions & { average?: Average }): number;
export function recall(predictions: Tensor, targets: Tensor, options: AverageOptions = {}): number | number[] {
  return new Recall(options, "recall").update(predictions, targets).compute();
}

/**
 * The harmonic mean of precision and recall: `(1 + β²) tp / ((1 + β²) tp + β² fn + fp)`.
 *
 * - predictions, targets: as for `accuracy`
 *
 * @example
 * const predicted = tensor([0, 1, 1, 1], { dtype: "int32" });
 * const actual = tensor([0, 0, 1, 1], { dtype: "int32" });
 * f1(predicted, actual, { average: "none" }); // => [0.6666667, 0.8]
 */
export function f1(predictions: Tensor, targets: Tensor, options: FBetaOptions & Apart): number[];
export function f1(predictions: Tensor, targets: Tensor, options?: FBetaOptions & { average?: Average }): number;
export function f1(predictions: Tensor, targets: Tensor, options: FBetaOptions = {}): number | number[] {
  return new F1(options, "f1").update(predictions, targets).compute();
}

/** What is counted of one class, or of all. */
interface Decisions {
  readonly right: number;
  readonly predicted: number;
  readonly actual: number;
}

/** A figure of decisions, for each class or averaged. */
abstract class ClassMetric<O extends AverageOptions>
  implements Metric<[predictions: Tensor, targets: Tensor], Averaged<O>>
{
  readonly #who: string;
  readonly #average: Average | "none";
  readonly #zeroDivision: number;
  readonly #counts: ConfusionCounts;

  constructor(who: string, { average = "macro", zeroDivision = 0, ...options }: AverageOptions) {
    if (!["macro", "weighted", "micro", "binary", "none"].includes(average)) {
      const known = '"macro", "weighted", "micro", "binary" or "none"';
      throw new RangeError(`${who}: average must be ${known}, got ${JSON.stringify(average)}`);
    }
    this.#who = who;
    this.#average = average;
    this.#zeroDivision = zeroDivision;
    this.#counts = new ConfusionCounts(who, options);
  }

  /** The two sides of the fraction that the figure is. */
  protected abstract fraction(decisions: Decisions): readonly [top: number, bottom: number];

  update(predictions: Tensor, targets: Tensor): this {
    this.#counts.update(predictions, targets);
    return this;
  }

  compute(): Averaged<O> {
    return this.#compute() as Averaged<O>;
  }

  reset(): void {
    this.#counts.reset();
  }

  #figure(decisions: Decisions): number {
    const [top, bottom] = this.fraction(decisions);
    return bottom === 0 ? this.#zeroDivision : top / bottom;
  }

  #compute(): number | number[] {
    const { size, rows } = this.#counts.square();
    const classes = rows.map((row, c): Decisions => {
      return { right: row[c] as number, predicted: sumOf(rows.map((other) => other[c] as number)), actual: sumOf(row) };
    });
    switch (this.#average) {
      case "none":
        return classes.map((one) => this.#figure(one));
      case "binary":
        if (size > 2) throw new RangeError(`${this.#who}: average "binary" is for 2 classes, got ${size}`);
        return this.#figure(classes[1] ?? { right: 0, predicted: 0, actual: 0 });
      case "micro":
        return this.#figure(together(classes));
      case "weighted":
        return (
          sumOf(classes.map((one) => (one.actual === 0 ? 0 : one.actual * this.#figure(one)))) /
          together(classes).actual
        );
      default: {
        const present = classes.filter(({ predicted, actual }) => predicted + actual > 0);
        return sumOf(present.map((one) => this.#figure(one))) / present.length;
      }
    }
  }
}

/** {@link precision} over a stream of batches. */
export class Precision<const O extends AverageOptions = AverageOptions & { average?: Average }> extends ClassMetric<O> {
  constructor(options?: O, who = "Precision") {
    super(who, options ?? {});
  }

  protected override fraction({ right, predicted }: Decisions): readonly [top: number, bottom: number] {
    return [right, predicted];
  }
}

/** {@link recall} over a stream of batches. */
export class Recall<const O extends AverageOptions = AverageOptions & { average?: Average }> extends ClassMetric<O> {
  constructor(options?: O, who = "Recall") {
    super(who, options ?? {});
  }

  protected override fraction({ right, actual }: Decisions): readonly [top: number, bottom: number] {
    return [right, actual];
  }
}

/** {@link f1} over a stream of batches. */
export class F1<const O extends FBetaOptions = FBetaOptions & { average?: Average }> extends ClassMetric<O> {
  readonly #weight: number;

  constructor(options?: O, who = "F1") {
    const { beta = 1, ...rest }: FBetaOptions = options ?? {};
    if (!(beta > 0)) throw new RangeError(`${who}: beta must be above 0, got ${beta}`);
    super(who, rest);
    this.#weight = beta * beta;
  }

  protected override fraction({ right, predicted, actual }: Decisions): readonly [top: number, bottom: number] {
    return [(1 + this.#weight) * right, this.#weight * actual + predicted];
  }
}

const together = (classes: readonly Decisions[]): Decisions => ({
  right: sumOf(classes.map(({ right }) => right)),
  predicted: sumOf(classes.map(({ predicted }) => predicted)),
  actual: sumOf(classes.map(({ actual }) => actual)),
});
