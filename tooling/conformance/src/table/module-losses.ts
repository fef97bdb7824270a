import * as dl from "@dl/losses";
import type { Tensor } from "@dl/tensor";
import type { Args } from "../args.ts";
import { type ModuleRow, moduleRow } from "./module-row.ts";

interface PairLoss {
  forward(input: Tensor, target: Tensor): Tensor;
}

interface TripleLoss {
  forward(first: Tensor, second: Tensor, third: Tensor): Tensor;
}

const reduction = { reduction: "reduction" } as const;
const margin = { margin: "margin", ...reduction } as const;
const weight = { weight: "weight", ...reduction } as const;
const old = "size_average=None, reduce=None, reduction='mean'";

const ofTwo = (signature: string, build: (a: Args) => PairLoss): ModuleRow =>
  moduleRow(`torch.nn.${signature}`, "(input, target)", build, (loss, a) =>
    loss.forward(a.tensor(), a.tensor("target")),
  );

const ofThree = (
  signature: string,
  names: readonly [string, string, string],
  build: (a: Args) => TripleLoss,
): ModuleRow =>
  moduleRow(`torch.nn.${signature}`, `(${names.join(", ")})`, build, (loss, a) =>
    loss.forward(a.tensor(names[0]), a.tensor(names[1]), a.tensor(names[2])),
  );

const pairs = ["input1", "input2", "target"] as const;
const triplets = ["anchor", "positive", "negative"] as const;

export const lossModules = [
  ofTwo(`BCELoss(weight=None, ${old})`, (a) => new dl.BCELoss(a.options(weight))),
  ofTwo(
    `BCEWithLogitsLoss(weight=None, ${old}, pos_weight=None)`,
    (a) => new dl.BCEWithLogitsLoss(a.options({ posWeight: "pos_weight", ...weight })),
  ),
  ofThree(`CosineEmbeddingLoss(margin=0.0, ${old})`, pairs, (a) => new dl.CosineEmbeddingLoss(a.options(margin))),
  moduleRow(
    "torch.nn.CosineSimilarity(dim=1, eps=1e-08)",
    "(x1, x2)",
    (a) => new dl.CosineSimilarity(a.options({ dim: "dim", eps: "eps" })),
    (similarity, a) => similarity.forward(a.tensor("x1"), a.tensor("x2")),
  ),
  ofTwo(
    "CrossEntropyLoss(weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)",
    (a) =>
      new dl.CrossEntropyLoss(a.options({ ignoreIndex: "ignore_index", labelSmoothing: "label_smoothing", ...weight })),
  ),
  moduleRow(
    "torch.nn.CTCLoss(blank=0, reduction='mean', zero_infinity=False)",
    "(log_probs, targets, input_lengths, target_lengths)",
    (a) => new dl.CTCLoss(a.options({ blank: "blank", zeroInfinity: "zero_infinity", ...reduction })),
    (loss, a) =>
      loss.forward(
        a.tensor("log_probs"),
        a.tensor("targets"),
        a.get<dl.Lengths>("input_lengths"),
        a.get<dl.Lengths>("target_lengths"),
      ),
  ),
  ofThree(
    "GaussianNLLLoss(*, full=False, eps=1e-06, reduction='mean')",
    ["input", "target", "var"],
    (a) => new dl.GaussianNLLLoss(a.options({ full: "full", eps: "eps", ...reduction })),
  ),
  ofTwo(`HingeEmbeddingLoss(margin=1.0, ${old})`, (a) => new dl.HingeEmbeddingLoss(a.options(margin))),
  ofTwo("HuberLoss(reduction='mean', delta=1.0)", (a) => new dl.HuberLoss(a.options({ delta: "delta", ...reduction }))),
  ofTwo(
    `KLDivLoss(${old}, log_target=False)`,
    (a) => new dl.KLDivLoss(a.options({ logTarget: "log_target", ...reduction })),
  ),
  ofTwo(`L1Loss(${old})`, (a) => new dl.L1Loss(a.options(reduction))),
  ofThree(`MarginRankingLoss(margin=0.0, ${old})`, pairs, (a) => new dl.MarginRankingLoss(a.options(margin))),
  ofTwo(`MSELoss(${old})`, (a) => new dl.MSELoss(a.options(reduction))),
  ofTwo(`MultiLabelMarginLoss(${old})`, (a) => new dl.MultiLabelMarginLoss(a.options(reduction))),
  ofTwo(`MultiLabelSoftMarginLoss(weight=None, ${old})`, (a) => new dl.MultiLabelSoftMarginLoss(a.options(weight))),
  ofTwo(
    `MultiMarginLoss(p=1, margin=1.0, weight=None, ${old})`,
    (a) => new dl.MultiMarginLoss(a.options({ p: "p", weight: "weight", ...margin })),
  ),
  ofTwo(
    "NLLLoss(weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')",
    (a) => new dl.NLLLoss(a.options({ ignoreIndex: "ignore_index", ...weight })),
  ),
  moduleRow(
    "torch.nn.PairwiseDistance(p=2.0, eps=1e-06, keepdim=False)",
    "(x1, x2)",
    (a) => new dl.PairwiseDistance(a.options({ p: "p", eps: "eps", keepdim: "keepdim" })),
    (distance, a) => distance.forward(a.tensor("x1"), a.tensor("x2")),
  ),
  ofTwo(
    "PoissonNLLLoss(log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean')",
    (a) => new dl.PoissonNLLLoss(a.options({ logInput: "log_input", full: "full", eps: "eps", ...reduction })),
  ),
  ofTwo(`SmoothL1Loss(${old}, beta=1.0)`, (a) => new dl.SmoothL1Loss(a.options({ beta: "beta", ...reduction }))),
  ofTwo(`SoftMarginLoss(${old})`, (a) => new dl.SoftMarginLoss(a.options(reduction))),
  ofThree(
    `TripletMarginLoss(margin=1.0, p=2.0, eps=1e-06, swap=False, ${old})`,
    triplets,
    (a) => new dl.TripletMarginLoss(a.options({ p: "p", eps: "eps", swap: "swap", ...margin })),
  ),
  ofThree(
    "TripletMarginWithDistanceLoss(*, distance_function=None, margin=1.0, swap=False, reduction='mean')",
    triplets,
    (a) =>
      new dl.TripletMarginWithDistanceLoss(
        a.options({ distanceFunction: "distance_function", swap: "swap", ...margin }),
      ),
  ),
];
