export {
  BCELoss,
  type BCELossOptions,
  BCEWithLogitsLoss,
  type BCEWithLogitsLossOptions,
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
} from "./binary-cross-entropy.ts";
export { CosineEmbeddingLoss, type CosineEmbeddingLossOptions, cosineEmbeddingLoss } from "./cosine-embedding.ts";
export { CrossEntropyLoss, type CrossEntropyLossOptions, crossEntropy } from "./cross-entropy.ts";
export { CTCLoss, type CTCLossOptions, ctcLoss, type Lengths } from "./ctc.ts";
export {
  CosineSimilarity,
  type CosineSimilarityOptions,
  cosineSimilarity,
  PairwiseDistance,
  type PairwiseDistanceOptions,
  pairwiseDistance,
} from "./distance.ts";
export { GaussianNLLLoss, type GaussianNLLLossOptions, gaussianNllLoss } from "./gaussian.ts";
export { KLDivLoss, type KLDivLossOptions, klDiv } from "./kl-div.ts";
export {
  HuberLoss,
  type HuberLossOptions,
  huberLoss,
  L1Loss,
  l1Loss,
  SmoothL1Loss,
  type SmoothL1LossOptions,
  smoothL1Loss,
} from "./l1.ts";
export { Loss } from "./loss.ts";
export {
  HingeEmbeddingLoss,
  type HingeEmbeddingLossOptions,
  hingeEmbeddingLoss,
  MarginRankingLoss,
  type MarginRankingLossOptions,
  marginRankingLoss,
  SoftMarginLoss,
  softMarginLoss,
} from "./margin.ts";
export { MSELoss, mseLoss } from "./mse.ts";
export {
  MultiLabelMarginLoss,
  MultiLabelSoftMarginLoss,
  type MultiLabelSoftMarginLossOptions,
  multiLabelMarginLoss,
  multiLabelSoftMarginLoss,
} from "./multi-label.ts";
export { MultiMarginLoss, type MultiMarginLossOptions, multiMarginLoss } from "./multi-margin.ts";
export { NLLLoss, type NLLLossOptions, nllLoss } from "./nll.ts";
export { PoissonNLLLoss, type PoissonNLLLossOptions, poissonNllLoss } from "./poisson.ts";
export type { LossOptions, Reduction } from "./reduction.ts";
export { MAPELoss, MSLELoss, mapeLoss, msleLoss } from "./relative.ts";
export {
  type DistanceFunction,
  TripletMarginLoss,
  type TripletMarginLossOptions,
  TripletMarginWithDistanceLoss,
  type TripletMarginWithDistanceLossOptions,
  tripletMarginLoss,
  tripletMarginWithDistanceLoss,
} from "./triplet.ts";
