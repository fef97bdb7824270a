import { operandsText, sameShape, type Tensor } from "@dl/tensor";
import { checkLabel, readClasses } from "./classes.ts";

export interface ScoreOptions {
  /** The dimension of the classes in scores. Default 1, as in `crossEntropy`. */
  dim?: number;
  /** Samples with this target do not count. */
  ignoreIndex?: number;
}

/** Scores, one row of `classes` a sample, beside the true classes. */
export interface Scores {
  readonly scores: Float64Array;
  readonly actual: Int32Array;
  readonly classes: number;
}

/** Rows of scores and the classes they should show, without the samples to be ignored. */
export function readScores(
  who: string,
  scores: Tensor,
  targets: Tensor,
  { dim = 1, ignoreIndex }: ScoreOptions,
): Scores {
  const at = dim < 0 ? dim + scores.ndim : dim;
  const classes = scores.shape[at];
  const rest = scores.shape.filter((_, i) => i !== at);
  if (classes === undefined || !sameShape(rest, targets.shape)) {
    throw new RangeError(
      `${who}: without the classes (dim ${dim}) scores must have the shape of the targets ${operandsText({ scores, targets })}`,
    );
  }
  if (classes === 0) throw new RangeError(`${who}: needs at least one class ${operandsText({ scores, targets })}`);
  const labels = readClasses(who, "targets", targets);
  const order = [...scores.shape.keys()].filter((i) => i !== at);
  const rows = scores
    .detach()
    .permute([...order, at])
    .toArray();
  const kept = Array.from(labels.keys()).filter((i) => labels[i] !== ignoreIndex);
  const found = new Float64Array(kept.length * classes);
  const actual = new Int32Array(kept.length);
  for (const [to, from] of kept.entries()) {
    const label = labels[from] as number;
    checkLabel(who, "targets", label, classes);
    actual[to] = label;
    for (let c = 0; c < classes; c++) found[to * classes + c] = rows[from * classes + c] as number;
  }
  return { scores: found, actual, classes };
}
