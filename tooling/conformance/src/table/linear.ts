import * as dl from "@dl/tensor";
import { row, type Row } from "./row.ts";

const dropped = { p: "p", training: "training" } as const;

const dropoutRow = (name: string, call: (x: dl.Tensor, options: dl.DropoutOptions) => dl.Tensor): Row =>
  row(`${name}(input, p=0.5, training=True, inplace=False)`, (a) => call(a.tensor(), a.options<dl.DropoutOptions>(dropped)));

/** Linear maps, rows of tables, and dropout. */
export const linear = [
  dropoutRow("torch.nn.functional.alpha_dropout", dl.alphaDropout),
  row("torch.nn.functional.bilinear(input1, input2, weight, bias=None)", (a) =>
    dl.bilinear(a.tensor("input1"), a.tensor("input2"), a.tensor("weight"), a.maybe<dl.Tensor>("bias")),
  ),
  dropoutRow("torch.nn.functional.dropout", dl.dropout),
  dropoutRow("torch.nn.functional.dropout1d", dl.dropout1d),
  dropoutRow("torch.nn.functional.dropout2d", dl.dropout2d),
  dropoutRow("torch.nn.functional.dropout3d", dl.dropout3d),
  row("torch.nn.functional.embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)", (a) =>
    dl.embedding(a.tensor(), a.tensor("weight"), a.options({ paddingIdx: "padding_idx", scaleGradByFreq: "scale_grad_by_freq" })),
  ),
  dropoutRow("torch.nn.functional.feature_alpha_dropout", dl.featureAlphaDropout),
  row("torch.nn.functional.linear(input, weight, bias=None)", (a) =>
    dl.linear(a.tensor(), a.tensor("weight"), a.maybe<dl.Tensor>("bias")),
  ),
];
