export type { Callback, Record } from "./callback.ts";
export {
  type AveragedOptions,
  type AveragedState,
  type AveragedWeights,
  averagedWeights,
} from "./callbacks/averaged-weights.ts";
export { type CheckpointCallbackOptions, checkpoint } from "./callbacks/checkpoint.ts";
export { type ClipOptions, clipGradients } from "./callbacks/clip.ts";
export {
  type EarlyStopping,
  type EarlyStoppingOptions,
  type EarlyStoppingState,
  earlyStopping,
} from "./callbacks/early-stopping.ts";
export { type ProgressDisplay, type ProgressOptions, progressBar } from "./callbacks/progress.ts";
export { type FitOptions, type FitResult, fit, type Measured } from "./fit.ts";
export { findLearningRate, type LearningRateOptions, type LearningRates } from "./learning-rate.ts";
export { estimateMemory, type MemoryEstimate, type MemoryOptions } from "./memory.ts";
export { type ActivationReport, inspectActivations } from "./monitor/activations.ts";
export {
  type GradientMonitor,
  type GradientMonitorOptions,
  type GradientNorms,
  gradientMonitor,
  gradientNorms,
} from "./monitor/gradients.ts";
export { firstNonFinite, type NonFinite, stopWhenNotFinite } from "./monitor/non-finite.ts";
export { elasticNet, l1, l2 } from "./regularizers.ts";
export type { Run, RunState } from "./run.ts";
export {
  gridSearch,
  type HalvingOptions,
  type RandomSearchOptions,
  randomSearch,
  type SearchResult,
  type Setting,
  type Space,
  successiveHalving,
  type Trial,
} from "./search.ts";
