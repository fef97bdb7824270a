import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { type Result, row, type Row } from "./row.ts";

const reduced = { dim: "dim", keepdim: "keepdim" } as const;
const summed = { ...reduced, dtype: "dtype" } as const;

/** `torch.amax(input, dim=None, keepdim=False)`: options over any dimensions. */
const reduceRow = (name: string, call: (x: dl.Tensor, options: dl.ReduceOptions) => Result): Row =>
  row(`${name}(input, dim|axis=None, keepdim|keepdims=False)`, (a) => call(a.tensor(), a.options<dl.ReduceOptions>(reduced)));

/** As `reduceRow`, with the dtype to add in. */
const sumRow = (name: string, call: (x: dl.Tensor, options: dl.SumOptions) => dl.Tensor): Row =>
  row(`${name}(input, dim|axis=None, keepdim=False, *, dtype=None)`, (a) => call(a.tensor(), a.options<dl.SumOptions>(summed)));

/** `torch.max(input)`, `torch.max(input, dim, keepdim)` and `torch.max(input, other)`. */
const extremeRow = (
  name: string,
  ofAll: (x: dl.Tensor) => dl.Tensor,
  along: (x: dl.Tensor, options: dl.AlongDim) => dl.ValuesAndIndices,
  ofTwo: (x: dl.Tensor, y: dl.Tensor) => dl.Tensor,
): Row =>
  row(`${name}(input, dim|other=None, keepdim=False)`, (a) => {
    const dim = a.value("dim");
    if (dim === undefined) return ofAll(a.tensor());
    return dim instanceof dl.Tensor ? ofTwo(a.tensor(), dim) : pair(along(a.tensor(), a.options<dl.AlongDim>(reduced)));
  });

const pair = ({ values, indices }: dl.ValuesAndIndices): Result => [values, indices];

/** `torch.var(input, dim, unbiased)`, `torch.var(input, unbiased)` and `torch.var(input, dim, *, correction)`. */
function varianceOptions(a: Args): dl.VarianceOptions {
  const dim = a.value("dim");
  const unbiased = typeof dim === "boolean" ? dim : a.maybe<boolean>("unbiased");
  return {
    ...(typeof dim !== "boolean" && a.options<dl.ReduceOptions>(reduced)),
    ...(unbiased !== undefined && { correction: unbiased ? 1 : 0 }),
    ...a.options<{ correction?: number }>({ correction: "correction" }),
  };
}

const varianceRow = (name: string, call: (x: dl.Tensor, options: dl.VarianceOptions) => Result): Row =>
  row(`${name}(input, dim=None, unbiased=True, keepdim=False, *, correction=1)`, (a) => call(a.tensor(), varianceOptions(a)));

export const reduce = [
  reduceRow("torch.all", dl.all),
  reduceRow("torch.amax", dl.amax),
  reduceRow("torch.amin", dl.amin),
  row("torch.aminmax(input, *, dim=None, keepdim=False)", (a) => {
    const { min, max } = dl.aminmax(a.tensor(), a.options(reduced));
    return [min, max];
  }),
  reduceRow("torch.any", dl.any),
  row("torch.argmax(input, dim=None, keepdim=False)", (a) => dl.argmax(a.tensor(), a.options(reduced))),
  row("torch.argmin(input, dim=None, keepdim=False)", (a) => dl.argmin(a.tensor(), a.options(reduced))),
  reduceRow("torch.count_nonzero", dl.countNonzero),
  row("torch.cummax(input, dim)", (a) => pair(dl.cummax(a.tensor(), a.options({ dim: "dim" })))),
  row("torch.cummin(input, dim)", (a) => pair(dl.cummin(a.tensor(), a.options({ dim: "dim" })))),
  reduceRow("torch.logsumexp", dl.logsumexp),
  extremeRow("torch.max", (x) => dl.max(x), dl.max, dl.maximum),
  sumRow("torch.mean", dl.mean),
  extremeRow("torch.min", (x) => dl.min(x), dl.min, dl.minimum),
  sumRow("torch.nanmean", dl.nanmean),
  sumRow("torch.nansum", dl.nansum),
  sumRow("torch.prod", dl.prod),
  varianceRow("torch.std", dl.std),
  varianceRow("torch.std_mean", (x, options) => {
    const { std, mean } = dl.stdMean(x, options);
    return [std, mean];
  }),
  sumRow("torch.sum", dl.sum),
  varianceRow("torch.var", dl.variance),
  varianceRow("torch.var_mean", (x, options) => {
    const { variance, mean } = dl.varMean(x, options);
    return [variance, mean];
  }),
];
