import { tensor, zeros } from "@dl/tensor";
import { expect, it } from "vitest";
import {
  accuracy,
  auroc,
  ConfusionMatrix,
  confusionMatrix,
  ExpectedCalibrationError,
  f1,
  perplexity,
  precision,
  r2Score,
  topKAccuracy,
} from "../src/index.ts";

const whole = { dtype: "int32" } as const;

it("finds classes along any dimension", () => {
  const scores = tensor([
    [
      [9, 0, 0],
      [0, 9, 0],
    ],
  ]);
  expect(accuracy(scores, tensor([[0, 1]], whole), { dim: -1 })).toBe(1);
  expect(accuracy(scores.transpose(1, 2), tensor([[0, 2]], whole))).toBe(0.5);
});

it("takes the first of equal scores, and NaN before all", () => {
  const scores = tensor([
    [1, 1, 0],
    [0, NaN, 5],
  ]);
  expect(accuracy(scores, tensor([0, 1], whole))).toBe(1);
  expect(topKAccuracy(scores, tensor([0, 1], whole), { k: 1 })).toBe(1);
  expect(topKAccuracy(scores, tensor([1, 2], whole), { k: 1 })).toBe(0);
  expect(topKAccuracy(scores, tensor([1, 2], whole), { k: 2 })).toBe(1);
});

it("leaves out ignored samples", () => {
  const targets = tensor([0, -100, 1], whole);
  expect(
    accuracy(
      tensor([
        [1, 0],
        [1, 0],
        [1, 0],
      ]),
      targets,
      { ignoreIndex: -100 },
    ),
  ).toBe(0.5);
  expect(accuracy(tensor([0, 1, 1], whole), targets, { ignoreIndex: -100 })).toBe(1);
  expect(confusionMatrix(tensor([0, 1, 1], whole), targets, { ignoreIndex: -100 }).tolist()).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(auroc(tensor([0, 9, 1]), targets, { ignoreIndex: -100 })).toBe(1);
  expect(
    perplexity(
      tensor([
        [0, 0],
        [7, 0],
        [0, 0],
      ]),
      targets,
      { ignoreIndex: -100 },
    ),
  ).toBeCloseTo(2, 12);
});

it("thresholds probabilities of class 1", () => {
  const p = tensor([0.2, 0.5, 0.7]);
  expect(accuracy(p, tensor([0, 0, 1], whole), { threshold: 0.5 })).toBe(1);
  expect(accuracy(p, tensor([true, true, true]), { threshold: 0.1 })).toBe(1);
  expect(confusionMatrix(p, tensor([0, 0, 0], whole), { threshold: 0.9 }).tolist()).toEqual([
    [3, 0],
    [0, 0],
  ]);
});

it("widens while new classes appear", () => {
  const metric = new ConfusionMatrix();
  metric.update(tensor([0], whole), tensor([0], whole)).update(tensor([2], whole), tensor([1], whole));
  expect(metric.compute().tolist()).toEqual([
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 0],
  ]);
  metric.reset();
  expect(
    metric
      .update(tensor([0], whole), tensor([0], whole))
      .compute()
      .tolist(),
  ).toEqual([[1]]);
});

it("gives zeroDivision where nothing was predicted or there", () => {
  const [predicted, actual] = [tensor([0, 0], whole), tensor([0, 1], whole)];
  expect(precision(predicted, actual, { average: "none", zeroDivision: 1 })).toEqual([0.5, 1]);
  expect(precision(predicted, actual, { average: "none", zeroDivision: NaN })).toEqual([0.5, NaN]);
  expect(f1(predicted, actual, { average: "none", classes: 3 })).toEqual([2 / 3, 0, 0]);
  expect(f1(predicted, predicted, { average: "binary" })).toBe(0);
});

it("gives half the area to equal scores", () => {
  expect(auroc(zeros([4]), tensor([0, 1, 0, 1], whole))).toBe(0.5);
  expect(auroc(tensor([-Infinity, Infinity]), tensor([0, 1], whole))).toBe(1);
});

it("knows the bins of a reliability diagram", () => {
  const metric = new ExpectedCalibrationError({ bins: 2 });
  metric.update(
    tensor([
      [0.75, 0.25],
      [0.25, 0.75],
      [0.5, 0.5],
    ]),
    tensor([0, 0, 1], whole),
  );
  expect(metric.bins()).toEqual([
    { samples: 1, confidence: 0.5, accuracy: 0 },
    { samples: 2, confidence: 0.75, accuracy: 0.5 },
  ]);
  expect(metric.compute()).toBeCloseTo((0.5 + 2 * 0.25) / 3, 12);
});

it("scores targets that are all equal as scikit-learn does", () => {
  expect([r2Score(tensor([2, 2]), tensor([2, 2])), r2Score(tensor([2, 3]), tensor([2, 2]))]).toEqual([1, 0]);
});
