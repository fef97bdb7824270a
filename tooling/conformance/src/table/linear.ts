import * as dl from "@dl/tensor";
import { type Row, row } from "./row.ts";

const dropped = { p: "p", training: "training" } as const;

const dropoutRow = (name: string, call: (x: dl.Tensor, options: dl.DropoutOptions) => dl.Tensor): Row =>
  row(`${name}(input, p=0.5, training=True, inplace=False)`, (a) =>
    call(a.tensor(), a.options<dl.DropoutOptions>(dropped)),
  );

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
  row(
    "torch.nn.functional.embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)",
    (a) =>
      dl.embedding(
        a.tensor(),
        a.tensor("weight"),
        a.options({
          paddingIdx: "padding_idx",
          maxNorm: "max_norm",
          normType: "norm_type",
          scaleGradByFreq: "scale_grad_by_freq",
        }),
      ),
  ),
  row(
    "torch.nn.functional.embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None)",
    (a) =>
      dl.embeddingBag(
        a.tensor(),
        a.tensor("weight"),
        a.options({
          offsets: "offsets",
          maxNorm: "max_norm",
          normType: "norm_type",
          scaleGradByFreq: "scale_grad_by_freq",
          mode: "mode",
          perSampleWeights: "per_sample_weights",
          includeLastOffset: "include_last_offset",
          paddingIdx: "padding_idx",
        }),
      ),
  ),
  dropoutRow("torch.nn.functional.feature_alpha_dropout", dl.featureAlphaDropout),
  row("torch.nn.functional.linear(input, weight, bias=None)", (a) =>
    dl.linear(a.tensor(), a.tensor("weight"), a.maybe<dl.Tensor>("bias")),
  ),
];
