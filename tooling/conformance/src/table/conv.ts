import * as dl from "@dl/tensor";
import { type Row, row } from "./row.ts";

const options = { stride: "stride", padding: "padding", dilation: "dilation", groups: "groups" } as const;

type Conv<O> = (x: dl.Tensor, weight: dl.Tensor, bias?: dl.Tensor, options?: O) => dl.Tensor;

const convRow = (name: string, conv: Conv<dl.ConvOptions>): Row =>
  row(`${name}(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)`, (a) =>
    conv(a.tensor(), a.tensor("weight"), a.maybe<dl.Tensor>("bias"), a.options(options)),
  );

const transposeRow = (name: string, conv: Conv<dl.ConvTransposeOptions>): Row =>
  row(`${name}(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)`, (a) =>
    conv(
      a.tensor(),
      a.tensor("weight"),
      a.maybe<dl.Tensor>("bias"),
      a.options({ ...options, outputPadding: "output_padding" }),
    ),
  );

export const conv = [
  convRow("torch.nn.functional.conv1d", dl.conv1d),
  convRow("torch.nn.functional.conv2d", dl.conv2d),
  convRow("torch.nn.functional.conv3d", dl.conv3d),
  row("torch.nn.functional.conv_tbc(input, weight, bias, pad=0)", (a) =>
    dl.convTbc(a.tensor(), a.tensor("weight"), a.tensor("bias"), a.options({ pad: "pad" })),
  ),
  transposeRow("torch.nn.functional.conv_transpose1d", dl.convTranspose1d),
  transposeRow("torch.nn.functional.conv_transpose2d", dl.convTranspose2d),
  transposeRow("torch.nn.functional.conv_transpose3d", dl.convTranspose3d),
];
