import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { type Row, row } from "./row.ts";

const reduced = { dim: "dim", keepdim: "keepdim", mask: "mask" } as const;

type Reduced = dl.SumOptions & dl.Mask;

const reduceRow = (name: string, call: (x: dl.Tensor, options: Reduced) => dl.Tensor): Row =>
  row(`torch.masked.${name}(input, dim=None, *, keepdim=False, dtype=None, mask=None)`, (a) =>
    call(a.tensor(), a.options<Reduced>({ ...reduced, dtype: "dtype" })),
  );

const indexRow = (name: string, call: (x: dl.Tensor, options: dl.MaskedIndexOptions) => dl.Tensor): Row =>
  row(`torch.masked.${name}(input, dim=None, *, keepdim=False, dtype=None, mask=None)`, (a) =>
    call(a.tensor(), a.options<dl.MaskedIndexOptions>({ ...reduced, dtype: "dtype" })),
  );

type Along = dl.Mask & { dim: number };

const lineRow = (name: string, call: (x: dl.Tensor, options: Along) => dl.Tensor): Row =>
  row(`torch.masked.${name}(input, dim, *, keepdim=False, dtype=None, mask=None)`, (a) =>
    call(a.tensor(), a.options<Along & { keepdim?: boolean }>(reduced)),
  );

const varianceRow = (name: string, call: (x: dl.Tensor, options: dl.MaskedVarianceOptions) => dl.Tensor): Row =>
  row(`torch.masked.${name}(input, dim=None, unbiased=False, *, keepdim=False, dtype=None, mask=None)`, (a) =>
    call(a.tensor(), {
      ...a.options<Reduced>({ ...reduced, dtype: "dtype" }),
      correction: a.maybe<boolean>("unbiased") ? 1 : 0,
    }),
  );

const normOptions = (a: Args) => a.options<Reduced & { ord?: number }>({ ...reduced, ord: "ord", dtype: "dtype" });

export const masked = [
  reduceRow("sum", dl.maskedSum),
  reduceRow("prod", dl.maskedProd),
  reduceRow("mean", dl.maskedMean),
  reduceRow("amax", dl.maskedAmax),
  reduceRow("amin", dl.maskedAmin),
  indexRow("argmax", dl.maskedArgmax),
  indexRow("argmin", dl.maskedArgmin),
  lineRow("median", dl.maskedMedian),
  lineRow("cumsum", dl.maskedCumsum),
  lineRow("cumprod", dl.maskedCumprod),
  lineRow("softmax", dl.maskedSoftmax),
  lineRow("log_softmax", dl.maskedLogSoftmax),
  lineRow("softmin", dl.maskedSoftmin),
  reduceRow("logsumexp", dl.maskedLogsumexp),
  varianceRow("var", dl.maskedVariance),
  varianceRow("std", dl.maskedStd),
  row("torch.masked.norm(input, ord=2, dim=None, *, keepdim=False, dtype=None, mask=None)", (a) =>
    dl.maskedNorm(a.tensor(), normOptions(a)),
  ),
  row("torch.masked.normalize(input, ord, dim, *, eps=1e-12, dtype=None, mask=None)", (a) =>
    dl.maskedNormalize(a.tensor(), {
      dim: a.number("dim"),
      ...a.options<{ ord?: number; eps?: number; mask?: dl.Tensor }>({ ord: "ord", eps: "eps", mask: "mask" }),
    }),
  ),
  row("torch.masked.logaddexp(input, other, *, dtype=None, input_mask=None, other_mask=None)", (a) =>
    dl.maskedLogaddexp(a.tensor(), a.tensor("other"), a.options({ xMask: "input_mask", yMask: "other_mask" })),
  ),
];
