import { gradcheck } from "@dl/autograd/testing";
import { Generator, randn, type Tensor, tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import * as nn from "../src/index.ts";

const generator = new Generator(1);
const floats = (...shape: number[]): Tensor => randn(shape, { dtype: "float64", generator });
const indices = (values: number[][]): Tensor => tensor(values, { dtype: "int32" });

/** Where each parameter lives. */
const placesOf = (layer: nn.AnyModule): [nn.AnyModule, string][] =>
  layer
    .modules()
    .flatMap((module) =>
      Object.entries(module).flatMap(([field, value]): [nn.AnyModule, string][] =>
        nn.isParameter(value) ? [[module, field]] : [],
      ),
    );

/** Compares the gradients of inputs and parameters with central differences, in float64. */
function check(layer: nn.Module<[x: Tensor, y: Tensor]> | nn.Module, inputs: readonly Tensor[]): void {
  layer.to({ dtype: "float64" });
  const places = placesOf(layer);
  const run = (...leaves: Tensor[]): Tensor => {
    for (const [i, [module, field]] of places.entries()) Object.assign(module, { [field]: leaves[inputs.length + i] });
    generator.manualSeed(3);
    return Reflect.apply(layer.forward, layer, leaves.slice(0, inputs.length));
  };
  gradcheck(run, [...inputs, ...layer.parameters().map((parameter) => parameter.detach())], { second: true });
}

const image = (): Tensor => floats(2, 2, 4, 4);
const line = (): Tensor => floats(2, 2, 5);
const volume = (): Tensor => floats(1, 1, 2, 3, 2);
const small = { dimFeedforward: 2, dropout: 0, generator };

const layers: Readonly<Record<string, () => [nn.Module<[x: Tensor, y: Tensor]> | nn.Module, ...Tensor[]]>> = {
  Linear: () => [new nn.Linear(3, 2), floats(4, 3)],
  Bilinear: () => [new nn.Bilinear(2, 3, 2), floats(4, 2), floats(4, 3)],
  Conv1d: () => [new nn.Conv1d(2, 2, 3, { padding: 1, paddingMode: "reflect" }), line()],
  Conv2d: () => [new nn.Conv2d(2, 2, 3, { padding: 1, stride: 2 }), image()],
  "Conv2d circular": () => [new nn.Conv2d(2, 2, 2, { padding: "same", paddingMode: "circular", groups: 2 }), image()],
  ConvTranspose1d: () => [new nn.ConvTranspose1d(2, 2, 3, { stride: 2, outputPadding: 1 }), line()],
  ConvTranspose2d: () => [new nn.ConvTranspose2d(2, 1, 2, { stride: 2 }), floats(1, 2, 2, 2)],
  MaxPool1d: () => [new nn.MaxPool1d(2), line()],
  MaxPool2d: () => [new nn.MaxPool2d(3, { stride: 2, padding: 1 }), image()],
  AvgPool1d: () => [new nn.AvgPool1d(2), line()],
  AvgPool2d: () => [new nn.AvgPool2d(2, { padding: 1, countIncludePad: false }), image()],
  LPPool2d: () => [new nn.LPPool2d(2, 2), image()],
  AdaptiveAvgPool2d: () => [new nn.AdaptiveAvgPool2d([3, null]), image()],
  AdaptiveMaxPool2d: () => [new nn.AdaptiveMaxPool2d(3), image()],
  BatchNorm1d: () => [new nn.BatchNorm1d(3), floats(4, 3)],
  BatchNorm2d: () => [new nn.BatchNorm2d(2), floats(2, 2, 2, 2)],
  InstanceNorm1d: () => [new nn.InstanceNorm1d(2, { affine: true }), line()],
  LayerNorm: () => [new nn.LayerNorm([2, 3]), floats(2, 2, 3)],
  GroupNorm: () => [new nn.GroupNorm(2, 4), floats(2, 4, 3)],
  LocalResponseNorm: () => [new nn.LocalResponseNorm(2, { alpha: 0.1 }), floats(1, 3, 2)],
  Embedding: () => [
    new nn.Embedding(4, 2, { paddingIdx: 3 }),
    indices([
      [0, 2],
      [2, 1],
    ]),
  ],
  EmbeddingBag: () => [
    new nn.EmbeddingBag(4, 2),
    indices([
      [0, 2],
      [2, 1],
    ]),
  ],
  Dropout: () => [new nn.Dropout({ generator }), floats(3, 4)],
  Dropout2d: () => [new nn.Dropout2d({ generator }), image()],
  AlphaDropout: () => [new nn.AlphaDropout({ generator }), floats(3, 4)],
  Flatten: () => [new nn.Flatten(), image()],
  Unflatten: () => [new nn.Unflatten(1, [2, 3]), floats(2, 6)],
  Identity: () => [new nn.Identity(), floats(3)],
  CELU: () => [new nn.CELU({ alpha: 2 }), floats(6)],
  ELU: () => [new nn.ELU(), floats(6)],
  GELU: () => [new nn.GELU(), floats(6)],
  "GELU tanh": () => [new nn.GELU({ approximate: "tanh" }), floats(6)],
  GLU: () => [new nn.GLU(), floats(2, 6)],
  Hardshrink: () => [new nn.Hardshrink(), floats(6)],
  Hardsigmoid: () => [new nn.Hardsigmoid(), floats(6)],
  Hardswish: () => [new nn.Hardswish(), floats(6)],
  Hardtanh: () => [new nn.Hardtanh(), floats(6)],
  LeakyReLU: () => [new nn.LeakyReLU(), floats(6)],
  LogSigmoid: () => [new nn.LogSigmoid(), floats(6)],
  LogSoftmax: () => [new nn.LogSoftmax({ dim: 1 }), floats(2, 3)],
  Mish: () => [new nn.Mish(), floats(6)],
  PReLU: () => [new nn.PReLU(3), floats(2, 3)],
  RReLU: () => [new nn.RReLU({ generator }), floats(6)],
  ReLU: () => [new nn.ReLU(), floats(6)],
  ReLU6: () => [new nn.ReLU6(), floats(6)],
  SELU: () => [new nn.SELU(), floats(6)],
  SiLU: () => [new nn.SiLU(), floats(6)],
  Sigmoid: () => [new nn.Sigmoid(), floats(6)],
  Softmax: () => [new nn.Softmax({ dim: 1 }), floats(2, 3)],
  Softmax2d: () => [new nn.Softmax2d(), floats(1, 3, 2, 1)],
  Softmin: () => [new nn.Softmin({ dim: 0 }), floats(2, 3)],
  Softplus: () => [new nn.Softplus({ beta: 2 }), floats(6)],
  Softshrink: () => [new nn.Softshrink(), floats(6)],
  Softsign: () => [new nn.Softsign(), floats(6)],
  Tanh: () => [new nn.Tanh(), floats(6)],
  Tanhshrink: () => [new nn.Tanhshrink(), floats(6)],
  ConstantPad1d: () => [new nn.ConstantPad1d([1, 2], 3), line()],
  ReflectionPad2d: () => [new nn.ReflectionPad2d([1, 2, 0, 1]), image()],
  ReplicationPad3d: () => [new nn.ReplicationPad3d(1), floats(1, 2, 2, 2)],
  CircularPad1d: () => [new nn.CircularPad1d(2), line()],
  ZeroPad2d: () => [new nn.ZeroPad2d(1), image()],
  Upsample: () => [new nn.Upsample({ scaleFactor: 1.5, mode: "bicubic" }), image()],
  UpsamplingNearest2d: () => [new nn.UpsamplingNearest2d({ scaleFactor: 2 }), image()],
  UpsamplingBilinear2d: () => [new nn.UpsamplingBilinear2d({ size: [3, 7] }), image()],
  PixelShuffle: () => [new nn.PixelShuffle(2), floats(1, 4, 2, 3)],
  PixelUnshuffle: () => [new nn.PixelUnshuffle(2), image()],
  ChannelShuffle: () => [new nn.ChannelShuffle(2), floats(1, 4, 3)],
  Unfold: () => [new nn.Unfold([2, 3], { padding: 1, stride: 2 }), image()],
  Fold: () => [new nn.Fold([3, 4], 2), floats(4, 6)],
  Threshold: () => [new nn.Threshold({ threshold: 0.1, value: 2 }), floats(6)],
  Conv3d: () => [new nn.Conv3d(1, 2, 2), volume()],
  ConvTranspose3d: () => [new nn.ConvTranspose3d(1, 1, 2), volume()],
  MaxPool3d: () => [new nn.MaxPool3d(2), volume()],
  AvgPool3d: () => [new nn.AvgPool3d(2), volume()],
  LPPool1d: () => [new nn.LPPool1d(2, 2), line()],
  AdaptiveAvgPool1d: () => [new nn.AdaptiveAvgPool1d(3), line()],
  AdaptiveAvgPool3d: () => [new nn.AdaptiveAvgPool3d(1), volume()],
  AdaptiveMaxPool1d: () => [new nn.AdaptiveMaxPool1d(2), line()],
  AdaptiveMaxPool3d: () => [new nn.AdaptiveMaxPool3d(1), volume()],
  MaxUnpool1d: () => [new nn.MaxUnpool1d(2), floats(1, 1, 2), tensor([[[1, 2]]], { dtype: "int32" })],
  MaxUnpool2d: () => [new nn.MaxUnpool2d(2), floats(1, 1, 1, 2), tensor([[[[5, 2]]]], { dtype: "int32" })],
  MaxUnpool3d: () => [new nn.MaxUnpool3d(2), floats(1, 1, 1, 1, 2), tensor([[[[[9, 2]]]]], { dtype: "int32" })],
  BatchNorm3d: () => [new nn.BatchNorm3d(2), floats(2, 2, 1, 2, 1)],
  InstanceNorm2d: () => [new nn.InstanceNorm2d(2), floats(1, 2, 2, 2)],
  InstanceNorm3d: () => [new nn.InstanceNorm3d(2, { affine: true }), floats(1, 2, 1, 2, 2)],
  Dropout1d: () => [new nn.Dropout1d({ generator }), line()],
  Dropout3d: () => [new nn.Dropout3d({ generator }), floats(2, 2, 1, 2, 2)],
  FeatureAlphaDropout: () => [new nn.FeatureAlphaDropout({ generator }), image()],
  ConstantPad2d: () => [new nn.ConstantPad2d(1, 3), image()],
  ConstantPad3d: () => [new nn.ConstantPad3d([1, 0, 0, 1, 0, 0], 3), volume()],
  ReflectionPad1d: () => [new nn.ReflectionPad1d(2), line()],
  ReflectionPad3d: () => [new nn.ReflectionPad3d(1), volume()],
  ReplicationPad1d: () => [new nn.ReplicationPad1d([0, 2]), line()],
  ReplicationPad2d: () => [new nn.ReplicationPad2d(1), image()],
  CircularPad2d: () => [new nn.CircularPad2d([1, 0, 0, 1]), image()],
  CircularPad3d: () => [new nn.CircularPad3d(1), volume()],
  ZeroPad1d: () => [new nn.ZeroPad1d(1), line()],
  ZeroPad3d: () => [new nn.ZeroPad3d(1), volume()],
  Sequential: () => [new nn.Sequential(new nn.Linear(3, 2), new nn.Tanh()), floats(2, 3)],
  PositionalEncoding: () => [new nn.PositionalEncoding(4, { maxLength: 3, generator }), floats(3, 1, 4)],
  TransformerEncoderLayer: () => [new nn.TransformerEncoderLayer(2, 1, small), floats(3, 1, 2)],
  TransformerEncoder: () => [
    new nn.TransformerEncoder(new nn.TransformerEncoderLayer(2, 1, small), 1),
    floats(2, 1, 2),
  ],
  TransformerDecoderLayer: () => [new nn.TransformerDecoderLayer(2, 1, small), floats(2, 1, 2), floats(3, 1, 2)],
  TransformerDecoder: () => [
    new nn.TransformerDecoder(new nn.TransformerDecoderLayer(2, 1, small), 1),
    floats(2, 1, 2),
    floats(2, 1, 2),
  ],
  AdaptiveLogSoftmaxWithLoss: () => [new Likelihoods(), floats(3, 2), tensor([0, 2, 4], { dtype: "int32" })],
};

/** The first result of the layer that has two. */
class Likelihoods extends nn.Module<[x: Tensor, y: Tensor]> {
  readonly layer = new nn.AdaptiveLogSoftmaxWithLoss(2, 5, [2, 3], { divValue: 1 });

  override forward(x: Tensor, y: Tensor): Tensor {
    return this.layer.forward(x, y).output;
  }
}

/** Checked with their sequences, graphs and results in sequence/gradients.test.ts and graph.test.ts. */
const elsewhere = "RNN LSTM GRU RNNCell LSTMCell GRUCell MultiheadAttention Transformer GCNConv GATConv SAGEConv".split(
  " ",
);

/** They compute nothing. */
const containers = ["Module", "ModuleDict", "ModuleList", "ParameterDict", "ParameterList"];

test("every layer is checked", () => {
  const classes = Object.entries(nn).filter(
    ([, value]) => typeof value === "function" && (value === nn.Module || value.prototype instanceof nn.Module),
  );
  const checked = [...Object.keys(layers), ...elsewhere, ...containers];
  expect(classes.map(([name]) => name).filter((name) => !checked.includes(name))).toEqual([]);
});

describe.each(["train", "eval"])("gradients in %s mode", (mode) => {
  for (const [name, make] of Object.entries(layers)) {
    test(name, () => {
      const [layer, ...inputs] = make();
      check(layer.train(mode === "train"), inputs);
    });
  }
});
