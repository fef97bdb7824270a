import { type Tensor, tensor, useDevice } from "@dl/tensor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  Accuracy,
  Auroc,
  accuracy,
  auroc,
  bitsPerCharacter,
  ConfusionMatrix,
  confusionMatrix,
  ExpectedCalibrationError,
  expectedCalibrationError,
  F1,
  f1,
  type Metric,
  meanAbsoluteError,
  meanSquaredError,
  Perplexity,
  perplexity,
  precision,
  R2Score,
  RootMeanSquaredError,
  r2Score,
  recall,
  rootMeanSquaredError,
  TopKAccuracy,
  topKAccuracy,
} from "../../src/index.ts";
import figures from "./figures.json" with { type: "json" };

const wide = { dtype: "float64" } as const;
const whole = { dtype: "int32" } as const;

/** Equal to about 14 digits. */
function close(actual: number | readonly number[], expected: number | readonly number[]): void {
  const ours = [actual].flat();
  const theirs = [expected].flat();
  expect(ours.length).toBe(theirs.length);
  for (const [i, value] of ours.entries())
    expect(Math.abs(value - (theirs[i] as number))).toBeLessThan(1e-13 * (1 + Math.abs(value)));
}

/** Feeds rows 0 to 9, 10 to 11 and the rest. */
function streamed<T>(metric: Metric<[Tensor, Tensor], T>, x: Tensor, y: Tensor): T {
  metric.update(x, y);
  metric.reset();
  for (const part of ["0:10", "10:12", "12:"]) metric.update(x.at(part), y.at(part));
  return metric.compute();
}

describe.each(["cpu", "wasm"] as const)("as scikit-learn on %s", (device) => {
  beforeAll(() => useDevice(device));
  afterAll(() => useDevice("wasm"));

  it("classification", () => {
    const { logits, actual, averages, confusion, topK, ...known } = figures.classification;
    const x = tensor(logits, wide);
    const y = tensor(actual, whole);
    const predicted = x.argmax({ dim: 1 });
    close([accuracy(x, y), accuracy(predicted, y), streamed(new Accuracy(), x, y)], Array(3).fill(known.accuracy));
    close(recall(x, y), averages.macro.recall);
    for (const [i, expected] of topK.entries()) {
      close([topKAccuracy(x, y, { k: i + 1 }), streamed(new TopKAccuracy({ k: i + 1 }), x, y)], [expected, expected]);
    }
    for (const average of ["macro", "weighted", "micro"] as const) {
      const expected = averages[average];
      close(precision(x, y, { average }), expected.precision);
      close(recall(x, y, { average }), expected.recall);
      close([f1(x, y, { average }), streamed(new F1({ average }), x, y)], [expected.f1, expected.f1]);
      close([f1(x, y, { average, beta: 2 }), streamed(new F1({ average, beta: 2 }), x, y)], [expected.f2, expected.f2]);
    }
    close(precision(x, y, { average: "none" }), averages.none.precision);
    close(recall(predicted, y, { average: "none", classes: 5 }), averages.none.recall);
    close(streamed(new F1({ average: "none" }), x, y), averages.none.f1);
    expect(confusionMatrix(x, y).tolist()).toEqual(confusion.None);
    expect(streamed(new ConfusionMatrix({ classes: 5 }), predicted, y).tolist()).toEqual(confusion.None);
    close(Array.from(confusionMatrix(x, y, { normalize: "true" }).toArray()), confusion.true.flat());
    close(Array.from(confusionMatrix(x, y, { normalize: "predicted" }).toArray()), confusion.pred.flat());
    close(Array.from(confusionMatrix(x, y, { normalize: "all" }).toArray()), confusion.all.flat());
  });

  it("balanced accuracy is the recall of the classes that occur", () => {
    const { logits, actual, balanced } = figures.classification;
    const recalls = recall(tensor(logits, wide), tensor(actual, whole), { average: "none" });
    close(recalls.slice(0, 4).reduce((sum, one) => sum + one, 0) / 4, balanced);
  });

  it("two classes", () => {
    const { predicted, actual, ...known } = figures.binary;
    const p = tensor(predicted, whole);
    const y = tensor(actual, whole);
    close(precision(p, y, { average: "binary" }), known.precision);
    close(recall(p, y, { average: "binary" }), known.recall);
    close(f1(p, y, { average: "binary" }), known.f1);
    close(f1(p.to("float32"), y, { average: "binary", threshold: 0.5 }), known.f1);
  });

  it("auroc", () => {
    const { scores, actual, binaryActual, ...known } = figures.auroc;
    const x = tensor(scores, wide);
    const y = tensor(actual, whole);
    close([auroc(x, y), streamed(new Auroc(), x, y)], [known.macro, known.macro]);
    close(auroc(x, y, { average: "weighted" }), known.weighted);
    close(streamed(new Auroc({ average: "none" }), x, y), known.none);
    const [first, labels] = [x.at(":", 0), tensor(binaryActual, whole)];
    close([auroc(first, labels), streamed(new Auroc(), first, labels)], [known.binary, known.binary]);
  });

  it("regression", () => {
    const { predictions, targets, r2, mae, mse, rmse } = figures.regression;
    const x = tensor(predictions, wide);
    const y = tensor(targets, wide);
    close([r2Score(x, y), streamed(new R2Score(), x, y)], [r2.uniform, r2.uniform]);
    close(r2Score(x, y, { average: "variance" }), r2.variance);
    close(streamed(new R2Score({ average: "none" }), x, y), r2.none);
    close(r2Score(x.at(":", 1), y.at(":", 1)), r2.none[1] as number);
    close([meanAbsoluteError(x, y), meanSquaredError(x, y), rootMeanSquaredError(x, y)], [mae, mse, rmse]);
    close(streamed(new RootMeanSquaredError(), x, y), rmse);
  });

  it("likelihood and calibration", () => {
    const { logits, actual, logLoss, calibration } = figures.classification;
    const x = tensor(logits, wide);
    const y = tensor(actual, whole);
    close([perplexity(x, y), streamed(new Perplexity(), x, y)], [Math.exp(logLoss), Math.exp(logLoss)]);
    close(bitsPerCharacter(x, y), logLoss / Math.LN2);
    close(bitsPerCharacter(x, y, { characters: 160 }), logLoss / Math.LN2 / 2);
    const p = x.softmax({ dim: 1 });
    for (const [bins, { l1, max }] of [
      [5, calibration["5"]],
      [15, calibration["15"]],
    ] as const) {
      close(
        [expectedCalibrationError(p, y, { bins }), streamed(new ExpectedCalibrationError({ bins }), p, y)],
        [l1, l1],
      );
      close(expectedCalibrationError(p, y, { bins, norm: "max" }), max);
    }
  });
});
