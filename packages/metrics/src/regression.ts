import { operandsText, sameShape, type Tensor } from "@dl/tensor";
import { Mean } from "./mean.ts";
import type { Metric } from "./metric.ts";

/**
 * The mean of `|prediction - target|` over all elements.
 *
 * @example
 * meanAbsoluteError(tensor([1, 4]), tensor([2, 2])); // => 1.5
 */
export function meanAbsoluteError(predictions: Tensor, targets: Tensor): number {
  return new MeanAbsoluteError("meanAbsoluteError").update(predictions, targets).compute();
}

/**
 * The mean of `(prediction - target)²` over all elements.
 *
 * @example
 * meanSquaredError(tensor([1, 4]), tensor([2, 2])); // => 2.5
 */
export function meanSquaredError(predictions: Tensor, targets: Tensor): number {
  return new MeanSquaredError("meanSquaredError").update(predictions, targets).compute();
}

/**
 * The root of {@link meanSquaredError}, in the unit of the targets.
 *
 * @example
 * rootMeanSquaredError(tensor([1, 5]), tensor([2, 2])); // => 2.236068
 */
export function rootMeanSquaredError(predictions: Tensor, targets: Tensor): number {
  return new RootMeanSquaredError("rootMeanSquaredError").update(predictions, targets).compute();
}

/** The mean of an error over a stream of elements. */
abstract class MeanError implements Metric<[predictions: Tensor, targets: Tensor], number> {
  readonly #who: string;
  readonly #mean = new Mean();

  constructor(who: string) {
    this.#who = who;
  }

  protected abstract errorOf(difference: number): number;

  update(predictions: Tensor, targets: Tensor): this {
    checkAlike(this.#who, predictions, targets);
    const expected = targets.detach().toArray();
    let sum = 0;
    for (const [i, value] of predictions.detach().toArray().entries())
      sum += this.errorOf(value - (expected[i] as number));
    this.#mean.add(sum, expected.length);
    return this;
  }

  compute(): number {
    return this.#mean.value(this.#who);
  }

  reset(): void {
    this.#mean.reset();
  }
}

/** {@link meanAbsoluteError} over a stream of batches. */
export class MeanAbsoluteError extends MeanError {
  constructor(who = "MeanAbsoluteError") {
    super(who);
  }

  protected override errorOf(difference: number): number {
    return Math.abs(difference);
  }
}

/** {@link meanSquaredError} over a stream of batches. */
export class MeanSquaredError extends MeanError {
  constructor(who = "MeanSquaredError") {
    super(who);
  }

  protected override errorOf(difference: number): number {
    return difference * difference;
  }
}

/** {@link rootMeanSquaredError} over a stream of batches. */
export class RootMeanSquaredError extends MeanSquaredError {
  constructor(who = "RootMeanSquaredError") {
    super(who);
  }

  override compute(): number {
    return Math.sqrt(super.compute());
  }
}

/** Throws where predictions and targets differ in shape: broadcasting would compare each with each. */
export function checkAlike(who: string, predictions: Tensor, targets: Tensor): void {
  if (sameShape(predictions.shape, targets.shape)) return;
  throw new RangeError(
    `${who}: predictions must have the shape of the targets ${operandsText({ predictions, targets })}`,
  );
}
