import * as nn from "@dl/layers";
import { maxPool2d, type OutputSize, type PerDim, type Shape, type Tensor } from "@dl/tensor";
import type { Args } from "../args.ts";
import { type ModuleRow, moduleRow } from "./module-row.ts";

/** A module of one input. */
const simple = (signature: string, build: (a: Args) => nn.Module): ModuleRow =>
  moduleRow(`torch.nn.${signature}`, "(input)", build, (module, a) => module.forward(a.tensor()));

type Conv = new (
  inChannels: number,
  outChannels: number,
  kernelSize: PerDim,
  options?: nn.ConvLayerOptions,
) => nn.Module;
type ConvTranspose = new (
  inChannels: number,
  outChannels: number,
  kernelSize: PerDim,
  options?: nn.ConvTransposeLayerOptions,
) => nn.Module;
type MaxPool = new (kernelSize: PerDim, options?: nn.MaxPoolLayerOptions) => nn.Module;
type AvgPool = new (kernelSize: PerDim, options?: nn.AvgPoolLayerOptions) => nn.Module;
type LPPool = new (normType: number, kernelSize: PerDim, options?: nn.LPPoolLayerOptions) => nn.Module;
type AdaptivePool = new (outputSize: OutputSize) => nn.Module;
type BatchNorm = new (numFeatures: number, options?: nn.BatchNormLayerOptions) => nn.Module;
type InstanceNorm = new (numFeatures: number, options?: nn.InstanceNormLayerOptions) => nn.Module;
type Dropout = new (options?: nn.DropoutLayerOptions) => nn.Module;

const channels = "in_channels, out_channels, kernel_size, stride=1, padding=0";
const shared = { stride: "stride", padding: "padding", dilation: "dilation", groups: "groups", bias: "bias" } as const;

const conv = (name: string, Layer: Conv): ModuleRow =>
  simple(`${name}(${channels}, dilation=1, groups=1, bias=True, padding_mode='zeros')`, (a) => {
    const options = a.options<nn.ConvLayerOptions>({ ...shared, paddingMode: "padding_mode" });
    return new Layer(a.number("in_channels"), a.number("out_channels"), a.get<PerDim>("kernel_size"), options);
  });

const convTranspose = (name: string, Layer: ConvTranspose): ModuleRow =>
  simple(`${name}(${channels}, output_padding=0, groups=1, bias=True, dilation=1)`, (a) => {
    const options = a.options<nn.ConvTransposeLayerOptions>({ ...shared, outputPadding: "output_padding" });
    return new Layer(a.number("in_channels"), a.number("out_channels"), a.get<PerDim>("kernel_size"), options);
  });

const windows = { stride: "stride", padding: "padding", ceilMode: "ceil_mode" } as const;
const maxSignature = "(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False)";

const maxPool = (name: string, Layer: MaxPool): ModuleRow =>
  simple(
    name + maxSignature,
    (a) => new Layer(a.get<PerDim>("kernel_size"), a.options({ ...windows, dilation: "dilation" })),
  );

const avgPool = (name: string, Layer: AvgPool): ModuleRow =>
  simple(
    `${name}(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)`,
    (a) => {
      const options = a.options<nn.AvgPoolLayerOptions>({
        ...windows,
        countIncludePad: "count_include_pad",
        divisorOverride: "divisor_override",
      });
      return new Layer(a.get<PerDim>("kernel_size"), options);
    },
  );

const lpPool = (name: string, Layer: LPPool): ModuleRow =>
  simple(`${name}(norm_type, kernel_size, stride=None, ceil_mode=False)`, (a) => {
    return new Layer(
      a.number("norm_type"),
      a.get<PerDim>("kernel_size"),
      a.options({ stride: "stride", ceilMode: "ceil_mode" }),
    );
  });

const adaptivePool = (name: string, Layer: AdaptivePool): ModuleRow =>
  simple(`${name}(output_size)`, (a) => new Layer(a.get<OutputSize>("output_size")));

/** `momentum=None` is a choice of its own: null here. */
function normOptions<O extends nn.BatchNormLayerOptions>(a: Args): O {
  const options = a.options<O>({
    eps: "eps",
    momentum: "momentum",
    affine: "affine",
    trackRunningStats: "track_running_stats",
  });
  return a.isNone("momentum") ? { ...options, momentum: null } : options;
}

const norm = (name: string, Layer: BatchNorm | InstanceNorm, affine: string): ModuleRow =>
  simple(`${name}(num_features, eps=1e-05, momentum=0.1, affine=${affine}, track_running_stats=${affine})`, (a) => {
    return new Layer(a.number("num_features"), normOptions(a));
  });

const dropout = (name: string, Layer: Dropout): ModuleRow =>
  simple(`${name}(p=0.5, inplace=False)`, (a) => new Layer(a.options({ p: "p" })));

const tableOptions = {
  paddingIdx: "padding_idx",
  maxNorm: "max_norm",
  normType: "norm_type",
  scaleGradByFreq: "scale_grad_by_freq",
} as const;

export const layerModules = [
  simple("Linear(in_features, out_features, bias=True)", (a) => {
    return new nn.Linear(a.number("in_features"), a.number("out_features"), a.options({ bias: "bias" }));
  }),
  moduleRow(
    "torch.nn.Bilinear(in1_features, in2_features, out_features, bias=True)",
    "(input1, input2)",
    (a) =>
      new nn.Bilinear(
        a.number("in1_features"),
        a.number("in2_features"),
        a.number("out_features"),
        a.options({ bias: "bias" }),
      ),
    (bilinear, a) => bilinear.forward(a.tensor("input1"), a.tensor("input2")),
  ),
  simple("Identity()", () => new nn.Identity()),
  simple(
    "Flatten(start_dim=1, end_dim=-1)",
    (a) => new nn.Flatten(a.options({ startDim: "start_dim", endDim: "end_dim" })),
  ),
  simple("Unflatten(dim, unflattened_size)", (a) => new nn.Unflatten(a.number("dim"), a.numbers("unflattened_size"))),
  conv("Conv1d", nn.Conv1d),
  conv("Conv2d", nn.Conv2d),
  conv("Conv3d", nn.Conv3d),
  convTranspose("ConvTranspose1d", nn.ConvTranspose1d),
  convTranspose("ConvTranspose2d", nn.ConvTranspose2d),
  convTranspose("ConvTranspose3d", nn.ConvTranspose3d),
  maxPool("MaxPool1d", nn.MaxPool1d),
  moduleRow(
    `torch.nn.MaxPool2d${maxSignature}`,
    "(input)",
    (a) =>
      Object.assign(new nn.MaxPool2d(a.get<PerDim>("kernel_size"), a.options({ ...windows, dilation: "dilation" })), {
        wantsIndices: a.maybe<boolean>("return_indices"),
      }),
    (pool, a) => {
      if (!pool.wantsIndices) return pool.forward(a.tensor());
      const { values, indices } = maxPool2d(a.tensor(), { ...pool.window, returnIndices: true });
      return [values, indices];
    },
  ),
  maxPool("MaxPool3d", nn.MaxPool3d),
  avgPool("AvgPool1d", nn.AvgPool1d),
  avgPool("AvgPool2d", nn.AvgPool2d),
  avgPool("AvgPool3d", nn.AvgPool3d),
  lpPool("LPPool1d", nn.LPPool1d),
  lpPool("LPPool2d", nn.LPPool2d),
  adaptivePool("AdaptiveAvgPool1d", nn.AdaptiveAvgPool1d),
  adaptivePool("AdaptiveAvgPool2d", nn.AdaptiveAvgPool2d),
  adaptivePool("AdaptiveAvgPool3d", nn.AdaptiveAvgPool3d),
  adaptivePool("AdaptiveMaxPool1d", nn.AdaptiveMaxPool1d),
  adaptivePool("AdaptiveMaxPool2d", nn.AdaptiveMaxPool2d),
  adaptivePool("AdaptiveMaxPool3d", nn.AdaptiveMaxPool3d),
  norm("BatchNorm1d", nn.BatchNorm1d, "True"),
  norm("BatchNorm2d", nn.BatchNorm2d, "True"),
  norm("BatchNorm3d", nn.BatchNorm3d, "True"),
  norm("InstanceNorm1d", nn.InstanceNorm1d, "False"),
  norm("InstanceNorm2d", nn.InstanceNorm2d, "False"),
  norm("InstanceNorm3d", nn.InstanceNorm3d, "False"),
  simple("LayerNorm(normalized_shape, eps=1e-05, elementwise_affine=True)", (a) => {
    return new nn.LayerNorm(
      a.get<number | Shape>("normalized_shape"),
      a.options({ eps: "eps", elementwiseAffine: "elementwise_affine" }),
    );
  }),
  simple("GroupNorm(num_groups, num_channels, eps=1e-05, affine=True)", (a) => {
    return new nn.GroupNorm(
      a.number("num_groups"),
      a.number("num_channels"),
      a.options({ eps: "eps", affine: "affine" }),
    );
  }),
  simple("LocalResponseNorm(size, alpha=0.0001, beta=0.75, k=1.0)", (a) => {
    return new nn.LocalResponseNorm(a.number("size"), a.options({ alpha: "alpha", beta: "beta", k: "k" }));
  }),
  dropout("Dropout", nn.Dropout),
  dropout("Dropout1d", nn.Dropout1d),
  dropout("Dropout2d", nn.Dropout2d),
  dropout("Dropout3d", nn.Dropout3d),
  dropout("AlphaDropout", nn.AlphaDropout),
  dropout("FeatureAlphaDropout", nn.FeatureAlphaDropout),
  simple(
    "Embedding(num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False)",
    (a) => {
      return new nn.Embedding(a.number("num_embeddings"), a.number("embedding_dim"), a.options({ ...tableOptions }));
    },
  ),
  moduleRow(
    "torch.nn.EmbeddingBag(num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None)",
    "(input, offsets=None, per_sample_weights=None)",
    (a) => {
      const options = a.options<nn.EmbeddingBagLayerOptions>({
        ...tableOptions,
        mode: "mode",
        includeLastOffset: "include_last_offset",
      });
      return new nn.EmbeddingBag(a.number("num_embeddings"), a.number("embedding_dim"), options);
    },
    (bag, a) => bag.forward(a.tensor(), a.maybe<Tensor>("offsets"), a.maybe<Tensor>("per_sample_weights")),
  ),
];
