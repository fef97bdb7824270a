import type { Tensor } from "@dl/tensor";
import { checkSeen, type Metric } from "./metric.ts";
import { readScores, type ScoreOptions } from "./scores.ts";

export interface CalibrationOptions extends ScoreOptions {
  /** Number of bins of equal width in (0, 1]. Default 15. */
  bins?: number;
  /** The mean over the samples (`"l1"`), or the largest of the bins (`"max"`). Default `"l1"`. */
  norm?: "l1" | "max";
}

/**
 * How far confidence is from being right: the samples are put into bins by the probability of the predicted class, and
 * the distance between its mean and the accuracy in each bin is averaged, weighted by the samples in it.
 *
 * - probabilities: `[n, classes, …]`, as `softmax` gives them; targets: `[n, …]`
 *
 * Errors: a probability outside [0, 1], as logits have.
 * Source: Guo et al., On calibration of modern neural networks (2017)
 *
 * @example
 * const probabilities = tensor([[0.75, 0.25], [0.75, 0.25]]);
 * expectedCalibrationError(probabilities, tensor([0, 1], { dtype: "int32" })); // => 0.25
 */
export function expectedCalibrationError(
  probabilities: Tensor,
  targets: Tensor,
  options: CalibrationOptions = {},
): number {
  return new ExpectedCalibrationError(options, "expectedCalibrationError").update(probabilities, targets).compute();
}

/** What falls into one bin. */
export interface CalibrationBin {
  readonly samples: number;
  /** Mean probability of the predicted class; 0 without samples. */
  readonly confidence: number;
  /** Share of right predictions; 0 without samples. */
  readonly accuracy: number;
}

/** {@link expectedCalibrationError} over a stream of batches. */
export class ExpectedCalibrationError implements Metric<[probabilities: Tensor, targets: Tensor], number> {
  readonly #who: string;
  readonly #norm: "l1" | "max";
  readonly #options: ScoreOptions;
  readonly #samples: Float64Array;
  readonly #confidence: Float64Array;
  readonly #right: Float64Array;

  constructor({ bins = 15, norm = "l1", ...options }: CalibrationOptions = {}, who = "ExpectedCalibrationError") {
    if (!Number.isInteger(bins) || bins < 1)
      throw new RangeError(`${who}: bins must be a whole number from 1 on, got ${bins}`);
    if (norm !== "l1" && norm !== "max")
      throw new RangeError(`${who}: norm must be "l1" or "max", got ${JSON.stringify(norm)}`);
    this.#who = who;
    this.#norm = norm;
    this.#options = options;
    this.#samples = new Float64Array(bins);
    this.#confidence = new Float64Array(bins);
    this.#right = new Float64Array(bins);
  }

  update(probabilities: Tensor, targets: Tensor): this {
    const { scores, actual, classes } = readScores(this.#who, probabilities, targets, this.#options);
    const outside = scores.find((p) => !(p >= 0 && p <= 1 + 1e-6));
    if (outside !== undefined) {
      throw new RangeError(
        `${this.#who}: probabilities must lie in [0, 1], got ${outside}: logits go through softmax first`,
      );
    }
    const bins = this.#samples.length;
    for (let i = 0; i < actual.length; i++) {
      const row = scores.subarray(i * classes, (i + 1) * classes);
      const confidence = row.reduce((most, p) => Math.max(most, p), 0);
      const bin = Math.min(Math.max(Math.ceil(confidence * bins) - 1, 0), bins - 1);
      add(this.#samples, bin, 1);
      add(this.#confidence, bin, confidence);
      add(this.#right, bin, Number(row.indexOf(confidence) === actual[i]));
    }
    return this;
  }

  compute(): number {
    const bins = this.bins();
    const all = bins.reduce((sum, { samples }) => sum + samples, 0);
    checkSeen(this.#who, all);
    const gaps = bins.map(({ confidence, accuracy }) => Math.abs(confidence - accuracy));
    if (this.#norm === "max") return Math.max(...gaps);
    return bins.reduce((sum, { samples }, i) => sum + (samples / all) * (gaps[i] as number), 0);
  }

  /** The bins from the least confident up, for a reliability diagram. */
  bins(): CalibrationBin[] {
    return Array.from(this.#samples, (samples, i) => {
      if (samples === 0) return { samples, confidence: 0, accuracy: 0 };
      return {
        samples,
        confidence: (this.#confidence[i] as number) / samples,
        accuracy: (this.#right[i] as number) / samples,
      };
    });
  }

  reset(): void {
    for (const sums of [this.#samples, this.#confidence, this.#right]) sums.fill(0);
  }
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] as number) + value;
}
