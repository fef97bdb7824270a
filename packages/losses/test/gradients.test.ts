import { gradcheck } from "@dl/autograd/testing";
import { logSoftmax, type Tensor, useDevice } from "@dl/tensor";
import { expect, test } from "vitest";
import * as losses from "../src/index.ts";
import { given, logs, normal, positive, share } from "./samples.ts";

type Row = readonly [name: string, fn: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[]];

await useDevice("cpu");

const pair = [normal([3, 4]), normal([3, 4], 1)] as const;
const signs = given([1, -1, 1, -1], "float64");
const vectors = [normal([4, 3]), normal([4, 3], 1)] as const;
const classes = given([2, 0, 3]);
const weight = positive([4], 2);
const maps = given([
  [1, 0],
  [2, -100],
]);
const ofLogits = (x: Tensor): Tensor => logSoftmax(x, { dim: -1 });

const rows: readonly Row[] = [
  ["mseLoss", (x, y) => losses.mseLoss(x, y), pair],
  ["mseLoss, broadcast", (x, y) => losses.mseLoss(x, y, { reduction: "none" }), [normal([3, 4]), normal([4], 1)]],
  ["l1Loss", (x, y) => losses.l1Loss(x, y, { reduction: "sum" }), pair],
  ["smoothL1Loss", (x, y) => losses.smoothL1Loss(x, y, { beta: 0.8, reduction: "none" }), pair],
  ["huberLoss", (x, y) => losses.huberLoss(x, y, { delta: 0.8, reduction: "none" }), pair],
  ["mapeLoss", (x, y) => losses.mapeLoss(x, y), pair],
  ["msleLoss", (x, y) => losses.msleLoss(x, y), [positive([5]), positive([5], 1)]],
  ["poissonNllLoss", (x, y) => losses.poissonNllLoss(x, y, { full: true }), [normal([6]), positive([6], 1)]],
  [
    "poissonNllLoss of rates",
    (x, y) => losses.poissonNllLoss(x, y, { logInput: false }),
    [positive([6]), positive([6], 1)],
  ],
  ["gaussianNllLoss", (x, y, v) => losses.gaussianNllLoss(x, y, v, { full: true }), [...pair, positive([3, 4], 2)]],
  ["gaussianNllLoss, one variance a row", (x, y, v) => losses.gaussianNllLoss(x, y, v), [...pair, positive([3], 2)]],
  ["klDiv", (x, y) => losses.klDiv(x, y, { reduction: "batchmean" }), [logs([3, 4]), share([3, 4], 1)]],
  ["klDiv of logarithms", (x, y) => losses.klDiv(x, y, { logTarget: true }), [logs([3, 4]), logs([3, 4], 1)]],
  [
    "binaryCrossEntropy",
    (x, y, w) => losses.binaryCrossEntropy(x, y, { weight: w }),
    [share([3, 4]), share([3, 4], 1), weight],
  ],
  [
    "binaryCrossEntropyWithLogits",
    (x, y) => losses.binaryCrossEntropyWithLogits(x, y),
    [normal([3, 4]), share([3, 4], 1)],
  ],
  [
    "binaryCrossEntropyWithLogits, weighted",
    (x, y, w, p) => losses.binaryCrossEntropyWithLogits(x, y, { weight: w, posWeight: p }),
    [normal([3, 4]), share([3, 4], 1), weight, positive([4], 3)],
  ],
  [
    "binaryCrossEntropyWithLogits at 0",
    (x, y) => losses.binaryCrossEntropyWithLogits(x, y),
    [given([0, 1], "float64"), given([0.25, 0.5], "float64")],
  ],
  ["nllLoss", (x) => losses.nllLoss(x, classes, { weight, ignoreIndex: 0 }), [logs([3, 4])]],
  ["nllLoss of maps", (x) => losses.nllLoss(x, maps, { reduction: "none" }), [normal([2, 3, 2])]],
  ["crossEntropy", (x) => losses.crossEntropy(x, classes), [normal([3, 4])]],
  [
    "crossEntropy, smoothed",
    (x) => losses.crossEntropy(x, classes, { weight, ignoreIndex: 0, labelSmoothing: 0.2 }),
    [normal([3, 4])],
  ],
  ["crossEntropy of maps", (x) => losses.crossEntropy(x, maps, { labelSmoothing: 0.1 }), [normal([2, 3, 2])]],
  ["crossEntropy without batch", (x) => losses.crossEntropy(x, given(2)), [normal([4])]],
  [
    "crossEntropy of shares",
    (x, y) => losses.crossEntropy(x, y, { weight, labelSmoothing: 0.3 }),
    [normal([2, 4, 2]), share([2, 4, 2], 1)],
  ],
  ["hingeEmbeddingLoss", (x) => losses.hingeEmbeddingLoss(x, signs), [normal([4])]],
  [
    "marginRankingLoss",
    (x, y) => losses.marginRankingLoss(x, y, signs, { margin: 0.5 }),
    [normal([4]), normal([4], 1)],
  ],
  ["softMarginLoss", (x) => losses.softMarginLoss(x, signs), [normal([4])]],
  ["cosineEmbeddingLoss", (x, y) => losses.cosineEmbeddingLoss(x, y, signs, { margin: -0.5 }), vectors],
  ["cosineSimilarity", (x, y) => losses.cosineSimilarity(x, y), vectors],
  ["pairwiseDistance", (x, y) => losses.pairwiseDistance(x, y, { p: 3 }), vectors],
  [
    "tripletMarginLoss",
    (x, y, z) => losses.tripletMarginLoss(x, y, z, { swap: true }),
    [...vectors, normal([4, 3], 2)],
  ],
  [
    "tripletMarginWithDistanceLoss",
    (x, y, z) =>
      losses.tripletMarginWithDistanceLoss(x, y, z, {
        distanceFunction: (a, b) => a.sub(b).mul(a.sub(b)).sum({ dim: 1 }),
      }),
    [...vectors, normal([4, 3], 2)],
  ],
  ["multiMarginLoss", (x) => losses.multiMarginLoss(x, classes, { p: 2, weight }), [normal([3, 4])]],
  [
    "multiLabelMarginLoss",
    (x) =>
      losses.multiLabelMarginLoss(
        x,
        given([
          [2, 0, -1, 1],
          [1, -1, 0, 0],
        ]),
      ),
    [normal([2, 4])],
  ],
  [
    "multiLabelSoftMarginLoss",
    (x, y) => losses.multiLabelSoftMarginLoss(x, y, { weight }),
    [normal([3, 4]), share([3, 4], 1)],
  ],
];

test.each(rows)("%s: first and second derivatives", (_, fn, inputs) => {
  expect(() => gradcheck(fn, inputs, { second: true })).not.toThrow();
});

test("ctcLoss: first derivatives, through logSoftmax", () => {
  const labels = given([
    [1, 2, 2],
    [3, 1, 0],
  ]);
  const loss = (x: Tensor): Tensor => losses.ctcLoss(ofLogits(x), labels, [7, 5], [3, 2]);
  expect(() => gradcheck(loss, [normal([7, 2, 4])])).not.toThrow();
});
