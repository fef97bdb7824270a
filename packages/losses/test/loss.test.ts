import type { Tensor } from "@dl/tensor";
import { ones, zeros } from "@dl/tensor";
import { expect, test } from "vitest";
import * as losses from "../src/index.ts";
import { given, logs, normal, positive, share } from "./samples.ts";

type Row = readonly [text: string, byClass: () => Tensor, byFunction: () => Tensor];

const [x, y] = [normal([3, 4]), share([3, 4], 1)];
const signs = given([1, -1, 1], "float64");
const classes = given([2, 0, 3]);
const weight = positive([4]);
const sum = { reduction: "sum" } as const;
const {
  BCELoss,
  BCEWithLogitsLoss,
  CosineEmbeddingLoss,
  CosineSimilarity,
  CrossEntropyLoss,
  CTCLoss,
  GaussianNLLLoss,
} = losses;

const rows: readonly Row[] = [
  ["BCELoss", () => new BCELoss({ weight }).forward(y, y), () => losses.binaryCrossEntropy(y, y, { weight })],
  [
    "BCEWithLogitsLoss",
    () => new BCEWithLogitsLoss({ posWeight: weight }).forward(x, y),
    () => losses.binaryCrossEntropyWithLogits(x, y, { posWeight: weight }),
  ],
  [
    "CosineEmbeddingLoss",
    () => new CosineEmbeddingLoss({ margin: 0.5 }).forward(x, y, signs),
    () => losses.cosineEmbeddingLoss(x, y, signs, { margin: 0.5 }),
  ],
  [
    "CosineSimilarity",
    () => new CosineSimilarity({ dim: 0 }).forward(x, y),
    () => losses.cosineSimilarity(x, y, { dim: 0 }),
  ],
  [
    "CrossEntropyLoss",
    () => new CrossEntropyLoss({ weight }).forward(x, classes),
    () => losses.crossEntropy(x, classes, { weight }),
  ],
  [
    "CTCLoss",
    () => new CTCLoss(sum).forward(logs([3, 4]), given([1]), [3], [1]),
    () => losses.ctcLoss(logs([3, 4]), given([1]), [3], [1], sum),
  ],
  [
    "GaussianNLLLoss",
    () => new GaussianNLLLoss({ full: true }).forward(x, y, y),
    () => losses.gaussianNllLoss(x, y, y, { full: true }),
  ],
  [
    "HingeEmbeddingLoss",
    () => new losses.HingeEmbeddingLoss({ margin: 2 }).forward(x, y),
    () => losses.hingeEmbeddingLoss(x, y, { margin: 2 }),
  ],
  ["HuberLoss", () => new losses.HuberLoss({ delta: 0.5 }).forward(x, y), () => losses.huberLoss(x, y, { delta: 0.5 })],
  [
    "KLDivLoss",
    () => new losses.KLDivLoss({ logTarget: true }).forward(x, y),
    () => losses.klDiv(x, y, { logTarget: true }),
  ],
  ["L1Loss", () => new losses.L1Loss(sum).forward(x, y), () => losses.l1Loss(x, y, sum)],
  ["MAPELoss", () => new losses.MAPELoss(sum).forward(x, y), () => losses.mapeLoss(x, y, sum)],
  [
    "MarginRankingLoss",
    () => new losses.MarginRankingLoss({ margin: 2 }).forward(x, y, y),
    () => losses.marginRankingLoss(x, y, y, { margin: 2 }),
  ],
  ["MSELoss", () => new losses.MSELoss(sum).forward(x, y), () => losses.mseLoss(x, y, sum)],
  ["MSLELoss", () => new losses.MSLELoss(sum).forward(y, y.mul(2)), () => losses.msleLoss(y, y.mul(2), sum)],
  [
    "MultiLabelMarginLoss",
    () => new losses.MultiLabelMarginLoss(sum).forward(x, labels()),
    () => losses.multiLabelMarginLoss(x, labels(), sum),
  ],
  [
    "MultiLabelSoftMarginLoss",
    () => new losses.MultiLabelSoftMarginLoss({ weight }).forward(x, y),
    () => losses.multiLabelSoftMarginLoss(x, y, { weight }),
  ],
  [
    "MultiMarginLoss",
    () => new losses.MultiMarginLoss({ p: 2, weight }).forward(x, classes),
    () => losses.multiMarginLoss(x, classes, { p: 2, weight }),
  ],
  [
    "NLLLoss",
    () => new losses.NLLLoss({ ignoreIndex: 0 }).forward(x, classes),
    () => losses.nllLoss(x, classes, { ignoreIndex: 0 }),
  ],
  [
    "PairwiseDistance",
    () => new losses.PairwiseDistance({ p: 1 }).forward(x, y),
    () => losses.pairwiseDistance(x, y, { p: 1 }),
  ],
  [
    "PoissonNLLLoss",
    () => new losses.PoissonNLLLoss({ full: true }).forward(x, y),
    () => losses.poissonNllLoss(x, y, { full: true }),
  ],
  [
    "SmoothL1Loss",
    () => new losses.SmoothL1Loss({ beta: 0.5 }).forward(x, y),
    () => losses.smoothL1Loss(x, y, { beta: 0.5 }),
  ],
  ["SoftMarginLoss", () => new losses.SoftMarginLoss(sum).forward(x, y), () => losses.softMarginLoss(x, y, sum)],
  [
    "TripletMarginLoss",
    () => new losses.TripletMarginLoss({ p: 1 }).forward(x, y, x.neg()),
    () => losses.tripletMarginLoss(x, y, x.neg(), { p: 1 }),
  ],
  [
    "TripletMarginWithDistanceLoss",
    () => new losses.TripletMarginWithDistanceLoss({ margin: 2 }).forward(x, y, x.neg()),
    () => losses.tripletMarginWithDistanceLoss(x, y, x.neg(), { margin: 2 }),
  ],
];

const labels = (): Tensor =>
  given([
    [2, 0, -1, 1],
    [1, -1, 0, 0],
    [-1, 0, 0, 0],
  ]);

test.each(rows)("%s is its function with options", (_, byClass, byFunction) => {
  expect(byClass().tolist()).toEqual(byFunction().tolist());
});

test("every class of the package is covered here", () => {
  const classes = Object.keys(losses).filter((name) => /^[A-Z]/.test(name) && name !== "Loss");
  expect(rows.map(([name]) => name).sort()).toEqual(classes.sort());
});

test("a loss prints the options that were given", () => {
  expect(String(new losses.MSELoss())).toBe("MSELoss()");
  expect(String(new losses.CrossEntropyLoss({ labelSmoothing: 0.1, weight: ones([10]) }))).toBe(
    "CrossEntropyLoss(labelSmoothing=0.1, weight=[10])",
  );
  const distanceFunction = losses.pairwiseDistance;
  expect(String(new losses.TripletMarginWithDistanceLoss({ distanceFunction, swap: true }))).toBe(
    "TripletMarginWithDistanceLoss(distanceFunction=pairwiseDistance, swap=true)",
  );
});

test("integer inputs of a mean loss are refused", () => {
  expect(() => losses.mseLoss(zeros([2], { dtype: "int32" }), zeros([2], { dtype: "int32" }))).toThrow(
    "mseLoss: takes floating-point tensors, got int32",
  );
});
