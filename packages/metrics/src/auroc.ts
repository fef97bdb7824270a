import { operandsText, sameShape, type Tensor } from "@dl/tensor";
import { checkLabel, readClasses } from "./classes.ts";
import { Growing } from "./growing.ts";
import { type Apart, type Averaged, checkSeen, type Metric } from "./metric.ts";
import { readScores, type ScoreOptions } from "./scores.ts";

export interface AurocOptions extends ScoreOptions {
  /** How the areas of the classes become one: their mean, or weighted by the samples of each. Default `"macro"`. */
  average?: "macro" | "weighted" | "none";
}

/**
 * The area under the receiver operating characteristic: how often a sample of a class scores higher than one of another
 * (half for equal scores). Exact, from the ranks of the scores.
 *
 * - binary: scores `[n]` of class 1, targets `[n]` of 0 and 1
 * - several classes: scores `[n, classes, …]`, targets `[n, …]`; each class against the rest, then averaged
 *
 * Errors: a class without samples or with all of them, and NaN: there is no area then.
 * Source: Hanley and McNeil, The meaning and use of the area under a ROC curve (1982)
 *
 * @example
 * auroc(tensor([0.1, 0.4, 0.35, 0.8]), tensor([0, 0, 1, 1], { dtype: "int32" })); // => 0.75
 */
export function auroc(scores: Tensor, targets: Tensor, options: AurocOptions & Apart): number[];
export function auroc(
  scores: Tensor,
  targets: Tensor,
  options?: AurocOptions & { average?: "macro" | "weighted" },
): number;
export function auroc(scores: Tensor, targets: Tensor, options: AurocOptions = {}): number | number[] {
  return new Auroc(options, "auroc").update(scores, targets).compute();
}

/** {@link auroc} over a stream of batches. Keeps every score: 8 bytes for each class of each sample. */
export class Auroc<const O extends AurocOptions = AurocOptions & { average?: "macro" | "weighted" }>
  implements Metric<[scores: Tensor, targets: Tensor], Averaged<O>>
{
  readonly #who: string;
  readonly #average: "macro" | "weighted" | "none";
  readonly #options: ScoreOptions;
  readonly #scores = new Growing();
  readonly #actual = new Growing();
  /** 1 where the scores are those of class 1 alone. */
  #columns: number | undefined;

  constructor(options?: O, who = "Auroc") {
    const { average = "macro", ...rest }: AurocOptions = options ?? {};
    if (!["macro", "weighted", "none"].includes(average)) {
      throw new RangeError(`${who}: average must be "macro", "weighted" or "none", got ${JSON.stringify(average)}`);
    }
    this.#who = who;
    this.#average = average;
    this.#options = rest;
  }

  update(scores: Tensor, targets: Tensor): this {
    const { columns, values, actual } = this.#read(scores, targets);
    if (this.#columns !== undefined && this.#columns !== columns) {
      throw new RangeError(`${this.#who}: scores of ${columns} classes after scores of ${this.#columns}`);
    }
    const broken = values.findIndex(Number.isNaN);
    if (broken >= 0)
      throw new RangeError(`${this.#who}: scores hold NaN, first in sample ${Math.floor(broken / columns)}`);
    this.#columns = columns;
    this.#scores.append(values);
    this.#actual.append(actual);
    return this;
  }

  compute(): Averaged<O> {
    return this.#compute() as Averaged<O>;
  }

  reset(): void {
    this.#scores.clear();
    this.#actual.clear();
    this.#columns = undefined;
  }

  #compute(): number | number[] {
    const actual = this.#actual.values;
    checkSeen(this.#who, actual.length);
    const columns = this.#columns as number;
    const values = this.#scores.values;
    if (columns === 1) {
      const area = areaOf(this.#who, values, actual, 1);
      return this.#average === "none" ? [area] : area;
    }
    const areas = Array.from({ length: columns }, (_, c) => {
      const column = Float64Array.from({ length: actual.length }, (_, i) => values[i * columns + c] as number);
      return areaOf(this.#who, column, actual, c);
    });
    if (this.#average === "none") return areas;
    const weights = areas.map((_, c) => (this.#average === "macro" ? 1 : actual.filter((label) => label === c).length));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return areas.reduce((sum, area, c) => sum + area * (weights[c] as number), 0) / total;
  }

  #read(scores: Tensor, targets: Tensor): { columns: number; values: Float64Array; actual: Int32Array } {
    if (scores.ndim === targets.ndim + 1 && scores.size === targets.size && targets.size > 0) {
      throw new RangeError(
        `${this.#who}: scores of one class have the shape of the targets ${operandsText({ scores, targets })}`,
      );
    }
    if (scores.ndim === targets.ndim + 1) {
      const read = readScores(this.#who, scores, targets, this.#options);
      return { columns: read.classes, values: read.scores, actual: read.actual };
    }
    if (!sameShape(scores.shape, targets.shape)) {
      throw new RangeError(
        `${this.#who}: scores must have the shape of the targets, or one dimension more for the classes ${operandsText({ scores, targets })}`,
      );
    }
    const { ignoreIndex } = this.#options;
    const labels = readClasses(this.#who, "targets", targets);
    const actual = labels.filter((label) => label !== ignoreIndex);
    for (const label of actual) checkLabel(this.#who, "targets", label, 2);
    return {
      columns: 1,
      values: Float64Array.from(scores.detach().toArray()).filter((_, i) => labels[i] !== ignoreIndex),
      actual,
    };
  }
}

/** From the ranks of the scores, where equal scores share the mean of theirs. */
function areaOf(who: string, scores: Float64Array, actual: Float64Array, label: number): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let positives = 0;
  let ranks = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let here = 0;
    while (to < order.length && scores[order[to] as number] === scores[order[from] as number]) {
      if (actual[order[to] as number] === label) here++;
      to++;
    }
    positives += here;
    ranks += (here * (from + 1 + to)) / 2;
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new RangeError(`${who}: class ${label} has ${positives} of ${order.length} samples: there is no area`);
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
