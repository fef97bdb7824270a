import { requiresGrad_ } from "@dl/autograd";
import { gradcheck } from "@dl/autograd/testing";
import { logSoftmax, tensor, zeros } from "@dl/tensor";
import { expect, test } from "vitest";
import * as losses from "../src/index.ts";
import { given } from "./samples.ts";

const four = zeros([3, 4]);
const classes = given([0, 1, 2]);
const frames = logSoftmax(zeros([5, 2, 4]), { dim: 2 });
const labels = given([
  [1, 2],
  [3, 1],
]);
const wrong = "average" as "mean";

test.each<readonly [() => unknown, string]>([
  [
    () => losses.mseLoss(four, four, { reduction: wrong }),
    'mseLoss: reduction must be "mean", "sum", "none", got "average"',
  ],
  [
    () => losses.crossEntropy(four, classes, { reduction: wrong }),
    'crossEntropy: reduction must be "mean", "sum", "none", got "average"',
  ],
  [
    () => losses.klDiv(four, four, { reduction: wrong }),
    'klDiv: reduction must be "mean", "batchmean", "sum", "none", got "average"',
  ],
  [
    () => losses.mseLoss(four, zeros([3, 5])),
    "mseLoss: sizes 4 and 5 do not broadcast at dimension 1 (input [3, 4], target [3, 5])",
  ],
  [() => losses.l1Loss(classes, classes), "l1Loss: takes floating-point tensors, got int32"],
  [() => losses.smoothL1Loss(four, four, { beta: -1 }), "smoothL1Loss: beta must not be negative, got -1"],
  [() => losses.huberLoss(four, four, { delta: 0 }), "huberLoss: delta must be above 0, got 0"],
  [
    () => losses.gaussianNllLoss(four, four, zeros([4])),
    "gaussianNllLoss: variance must have the shape of input, or one value for its last dimension (input [3, 4], variance [4])",
  ],
  [
    () => losses.gaussianNllLoss(four, four, tensor([1, -2, 1])),
    "gaussianNllLoss: variance must not be negative, got -2",
  ],
  [() => losses.gaussianNllLoss(four, four, four, { eps: 0 }), "gaussianNllLoss: eps must be above 0, got 0"],
  [
    () => losses.binaryCrossEntropy(tensor([0.5, 2]), zeros([2])),
    "binaryCrossEntropy: input must lie between 0 and 1, got 2: for logits use binaryCrossEntropyWithLogits",
  ],
  [
    () => losses.binaryCrossEntropy(tensor([0.5, Number.NaN]), zeros([2])),
    "binaryCrossEntropy: input must lie between 0 and 1, got NaN: for logits use binaryCrossEntropyWithLogits",
  ],
  [
    () => losses.binaryCrossEntropyWithLogits(zeros([3]), zeros([3, 1])),
    "binaryCrossEntropyWithLogits: input and target differ in shape (input [3], target [3, 1])",
  ],
  [
    () => losses.crossEntropy(four, given([0, 4, 1])),
    "crossEntropy: target 4 is out of range for 4 classes (input [3, 4], target [3])",
  ],
  [
    () => losses.crossEntropy(four, given([0, -1, 1])),
    "crossEntropy: target -1 is out of range for 4 classes (input [3, 4], target [3])",
  ],
  [() => losses.crossEntropy(four, zeros([3])), "crossEntropy: classes must be int32, got float32 (target [3])"],
  [
    () => losses.crossEntropy(four, zeros([3, 4], { dtype: "int32" })),
    "crossEntropy: a target in the shape of input holds probabilities, which must be floats, got int32 (input [3, 4], target [3, 4])",
  ],
  [
    () => losses.crossEntropy(four, four, { ignoreIndex: 1 }),
    "crossEntropy: ignoreIndex 1 means nothing for probabilities (input [3, 4], target [3, 4])",
  ],
  [
    () => losses.crossEntropy(four, classes, { labelSmoothing: 2 }),
    "crossEntropy: labelSmoothing must lie between 0 and 1, got 2",
  ],
  [
    () => losses.crossEntropy(four, classes, { weight: zeros([3]) }),
    "crossEntropy: weight must be [4], one per class (weight [3])",
  ],
  [
    () => losses.crossEntropy(tensor(1), given(0)),
    "crossEntropy: input must be [classes] or [batch, classes, ...] (input [])",
  ],
  [
    () => losses.nllLoss(four, given([0, 1])),
    "nllLoss: target must be [3], one class for each place of input (input [3, 4], target [2])",
  ],
  [
    () => losses.nllLoss(zeros([2, 4, 5]), given([0, 1])),
    "nllLoss: target must be [2, 5], one class for each place of input (input [2, 4, 5], target [2])",
  ],
  [
    () => losses.marginRankingLoss(zeros([3]), zeros([3, 1]), zeros([3])),
    "marginRankingLoss: operands differ in rank: 1, 2 and 1 (input1 [3], input2 [3, 1], target [3])",
  ],
  [
    () => losses.tripletMarginLoss(four, four, zeros([4])),
    "tripletMarginLoss: operands differ in rank: 2, 2 and 1 (anchor [3, 4], positive [3, 4], negative [4])",
  ],
  [
    () => losses.cosineEmbeddingLoss(zeros([4]), zeros([4]), zeros([1])),
    "cosineEmbeddingLoss: inputs must be [batch, d] with target [batch], or [d] with target [] (input1 [4], input2 [4], target [1])",
  ],
  [() => losses.multiMarginLoss(four, classes, { p: 3 }), "multiMarginLoss: p must be 1 or 2, got 3"],
  [() => new losses.MultiMarginLoss({ p: 3 }), "multiMarginLoss: p must be 1 or 2, got 3"],
  [
    () => losses.multiMarginLoss(four, given([0, 1])),
    "multiMarginLoss: target must be [3], one class for each row of input (input [3, 4], target [2])",
  ],
  [
    () => losses.multiMarginLoss(four, given([0, 1, 7])),
    "multiMarginLoss: target 7 is out of range for 4 classes (input [3, 4], target [3])",
  ],
  [
    () => losses.multiMarginLoss(zeros([2, 3, 4]), classes),
    "multiMarginLoss: input must be [batch, classes] or [classes] with a class at least (input [2, 3, 4], target [3])",
  ],
  [
    () => losses.multiLabelMarginLoss(four, given([[0, 1]])),
    "multiLabelMarginLoss: input and target differ in shape (input [3, 4], target [1, 2])",
  ],
  [
    () => losses.multiLabelMarginLoss(zeros([3]), given([0, 3, -1])),
    "multiLabelMarginLoss: target 3 is out of range for 3 classes (input [3], target [3])",
  ],
  [
    () => losses.multiLabelMarginLoss(tensor(1), given(0)),
    "multiLabelMarginLoss: input must be [batch, classes] or [classes] with a class at least (input [], target [])",
  ],
  [
    () => losses.ctcLoss(zeros([4]), labels, [1], [1]),
    "ctcLoss: logProbs must be [frames, batch, classes] or [frames, classes] (logProbs [4], targets [2, 2])",
  ],
  [
    () => losses.ctcLoss(frames, zeros([2, 2]), [5, 5], [2, 2]),
    "ctcLoss: classes must be int32, got float32 (target [2, 2])",
  ],
  [
    () => losses.ctcLoss(zeros([5, 4], { dtype: "int32" }), given([1]), [5], [1]),
    "ctcLoss: logProbs must be floating-point, got int32",
  ],
  [
    () => losses.ctcLoss(frames, labels, [5, 6], [2, 2]),
    "ctcLoss: inputLengths must lie between 0 and 5, the frames there are: got 6",
  ],
  [
    () => losses.ctcLoss(frames, labels, [5], [2, 2]),
    "ctcLoss: inputLengths must have one length for each of 2 sequences, got 1",
  ],
  [
    () => losses.ctcLoss(frames, labels, [5, 5], [2, 3]),
    "ctcLoss: targetLengths must lie between 0 and 2, the labels there are: got 3",
  ],
  [
    () => losses.ctcLoss(frames, given([1, 2, 3]), [5, 5], [2, 2]),
    "ctcLoss: targetLengths add up to 4, but there are 3 labels (targets [3])",
  ],
  [
    () => losses.ctcLoss(frames, given([[1, 2]]), [5, 5], [2, 2]),
    "ctcLoss: targets must have a row for each of 2 sequences (targets [1, 2])",
  ],
  [
    () => losses.ctcLoss(frames, given(1), [5, 5], [1, 1]),
    "ctcLoss: targets must be [batch, labels], or all labels in a row (targets [])",
  ],
  [
    () => losses.ctcLoss(frames, labels, [5, 5], [2, 2], { blank: 4 }),
    "ctcLoss: blank 4 is out of range for 4 classes (logProbs [5, 2, 4], targets [2, 2])",
  ],
  [
    () =>
      losses.ctcLoss(
        frames,
        given([
          [1, 4],
          [1, 1],
        ]),
        [5, 5],
        [2, 2],
      ),
    "ctcLoss: target 4 is out of range for 4 classes (logProbs [5, 2, 4], targets [2, 2])",
  ],
])("%# %s", (call, sentence) => {
  expect(call).toThrow(sentence);
});

test("ctcLoss says that it has no second derivative", () => {
  const x = requiresGrad_(zeros([5, 2, 4], { dtype: "float64" }));
  expect(() =>
    gradcheck((y) => losses.ctcLoss(logSoftmax(y, { dim: 2 }), labels, [5, 5], [2, 2]), [x], { second: true }),
  ).toThrow("ctcLoss: has no second derivative");
});
