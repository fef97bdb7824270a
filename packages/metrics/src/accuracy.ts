import type { Tensor } from "@dl/tensor";
import { beats, type LabelOptions, readLabels } from "./labels.ts";
import { Mean } from "./mean.ts";
import type { Metric } from "./metric.ts";
import { readScores, type ScoreOptions } from "./scores.ts";

/**
 * The share of samples whose predicted class is the true one.
 *
 * - predictions: scores `[n, classes, …]` (the largest counts), classes `[n, …]` as integers, or with `threshold`
 *   probabilities of class 1 `[n, …]`
 * - targets: `[n, …]`, classes
 *
 * @example
 * accuracy(tensor([[0.1, 0.9], [0.8, 0.2]]), tensor([1, 1], { dtype: "int32" })); // => 0.5
 */
export function accuracy(predictions: Tensor, targets: Tensor, options: LabelOptions = {}): number {
  return new Accuracy(options, "accuracy").update(predictions, targets).compute();
}

/** {@link accuracy} over a stream of batches. */
export class Accuracy implements Metric<[predictions: Tensor, targets: Tensor], number> {
  readonly #who: string;
  readonly #options: LabelOptions;
  readonly #share = new Mean();

  constructor(options: LabelOptions = {}, who = "Accuracy") {
    this.#options = options;
    this.#who = who;
  }

  update(predictions: Tensor, targets: Tensor): this {
    const { predicted, actual } = readLabels(this.#who, predictions, targets, this.#options);
    const right = actual.filter((label, i) => predicted[i] === label);
    this.#share.add(right.length, actual.length);
    return this;
  }

  compute(): number {
    return this.#share.value(this.#who);
  }

  reset(): void {
    this.#share.reset();
  }
}

export interface TopKOptions extends ScoreOptions {
  /** How many classes may be named. Default 5. */
  k?: number;
}

/**
 * The share of samples whose true class is among the `k` with the highest scores; of equal scores the first classes come
 * first, so that `k: 1` is {@link accuracy}.
 *
 * - scores: `[n, classes, …]`, targets: `[n, …]`
 *
 * @example
 * const scores = tensor([[0.5, 0.2, 0.3], [0.1, 0.3, 0.6]]);
 * topKAccuracy(scores, tensor([2, 0], { dtype: "int32" }), { k: 2 }); // => 0.5
 */
export function topKAccuracy(scores: Tensor, targets: Tensor, options: TopKOptions = {}): number {
  return new TopKAccuracy(options, "topKAccuracy").update(scores, targets).compute();
}

/** {@link topKAccuracy} over a stream of batches. */
export class TopKAccuracy implements Metric<[scores: Tensor, targets: Tensor], number> {
  readonly #who: string;
  readonly #k: number;
  readonly #options: ScoreOptions;
  readonly #share = new Mean();

  constructor({ k = 5, ...options }: TopKOptions = {}, who = "TopKAccuracy") {
    if (!Number.isInteger(k) || k < 1) throw new RangeError(`${who}: k must be a whole number from 1 on, got ${k}`);
    this.#who = who;
    this.#k = k;
    this.#options = options;
  }

  update(scores: Tensor, targets: Tensor): this {
    const { scores: rows, actual, classes } = readScores(this.#who, scores, targets, this.#options);
    if (this.#k > classes) throw new RangeError(`${this.#who}: k is ${this.#k}, the scores have ${classes} classes`);
    const right = actual.filter((label, i) => placeOf(rows.subarray(i * classes, (i + 1) * classes), label) < this.#k);
    this.#share.add(right.length, actual.length);
    return this;
  }

  compute(): number {
    return this.#share.value(this.#who);
  }

  reset(): void {
    this.#share.reset();
  }
}

/** How many classes come before `label` in the order of their scores. */
function placeOf(row: Float64Array, label: number): number {
  const own = row[label] as number;
  let before = 0;
  for (let c = 0; c < row.length; c++) {
    const other = row[c] as number;
    if (beats(other, own) || (c < label && !beats(own, other))) before++;
  }
  return before;
}
