export {
  CELU,
  ELU,
  LeakyReLU,
  PReLU,
  ReLU,
  ReLU6,
  RReLU,
  type RReLUOptions,
  SELU,
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
export { Hardshrink, Hardtanh, Softshrink, Threshold } from "./activation/thresholds.ts";
export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveAvgPool3d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AdaptiveMaxPool3d,
} from "./adaptive-pool.ts";
export {
  AdaptiveLogSoftmaxWithLoss,
  type AdaptiveSoftmaxOptions,
  type AdaptiveSoftmaxOutput,
} from "./adaptive-softmax.ts";
export { type KeysAndValues, KeyValueCache } from "./attention/cache.ts";
export { type DecoderMasks, TransformerDecoder, TransformerDecoderLayer } from "./attention/decoder.ts";
export {
  type EncoderLayerMasks,
  type EncoderMasks,
  type StackOptions,
  TransformerEncoder,
  TransformerEncoderLayer,
  type TransformerLayerOptions,
} from "./attention/encoder.ts";
export type { Activation } from "./attention/feedforward.ts";
export {
  type Attended,
  type AttendOptions,
  MultiheadAttention,
  type MultiheadAttentionOptions,
} from "./attention/multihead.ts";
export { Transformer, type TransformerMasks, type TransformerOptions } from "./attention/transformer.ts";
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
export { type BlockLayerOptions, Fold, Unfold } from "./fold.ts";
export { GATConv, type GATConvOptions } from "./graph/gat-conv.ts";
export { GCNConv, type GCNConvOptions } from "./graph/gcn-conv.ts";
export { SAGEConv, type SAGEConvOptions } from "./graph/sage-conv.ts";
export { GroupNorm, type GroupNormLayerOptions } from "./group-norm.ts";
export {
  type BackwardHook,
  type ForwardHook,
  type ForwardPreHook,
  type RemoveHook,
  registerForwardHook,
  registerForwardPreHook,
  registerFullBackwardHook,
} from "./hooks.ts";
export { Identity } from "./identity.ts";
export { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d, type InstanceNormLayerOptions } from "./instance-norm.ts";
export { LayerNorm, type LayerNormLayerOptions } from "./layer-norm.ts";
export { Linear, type LinearOptions } from "./linear.ts";
export { LocalResponseNorm, type LocalResponseNormLayerOptions } from "./local-response-norm.ts";
export { LPPool1d, LPPool2d, type LPPoolLayerOptions } from "./lp-pool.ts";
export { type LayerReport, type ModelReport, measure } from "./measure.ts";
export { type AnyModule, Module } from "./module.ts";
export { ModuleDict } from "./module-dict.ts";
export { ModuleList } from "./module-list.ts";
export {
  CircularPad1d,
  CircularPad2d,
  CircularPad3d,
  ConstantPad1d,
  ConstantPad2d,
  ConstantPad3d,
  type Padding,
  ReflectionPad1d,
  ReflectionPad2d,
  ReflectionPad3d,
  ReplicationPad1d,
  ReplicationPad2d,
  ReplicationPad3d,
  ZeroPad1d,
  ZeroPad2d,
  ZeroPad3d,
} from "./pad.ts";
export { isParameter, Parameter } from "./parameter.ts";
export { ParameterDict, ParameterList } from "./parameter-list.ts";
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
export { PositionalEncoding, type PositionalEncodingOptions } from "./positional-encoding.ts";
export { type CellOptions, GRUCell, LSTMCell, RNNCell, type RNNCellOptions } from "./recurrent/cells.ts";
export { GRU } from "./recurrent/gru.ts";
export { LSTM, type LSTMOptions, type LSTMOutput, type LSTMState } from "./recurrent/lstm.ts";
export type { RecurrentOptions } from "./recurrent/recurrent.ts";
export { type RecurrentOutput, RNN, type RNNOptions } from "./recurrent/rnn.ts";
export type { SameSequences, Sequences } from "./recurrent/sequences.ts";
export { Sequential } from "./sequential.ts";
export { ChannelShuffle, PixelShuffle, PixelUnshuffle } from "./shuffle.ts";
export { removeSpectralNorm, type SpectralNormOptions, spectralNorm } from "./spectral-norm.ts";
export type { LoadReport, StateDict } from "./state.ts";
export { type SummaryOptions, summary } from "./summary.ts";
export {
  MaxUnpool1d,
  MaxUnpool2d,
  MaxUnpool3d,
  type MaxUnpoolLayerOptions,
  type UnpoolOptions,
} from "./unpool.ts";
export {
  Upsample,
  type UpsampleOptions,
  type UpsampleSize,
  UpsamplingBilinear2d,
  UpsamplingNearest2d,
} from "./upsample.ts";
export { removeWeightNorm, type WeightNormOptions, weightNorm } from "./weight-norm.ts";
