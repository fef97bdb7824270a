export { Accuracy, accuracy, TopKAccuracy, type TopKOptions, topKAccuracy } from "./accuracy.ts";
export { Auroc, type AurocOptions, auroc } from "./auroc.ts";
export { type BootstrapOptions, bootstrapInterval, type Interval } from "./bootstrap.ts";
export {
  type CalibrationBin,
  type CalibrationOptions,
  ExpectedCalibrationError,
  expectedCalibrationError,
} from "./calibration.ts";
export { type ClassesOptions, ConfusionMatrix, type ConfusionOptions, confusionMatrix } from "./confusion.ts";
export type { LabelOptions } from "./labels.ts";
export {
  BitsPerCharacter,
  type BitsPerCharacterOptions,
  bitsPerCharacter,
  type LikelihoodOptions,
  Perplexity,
  perplexity,
} from "./likelihood.ts";
export type { Metric } from "./metric.ts";
export {
  type Average,
  type AverageOptions,
  F1,
  type FBetaOptions,
  f1,
  Precision,
  precision,
  Recall,
  recall,
} from "./precision-recall.ts";
export { type R2Options, R2Score, r2Score } from "./r2.ts";
export {
  MeanAbsoluteError,
  MeanSquaredError,
  meanAbsoluteError,
  meanSquaredError,
  RootMeanSquaredError,
  rootMeanSquaredError,
} from "./regression.ts";
export type { ScoreOptions } from "./scores.ts";
