import { operandsText, type Tensor } from "@dl/tensor";
import type { Apart, Averaged, Metric } from "./metric.ts";
import { checkAlike } from "./regression.ts";

export interface R2Options {
  /** How several outputs become one figure: their mean, or weighted by the variance of each. Default `"uniform"`. */
  average?: "uniform" | "variance" | "none";
}

/**
 * The coefficient of determination: `1 - Σ (target - prediction)² / Σ (target - mean of the targets)²`. 1 is perfect, 0 as
 * good as the mean, below worse.
 *
 * - predictions, targets: `[n]` or `[n, outputs]`
 *
 * For targets that are all equal it is 1 where every prediction is right, else 0, as in scikit-learn.
 * Errors: fewer than two samples.
 *
 * @example
 * r2Score(tensor([2.5, 0, 2, 8]), tensor([3, -0.5, 2, 7])); // => 0.9486081
 */
export function r2Score(predictions: Tensor, targets: Tensor, options: R2Options & Apart): number[];
export function r2Score(
  predictions: Tensor,
  targets: Tensor,
  options?: R2Options & { average?: "uniform" | "variance" },
): number;
export function r2Score(predictions: Tensor, targets: Tensor, options: R2Options = {}): number | number[] {
  return new R2Score(options, "r2Score").update(predictions, targets).compute();
}

/** {@link r2Score} over a stream of batches. */
export class R2Score<const O extends R2Options = R2Options & { average?: "uniform" | "variance" }>
  implements Metric<[predictions: Tensor, targets: Tensor], Averaged<O>>
{
  readonly #who: string;
  readonly #average: "uniform" | "variance" | "none";
  #outputs: Output[] = [];
  #seen = 0;

  constructor(options?: O, who = "R2Score") {
    const average = options?.average ?? "uniform";
    if (!["uniform", "variance", "none"].includes(average)) {
      throw new RangeError(`${who}: average must be "uniform", "variance" or "none", got ${JSON.stringify(average)}`);
    }
    this.#who = who;
    this.#average = average;
  }

  update(predictions: Tensor, targets: Tensor): this {
    checkAlike(this.#who, predictions, targets);
    if (targets.ndim !== 1 && targets.ndim !== 2) {
      throw new RangeError(`${this.#who}: needs [n] or [n, outputs] ${operandsText({ predictions, targets })}`);
    }
    const [samples = 0, width = 1] = targets.shape;
    if (this.#seen > 0 && width !== this.#outputs.length) {
      throw new RangeError(
        `${this.#who}: ${width} outputs after ${this.#outputs.length} (targets [${targets.shape.join(", ")}])`,
      );
    }
    if (this.#seen === 0) this.#outputs = Array.from({ length: width }, () => ({ mean: 0, spread: 0, missed: 0 }));
    const expected = targets.detach().toArray();
    const given = predictions.detach().toArray();
    for (let i = 0; i < samples; i++) {
      this.#seen++;
      for (const [j, output] of this.#outputs.entries()) {
        take(output, expected[i * width + j] as number, given[i * width + j] as number, this.#seen);
      }
    }
    return this;
  }

  compute(): Averaged<O> {
    return this.#compute() as Averaged<O>;
  }

  reset(): void {
    this.#outputs = [];
    this.#seen = 0;
  }

  #compute(): number | number[] {
    if (this.#seen < 2) throw new RangeError(`${this.#who}: needs at least two samples, got ${this.#seen}`);
    const scores = this.#outputs.map(scoreOf);
    if (this.#average === "none") return scores;
    const spreads = this.#outputs.map(({ spread }) => spread);
    const total = spreads.reduce((sum, spread) => sum + spread, 0);
    const weights = this.#average === "variance" && total > 0 ? spreads.map((spread) => spread / total) : undefined;
    return scores.reduce((sum, score, j) => sum + score * (weights?.[j] ?? 1 / scores.length), 0);
  }
}

/** Of the targets so far: their mean and the sum of squares around it; and the sum of squared errors. */
interface Output {
  mean: number;
  spread: number;
  missed: number;
}

/** Welford's update, which does not cancel where the targets are far from 0. */
function take(output: Output, target: number, prediction: number, seen: number): void {
  const away = target - output.mean;
  output.mean += away / seen;
  output.spread += away * (target - output.mean);
  output.missed += (target - prediction) ** 2;
}

function scoreOf({ spread, missed }: Output): number {
  if (spread === 0) return missed === 0 ? 1 : 0;
  return 1 - missed / spread;
}
