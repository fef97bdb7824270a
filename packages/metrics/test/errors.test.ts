import { ones, type Tensor, tensor, zeros } from "@dl/tensor";
import { expect, it } from "vitest";
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
  meanAbsoluteError,
  perplexity,
  precision,
  R2Score,
  r2Score,
  TopKAccuracy,
  topKAccuracy,
} from "../src/index.ts";

const labels = (...values: number[]): Tensor => tensor(values, { dtype: "int32" });

it.each<[string, () => unknown, string]>([
  [
    "shapes",
    () => accuracy(labels(1, 2), labels(1)),
    "accuracy: predictions must have the shape of the targets, or one dimension more for the classes (predictions [2], targets [1])",
  ],
  [
    "the place of the classes",
    () => accuracy(zeros([2, 5, 3]), zeros([2, 5], { dtype: "int32" })),
    "accuracy: without the classes (dim 1) scores must have the shape of the targets (scores [2, 5, 3], targets [2, 5])",
  ],
  [
    "a dim that is not there",
    () => accuracy(zeros([2, 3]), labels(0, 1), { dim: 2 }),
    "accuracy: without the classes (dim 2) scores must have",
  ],
  [
    "floats for classes",
    () => accuracy(zeros([2]), labels(0, 1)),
    "accuracy: predictions must be classes as int32, uint8 or bool, got float32; probabilities of class 1 need { threshold }",
  ],
  [
    "floats as targets",
    () => accuracy(zeros([2, 3]), zeros([2])),
    "accuracy: targets must be classes as int32, uint8 or bool, got float32",
  ],
  [
    "threshold with scores",
    () => accuracy(zeros([2, 3]), labels(0, 1), { threshold: 0.5 }),
    "accuracy: threshold is for probabilities of class 1",
  ],
  ["unknown class", () => accuracy(zeros([2, 3]), labels(0, 3)), "accuracy: targets hold class 3, outside 0 to 2"],
  [
    "negative class",
    () => confusionMatrix(labels(0, -1), labels(0, 1)),
    "confusionMatrix: predictions hold class -1, outside 0 to …",
  ],
  [
    "too few classes",
    () => precision(labels(0, 2), labels(0, 1), { classes: 2 }),
    "precision: predictions hold class 2, outside 0 to 1",
  ],
  [
    "more scores than classes",
    () => precision(zeros([2, 3]), labels(0, 1), { classes: 2 }),
    "precision: predictions are of 3 classes, the option classes says 2",
  ],
  ["no classes", () => new F1({ classes: 0 }), "F1: classes must be a whole number from 1 on, got 0"],
  [
    "no class dimension",
    () => topKAccuracy(zeros([2, 0]), labels(0, 1)),
    "topKAccuracy: needs at least one class (scores [2, 0], targets [2])",
  ],
  [
    "k above the classes",
    () => topKAccuracy(zeros([2, 3]), labels(0, 1)),
    "topKAccuracy: k is 5, the scores have 3 classes",
  ],
  ["k of 0", () => new TopKAccuracy({ k: 0 }), "TopKAccuracy: k must be a whole number from 1 on, got 0"],
  [
    "average",
    () => f1(labels(0), labels(0), { average: "sum" as "macro" }),
    'f1: average must be "macro", "weighted", "micro", "binary" or "none", got "sum"',
  ],
  [
    "binary of three",
    () => f1(labels(0, 2), labels(0, 1), { average: "binary" }),
    'f1: average "binary" is for 2 classes, got 3',
  ],
  ["beta", () => new F1({ beta: 0 }), "F1: beta must be above 0, got 0"],
  [
    "normalize",
    () => new ConfusionMatrix({ normalize: "row" as "true" }),
    'ConfusionMatrix: normalize must be "true", "predicted" or "all", got "row"',
  ],
  [
    "one class for auroc",
    () => auroc(zeros([3]), labels(1, 1, 1)),
    "auroc: class 1 has 3 of 3 samples: there is no area",
  ],
  [
    "auroc shapes",
    () => auroc(zeros([3]), labels(1, 1)),
    "auroc: scores must have the shape of the targets, or one dimension more for the classes (scores [3], targets [2])",
  ],
  [
    "auroc of one column",
    () => auroc(zeros([2, 1]), labels(0, 1)),
    "auroc: scores of one class have the shape of the targets (scores [2, 1], targets [2])",
  ],
  ["auroc of NaN", () => auroc(tensor([0, NaN]), labels(0, 1)), "auroc: scores hold NaN, first in sample 1"],
  [
    "auroc of other classes",
    () => new Auroc().update(zeros([2, 3]), labels(0, 1)).update(zeros([2]), labels(0, 1)),
    "Auroc: scores of 1 classes after scores of 3",
  ],
  [
    "binary auroc of three classes",
    () => auroc(zeros([2]), labels(0, 2)),
    "auroc: targets hold class 2, outside 0 to 1",
  ],
  [
    "broadcasting",
    () => meanAbsoluteError(zeros([2, 1]), zeros([2])),
    "meanAbsoluteError: predictions must have the shape of the targets (predictions [2, 1], targets [2])",
  ],
  ["one sample for r2", () => r2Score(zeros([1]), zeros([1])), "r2Score: needs at least two samples, got 1"],
  [
    "r2 of images",
    () => r2Score(zeros([2, 2, 2]), zeros([2, 2, 2])),
    "r2Score: needs [n] or [n, outputs] (predictions [2, 2, 2], targets [2, 2, 2])",
  ],
  [
    "r2 of other outputs",
    () => new R2Score().update(zeros([2, 2]), zeros([2, 2])).update(zeros([2]), zeros([2])),
    "R2Score: 1 outputs after 2 (targets [2])",
  ],
  [
    "whole logits",
    () => perplexity(zeros([2, 3], { dtype: "int32" }), labels(0, 1)),
    "perplexity: logits must be floating-point, got int32",
  ],
  [
    "characters",
    () => bitsPerCharacter(zeros([2, 3]), labels(0, 1), { characters: 0 }),
    "bitsPerCharacter: characters must be a whole number from 1 on, got 0",
  ],
  [
    "logits for probabilities",
    () => expectedCalibrationError(tensor([[2, -1]]), labels(0)),
    "expectedCalibrationError: probabilities must lie in [0, 1], got 2: logits go through softmax first",
  ],
  [
    "bins",
    () => new ExpectedCalibrationError({ bins: 1.5 }),
    "ExpectedCalibrationError: bins must be a whole number from 1 on, got 1.5",
  ],
  ["nothing seen", () => new Accuracy().compute(), "Accuracy: needs at least one sample, got none"],
  [
    "no elements",
    () => meanAbsoluteError(zeros([0]), zeros([0])),
    "meanAbsoluteError: needs at least one sample, got none",
  ],
  [
    "everything ignored",
    () => perplexity(ones([2, 3]), labels(-100, -100), { ignoreIndex: -100 }),
    "perplexity: needs at least one sample, got none",
  ],
])("says what is wrong: %s", (_, run, sentence) => {
  expect(run).toThrow(sentence);
});

it("takes in nothing of a batch that it refuses", () => {
  const metric = new ConfusionMatrix({ classes: 2 }).update(labels(0, 1), labels(0, 1));
  expect(() => metric.update(labels(0, 1), labels(1, 5))).toThrow("targets hold class 5");
  expect(metric.compute().tolist()).toEqual([
    [1, 0],
    [0, 1],
  ]);
});
