import * as dl from "@dl/losses";
import { row } from "./row.ts";

const reduction = { reduction: "reduction" } as const;
const margin = { margin: "margin", ...reduction } as const;
const old = "size_average=None, reduce=None, reduction='mean'";
const f = "torch.nn.functional";

export const losses = [
  row(`${f}.binary_cross_entropy(input, target, weight=None, ${old})`, (a) =>
    dl.binaryCrossEntropy(a.tensor(), a.tensor("target"), a.options({ weight: "weight", ...reduction })),
  ),
  row(`${f}.binary_cross_entropy_with_logits(input, target, weight=None, ${old}, pos_weight=None)`, (a) =>
    dl.binaryCrossEntropyWithLogits(
      a.tensor(),
      a.tensor("target"),
      a.options({ weight: "weight", posWeight: "pos_weight", ...reduction }),
    ),
  ),
  row(`${f}.cosine_embedding_loss(input1, input2, target, margin=0, ${old})`, (a) =>
    dl.cosineEmbeddingLoss(a.tensor("input1"), a.tensor("input2"), a.tensor("target"), a.options(margin)),
  ),
  row(`${f}.cosine_similarity(x1, x2, dim=1, eps=1e-8)`, (a) =>
    dl.cosineSimilarity(a.tensor("x1"), a.tensor("x2"), a.options({ dim: "dim", eps: "eps" })),
  ),
  row(
    `${f}.cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)`,
    (a) =>
      dl.crossEntropy(
        a.tensor(),
        a.tensor("target"),
        a.options({ weight: "weight", ignoreIndex: "ignore_index", labelSmoothing: "label_smoothing", ...reduction }),
      ),
  ),
  row(
    `${f}.ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False)`,
    (a) =>
      dl.ctcLoss(
        a.tensor("log_probs"),
        a.tensor("targets"),
        a.get<dl.Lengths>("input_lengths"),
        a.get<dl.Lengths>("target_lengths"),
        a.options({ blank: "blank", zeroInfinity: "zero_infinity", ...reduction }),
      ),
  ),
  row(`${f}.gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction='mean')`, (a) =>
    dl.gaussianNllLoss(
      a.tensor(),
      a.tensor("target"),
      a.tensor("var"),
      a.options({ full: "full", eps: "eps", ...reduction }),
    ),
  ),
  row(`${f}.hinge_embedding_loss(input, target, margin=1.0, ${old})`, (a) =>
    dl.hingeEmbeddingLoss(a.tensor(), a.tensor("target"), a.options(margin)),
  ),
  row(`${f}.huber_loss(input, target, reduction='mean', delta=1.0)`, (a) =>
    dl.huberLoss(a.tensor(), a.tensor("target"), a.options({ delta: "delta", ...reduction })),
  ),
  row(`${f}.kl_div(input, target, ${old}, log_target=False)`, (a) =>
    dl.klDiv(a.tensor(), a.tensor("target"), a.options({ logTarget: "log_target", ...reduction })),
  ),
  row(`${f}.l1_loss(input, target, ${old})`, (a) => dl.l1Loss(a.tensor(), a.tensor("target"), a.options(reduction))),
  row(`${f}.margin_ranking_loss(input1, input2, target, margin=0, ${old})`, (a) =>
    dl.marginRankingLoss(a.tensor("input1"), a.tensor("input2"), a.tensor("target"), a.options(margin)),
  ),
  row(`${f}.mse_loss(input, target, ${old})`, (a) => dl.mseLoss(a.tensor(), a.tensor("target"), a.options(reduction))),
  row(`${f}.multi_margin_loss(input, target, p=1, margin=1.0, weight=None, ${old})`, (a) =>
    dl.multiMarginLoss(a.tensor(), a.tensor("target"), a.options({ p: "p", weight: "weight", ...margin })),
  ),
  row(`${f}.multilabel_margin_loss(input, target, ${old})`, (a) =>
    dl.multiLabelMarginLoss(a.tensor(), a.tensor("target"), a.options(reduction)),
  ),
  row(`${f}.multilabel_soft_margin_loss(input, target, weight=None, ${old})`, (a) =>
    dl.multiLabelSoftMarginLoss(a.tensor(), a.tensor("target"), a.options({ weight: "weight", ...reduction })),
  ),
  row(
    `${f}.nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')`,
    (a) =>
      dl.nllLoss(
        a.tensor(),
        a.tensor("target"),
        a.options({ weight: "weight", ignoreIndex: "ignore_index", ...reduction }),
      ),
  ),
  row(`${f}.pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False)`, (a) =>
    dl.pairwiseDistance(a.tensor("x1"), a.tensor("x2"), a.options({ p: "p", eps: "eps", keepdim: "keepdim" })),
  ),
  row(
    `${f}.poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean')`,
    (a) =>
      dl.poissonNllLoss(
        a.tensor(),
        a.tensor("target"),
        a.options({ logInput: "log_input", full: "full", eps: "eps", ...reduction }),
      ),
  ),
  row(`${f}.smooth_l1_loss(input, target, ${old}, beta=1.0)`, (a) =>
    dl.smoothL1Loss(a.tensor(), a.tensor("target"), a.options({ beta: "beta", ...reduction })),
  ),
  row(`${f}.soft_margin_loss(input, target, ${old})`, (a) =>
    dl.softMarginLoss(a.tensor(), a.tensor("target"), a.options(reduction)),
  ),
  row(`${f}.triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, ${old})`, (a) =>
    dl.tripletMarginLoss(
      a.tensor("anchor"),
      a.tensor("positive"),
      a.tensor("negative"),
      a.options({ p: "p", eps: "eps", swap: "swap", ...margin }),
    ),
  ),
  row(
    `${f}.triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean')`,
    (a) =>
      dl.tripletMarginWithDistanceLoss(
        a.tensor("anchor"),
        a.tensor("positive"),
        a.tensor("negative"),
        a.options({ distanceFunction: "distance_function", swap: "swap", ...margin }),
      ),
  ),
];
