export {
  CELU,
  ELU,
  Hardshrink,
  Hardtanh,
  LeakyReLU,
  PReLU,
  ReLU,
  ReLU6,
  RReLU,
  type RReLUOptions,
  SELU,
  Softshrink,
  Threshold,
} from "./activation/rectifiers.ts";
export {
  GELU,
  GLU,
  Hardsigmoid,
  Hardswish,
  LogSigmoid,
  Mish,
  Sigmoid,
  SiLU,
  Softplus,
  Softsign,
  Tanh,
  Tanhshrink,
} from "./activation/sigmoids.ts";
export { LogSoftmax, Softmax, Softmax2d, type SoftmaxLayerOptions, Softmin } from "./activation/softmax.ts";
export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveAvgPool3d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AdaptiveMaxPool3d,
} from "./adaptive-pool.ts";
export { BatchNorm1d, BatchNorm2d, BatchNorm3d, type BatchNormLayerOptions } from "./batch-norm.ts";
export { Bilinear, type BilinearOptions } from "./bilinear.ts";
export { Conv1d, Conv2d, Conv3d, type ConvLayerOptions, type PaddingMode } from "./conv.ts";
export { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d, type ConvTransposeLayerOptions } from "./conv-transpose.ts";
export {
  AlphaDropout,
  Dropout,
  Dropout1d,
  Dropout2d,
  Dropout3d,
  type DropoutLayerOptions,
  FeatureAlphaDropout,
} from "./dropout.ts";
export { Embedding, EmbeddingBag, type EmbeddingBagLayerOptions, type EmbeddingLayerOptions } from "./embedding.ts";
export { Flatten, type FlattenOptions, Unflatten } from "./flatten.ts";
export {
  GroupNorm,
  type GroupNormLayerOptions,
  LocalResponseNorm,
  type LocalResponseNormLayerOptions,
} from "./group-norm.ts";
export { Identity } from "./identity.ts";
export { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d, type InstanceNormLayerOptions } from "./instance-norm.ts";
export { LayerNorm, type LayerNormLayerOptions } from "./layer-norm.ts";
export { Linear, type LinearOptions } from "./linear.ts";
export { LPPool1d, LPPool2d, type LPPoolLayerOptions } from "./lp-pool.ts";
export { type AnyModule, Module } from "./module.ts";
export { ModuleList } from "./module-list.ts";
export { isParameter, Parameter } from "./parameter.ts";
export {
  AvgPool1d,
  type AvgPool1dOptions,
  AvgPool2d,
  AvgPool3d,
  type AvgPoolLayerOptions,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
  type MaxPoolLayerOptions,
} from "./pool.ts";
export { Sequential } from "./sequential.ts";
export type { LoadReport, StateDict } from "./state.ts";
export { type SummaryOptions, summary } from "./summary.ts";
