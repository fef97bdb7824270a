import * as dl from "@dl/tensor";
import { type Result, type Row, row } from "./row.ts";

const windows = { kernelSize: "kernel_size", stride: "stride", padding: "padding", ceilMode: "ceil_mode" } as const;

const pooled = (result: dl.Tensor | dl.Pooled): Result =>
  result instanceof dl.Tensor ? result : [result.values, result.indices];

const maxRow = (name: string, pool: (x: dl.Tensor, options: dl.MaxPoolOptions) => dl.Tensor | dl.Pooled): Row =>
  row(`${name}(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`, (a) =>
    pooled(
      pool(
        a.tensor(),
        a.options<dl.MaxPoolOptions>({ ...windows, dilation: "dilation", returnIndices: "return_indices" }),
      ),
    ),
  );

const averageRow = (name: string, pool: (x: dl.Tensor, options: dl.AvgPoolOptions) => dl.Tensor): Row =>
  row(
    `${name}(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)`,
    (a) =>
      pool(
        a.tensor(),
        a.options<dl.AvgPoolOptions>({
          ...windows,
          countIncludePad: "count_include_pad",
          divisorOverride: "divisor_override",
        }),
      ),
  );

const adaptiveRow = (name: string, pool: (x: dl.Tensor, size: dl.OutputSize) => dl.Tensor): Row =>
  row(`${name}(input, output_size)`, (a) => pool(a.tensor(), a.get<dl.OutputSize>("output_size")));

type AdaptiveMax = (x: dl.Tensor, size: dl.OutputSize, options?: { returnIndices?: boolean }) => dl.Tensor | dl.Pooled;

const adaptiveMaxRow = (name: string, pool: AdaptiveMax): Row =>
  row(`${name}(input, output_size, return_indices=False)`, (a) =>
    pooled(pool(a.tensor(), a.get<dl.OutputSize>("output_size"), a.options({ returnIndices: "return_indices" }))),
  );

const powerRow = (name: string, pool: (x: dl.Tensor, p: number, options: dl.LpPoolOptions) => dl.Tensor): Row =>
  row(`${name}(input, norm_type, kernel_size, stride=None, ceil_mode=False)`, (a) =>
    pool(
      a.tensor(),
      a.number("norm_type"),
      a.options<dl.LpPoolOptions>({ kernelSize: "kernel_size", stride: "stride", ceilMode: "ceil_mode" }),
    ),
  );

const unpoolRow = (
  name: string,
  pool: (x: dl.Tensor, indices: dl.Tensor, options: dl.MaxUnpoolOptions) => dl.Tensor,
): Row =>
  row(`${name}(input, indices, kernel_size, stride=None, padding=0, output_size=None)`, (a) =>
    pool(
      a.tensor(),
      a.tensor("indices"),
      a.options<dl.MaxUnpoolOptions>({
        kernelSize: "kernel_size",
        stride: "stride",
        padding: "padding",
        outputSize: "output_size",
      }),
    ),
  );

export const pool = [
  adaptiveRow("torch.nn.functional.adaptive_avg_pool1d", dl.adaptiveAvgPool1d),
  adaptiveRow("torch.nn.functional.adaptive_avg_pool2d", dl.adaptiveAvgPool2d),
  adaptiveRow("torch.nn.functional.adaptive_avg_pool3d", dl.adaptiveAvgPool3d),
  adaptiveMaxRow("torch.nn.functional.adaptive_max_pool1d", dl.adaptiveMaxPool1d),
  adaptiveMaxRow("torch.nn.functional.adaptive_max_pool2d", dl.adaptiveMaxPool2d),
  adaptiveMaxRow("torch.nn.functional.adaptive_max_pool3d", dl.adaptiveMaxPool3d),
  averageRow("torch.nn.functional.avg_pool1d", dl.avgPool1d),
  averageRow("torch.nn.functional.avg_pool2d", dl.avgPool2d),
  averageRow("torch.nn.functional.avg_pool3d", dl.avgPool3d),
  maxRow("torch.nn.functional.max_pool1d", dl.maxPool1d),
  maxRow("torch.nn.functional.max_pool2d", dl.maxPool2d),
  maxRow("torch.nn.functional.max_pool3d", dl.maxPool3d),
  powerRow("torch.nn.functional.lp_pool1d", dl.lpPool1d),
  powerRow("torch.nn.functional.lp_pool2d", dl.lpPool2d),
  unpoolRow("torch.nn.functional.max_unpool1d", dl.maxUnpool1d),
  unpoolRow("torch.nn.functional.max_unpool2d", dl.maxUnpool2d),
  unpoolRow("torch.nn.functional.max_unpool3d", dl.maxUnpool3d),
];
