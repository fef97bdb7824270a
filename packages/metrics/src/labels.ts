import { operandsText, sameShape, type Tensor } from "@dl/tensor";
import { readClasses } from "./classes.ts";
import { readScores, type ScoreOptions } from "./scores.ts";

export interface LabelOptions extends ScoreOptions {
  /** Predictions are probabilities of class 1, in the shape of the targets; class 1 is predicted above this. */
  threshold?: number;
}

/** Predicted and true classes, one each a sample. */
export interface Labels {
  readonly predicted: Int32Array;
  readonly actual: Int32Array;
  /** The number of classes, where the predictions tell. */
  readonly classes: number | undefined;
}

/**
 * Classes from what a model gives: scores with a dimension for the classes (the largest counts, the first of equals),
 * classes as integers, or with `threshold` probabilities of class 1.
 */
export function readLabels(who: string, predictions: Tensor, targets: Tensor, options: LabelOptions): Labels {
  if (predictions.ndim === targets.ndim + 1) {
    if (options.threshold !== undefined) {
      const shapes = operandsText({ predictions, targets });
      throw new RangeError(`${who}: threshold is for probabilities of class 1, in the shape of the targets ${shapes}`);
    }
    const { scores, classes, actual } = readScores(who, predictions, targets, options);
    return { predicted: argmaxRows(scores, classes), actual, classes };
  }
  if (!sameShape(predictions.shape, targets.shape)) {
    throw new RangeError(
      `${who}: predictions must have the shape of the targets, or one dimension more for the classes ${operandsText({ predictions, targets })}`,
    );
  }
  const actual = readClasses(who, "targets", targets);
  const predicted =
    options.threshold === undefined
      ? readClasses(who, "predictions", predictions)
      : Int32Array.from(predictions.detach().toArray(), (p) => Number(p > (options.threshold as number)));
  const { ignoreIndex } = options;
  const classes = options.threshold === undefined ? undefined : 2;
  if (ignoreIndex === undefined) return { predicted, actual, classes };
  return {
    predicted: predicted.filter((_, i) => actual[i] !== ignoreIndex),
    actual: actual.filter((label) => label !== ignoreIndex),
    classes,
  };
}

/** Whether a score comes before another, as `argmax` sees it: NaN before every number. */
export const beats = (a: number, b: number): boolean => a > b || (Number.isNaN(a) && !Number.isNaN(b));

function argmaxRows(scores: Float64Array, classes: number): Int32Array {
  return Int32Array.from({ length: scores.length / classes }, (_, row) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if (beats(scores[row * classes + c] as number, scores[row * classes + best] as number)) best = c;
    }
    return best;
  });
}
