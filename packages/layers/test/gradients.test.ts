import { gradcheck } from "@dl/autograd/testing";
import { Generator, randn, type Tensor, tensor } from "@dl/tensor";
import { describe, test } from "vitest";
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
};

describe.each(["train", "eval"])("gradients in %s mode", (mode) => {
  for (const [name, make] of Object.entries(layers)) {
    test(name, () => {
      const [layer, ...inputs] = make();
      check(layer.train(mode === "train"), inputs);
    });
  }
});
