import * as nn from "@dl/layers";
import type { PerDim } from "@dl/tensor";
import type { Args } from "../args.ts";
import { type ModuleRow, moduleRow } from "./module-row.ts";

/** A module of one input. */
const simple = (signature: string, build: (a: Args) => nn.Module): ModuleRow =>
  moduleRow(`torch.nn.${signature}`, "(input)", build, (module, a) => module.forward(a.tensor()));

const sizes = { size: "size", scaleFactor: "scale_factor" } as const;
const blocks = { dilation: "dilation", padding: "padding", stride: "stride" } as const;

const border = (name: string, Layer: new (padding: nn.Padding) => nn.Module): ModuleRow =>
  simple(`${name}(padding)`, (a) => new Layer(a.get<nn.Padding>("padding")));

const constant = (name: string, Layer: new (padding: nn.Padding, value: number) => nn.Module): ModuleRow =>
  simple(`${name}(padding, value)`, (a) => new Layer(a.get<nn.Padding>("padding"), a.number("value")));

export const visionModules = [
  simple(
    "Upsample(size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None)",
    (a) =>
      new nn.Upsample(
        a.options<nn.UpsampleOptions>({
          ...sizes,
          mode: "mode",
          alignCorners: "align_corners",
          recomputeScaleFactor: "recompute_scale_factor",
        }),
      ),
  ),
  simple("UpsamplingNearest2d(size=None, scale_factor=None)", (a) => new nn.UpsamplingNearest2d(a.options(sizes))),
  simple("UpsamplingBilinear2d(size=None, scale_factor=None)", (a) => new nn.UpsamplingBilinear2d(a.options(sizes))),
  simple("PixelShuffle(upscale_factor)", (a) => new nn.PixelShuffle(a.number("upscale_factor"))),
  simple("PixelUnshuffle(downscale_factor)", (a) => new nn.PixelUnshuffle(a.number("downscale_factor"))),
  simple("ChannelShuffle(groups)", (a) => new nn.ChannelShuffle(a.number("groups"))),
  simple("Unfold(kernel_size, dilation=1, padding=0, stride=1)", (a) => {
    return new nn.Unfold(a.get<PerDim>("kernel_size"), a.options(blocks));
  }),
  simple("Fold(output_size, kernel_size, dilation=1, padding=0, stride=1)", (a) => {
    return new nn.Fold(a.get<PerDim>("output_size"), a.get<PerDim>("kernel_size"), a.options(blocks));
  }),
  constant("ConstantPad1d", nn.ConstantPad1d),
  constant("ConstantPad2d", nn.ConstantPad2d),
  constant("ConstantPad3d", nn.ConstantPad3d),
  border("ZeroPad2d", nn.ZeroPad2d),
  border("ReflectionPad1d", nn.ReflectionPad1d),
  border("ReflectionPad2d", nn.ReflectionPad2d),
  border("ReflectionPad3d", nn.ReflectionPad3d),
  border("ReplicationPad1d", nn.ReplicationPad1d),
  border("ReplicationPad2d", nn.ReplicationPad2d),
  border("ReplicationPad3d", nn.ReplicationPad3d),
];
