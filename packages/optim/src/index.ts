export { Adadelta, type AdadeltaGroup, type AdadeltaOptions, type AdadeltaState } from "./adadelta.ts";
export { Adagrad, type AdagradGroup, type AdagradOptions, type AdagradState } from "./adagrad.ts";
export { Adam, type AdamGroup, type AdamOptions, type AdamState, AdamW } from "./adam.ts";
export { Adamax, type AdamaxGroup, type AdamaxOptions, type AdamaxState } from "./adamax.ts";
export { ASGD, type ASGDGroup, type ASGDOptions, type ASGDState } from "./asgd.ts";
export { type ClipNormOptions, clipGradNorm_, clipGradValue_ } from "./clip.ts";
export type { GroupInput, Hyper, ParamGroup, ParamsInput } from "./hyper.ts";
export { LAMB, type LAMBGroup, type LAMBOptions, type LAMBState } from "./lamb.ts";
export { LBFGS, type LBFGSGroup, type LBFGSOptions, type LBFGSState } from "./lbfgs.ts";
export { Lion, type LionGroup, type LionOptions, type LionState } from "./lion.ts";
export { NAdam, type NAdamGroup, type NAdamOptions, type NAdamState } from "./nadam.ts";
export { Optimizer } from "./optimizer.ts";
export { ParameterwiseOptimizer } from "./parameterwise.ts";
export { RAdam, type RAdamGroup, type RAdamOptions, type RAdamState } from "./radam.ts";
export { RMSprop, type RMSpropGroup, type RMSpropOptions, type RMSpropState } from "./rmsprop.ts";
export { Rprop, type RpropGroup, type RpropOptions, type RpropState } from "./rprop.ts";
export { ChainedScheduler, type CombinedState, SequentialLR, type SequentialLROptions } from "./schedulers/combined.ts";
export {
  CosineAnnealingLR,
  type CosineAnnealingLROptions,
  CosineAnnealingWarmRestarts,
  type CosineAnnealingWarmRestartsOptions,
} from "./schedulers/cosine.ts";
export { CyclicLR, type CyclicLROptions } from "./schedulers/cycle.ts";
export { ExponentialLR } from "./schedulers/exponential.ts";
export { LambdaLR, MultiplicativeLR } from "./schedulers/lambda.ts";
export {
  ConstantLR,
  type ConstantLROptions,
  LinearLR,
  type LinearLROptions,
  PolynomialLR,
  type PolynomialLROptions,
} from "./schedulers/linear.ts";
export { OneCycleLR, type OneCycleLROptions } from "./schedulers/one-cycle.ts";
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from "./schedulers/plateau.ts";
export { LRScheduler, type Scheduled, type ScheduledGroup } from "./schedulers/scheduler.ts";
export { MultiStepLR, type MultiStepLROptions, StepLR, type StepLROptions } from "./schedulers/step.ts";
export { SGD, type SGDGroup, type SGDOptions, type SGDState } from "./sgd.ts";
export type { OptimizerStateDict, StateRecord, StateValue } from "./state-dict.ts";
export { parametersToVector, vectorToParameters } from "./vector.ts";
