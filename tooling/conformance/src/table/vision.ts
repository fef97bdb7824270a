import * as dl from "@dl/tensor";
import { row } from "./row.ts";

const blocks = { kernelSize: "kernel_size", dilation: "dilation", padding: "padding", stride: "stride" } as const;

export const vision = [
  row(
    "torch.nn.functional.interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)",
    (a) =>
      dl.interpolate(
        a.tensor(),
        a.options<dl.InterpolateOptions>({
          size: "size",
          scaleFactor: "scale_factor",
          mode: "mode",
          alignCorners: "align_corners",
          recomputeScaleFactor: "recompute_scale_factor",
          antialias: "antialias",
        }),
      ),
  ),
  row("torch.nn.functional.upsample_nearest(input, size=None, scale_factor=None)", (a) =>
    dl.interpolate(a.tensor(), a.options<dl.InterpolateOptions>({ size: "size", scaleFactor: "scale_factor" })),
  ),
  row("torch.nn.functional.upsample_bilinear(input, size=None, scale_factor=None)", (a) => {
    const sizes = a.options<dl.InterpolateOptions>({ size: "size", scaleFactor: "scale_factor" });
    return dl.interpolate(a.tensor(), { ...sizes, mode: "bilinear", alignCorners: true });
  }),
  row("torch.nn.functional.pixel_shuffle(input, upscale_factor)", (a) =>
    dl.pixelShuffle(a.tensor(), a.number("upscale_factor")),
  ),
  row("torch.nn.functional.pixel_unshuffle(input, downscale_factor)", (a) =>
    dl.pixelUnshuffle(a.tensor(), a.number("downscale_factor")),
  ),
  row("torch.nn.functional.channel_shuffle(input, groups)", (a) => dl.channelShuffle(a.tensor(), a.number("groups"))),
  row("torch.nn.functional.grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)", (a) =>
    dl.gridSample(
      a.tensor(),
      a.tensor("grid"),
      a.options({ mode: "mode", paddingMode: "padding_mode", alignCorners: "align_corners" }),
    ),
  ),
  row("torch.nn.functional.affine_grid(theta, size, align_corners=None)", (a) =>
    dl.affineGrid(a.tensor("theta"), a.numbers("size"), a.options({ alignCorners: "align_corners" })),
  ),
  row("torch.nn.functional.unfold(input, kernel_size, dilation=1, padding=0, stride=1)", (a) =>
    dl.im2col(a.tensor(), a.options<dl.BlockOptions>(blocks)),
  ),
  row("torch.nn.functional.fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)", (a) =>
    dl.col2im(a.tensor(), a.options<dl.FoldOptions>({ ...blocks, outputSize: "output_size" })),
  ),
];
