import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { type Result, type Row, row } from "./row.ts";

const reduced = { dim: "dim", keepdim: "keepdim" } as const;
const summed = { ...reduced, dtype: "dtype" } as const;

/** `torch.amax(input, dim=None, keepdim=False)`: options over any dimensions. */
const reduceRow = (name: string, call: (x: dl.Tensor, options: dl.ReduceOptions) => Result): Row =>
  row(`${name}(input, dim|axis=None, keepdim|keepdims=False)`, (a) =>
    call(a.tensor(), a.options<dl.ReduceOptions>(reduced)),
  );

/** As `reduceRow`, with the dtype to add in. */
const sumRow = (name: string, call: (x: dl.Tensor, options: dl.SumOptions) => dl.Tensor): Row =>
  row(`${name}(input, dim|axis=None, keepdim=False, *, dtype=None)`, (a) =>
    call(a.tensor(), a.options<dl.SumOptions>(summed)),
  );

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
  row(`${name}(input, dim=None, unbiased=True, keepdim=False, *, correction=1)`, (a) =>
    call(a.tensor(), varianceOptions(a)),
  );

const scanRow = (name: string, call: (x: dl.Tensor, options: { dim: number }) => dl.Tensor): Row =>
  row(`${name}(input, dim, *, dtype=None)`, (a) => {
    const dtype = a.maybe<dl.DType>("dtype");
    return call(
      dtype === undefined ? a.tensor() : dl.to(a.tensor(), { dtype }),
      a.options<{ dim: number }>({ dim: "dim" }),
    );
  });

/** `torch.trapezoid(y, x)` and `torch.trapezoid(y, *, dx)`. */
const trapezoidRow = (name: string, call: (y: dl.Tensor, options: dl.TrapezoidOptions) => dl.Tensor): Row =>
  row(`${name}(y, x=None, *, dx=1, dim=-1)`, (a) =>
    call(a.tensor("y"), a.options<dl.TrapezoidOptions>({ x: "x", dx: "dx", dim: "dim" })),
  );

const norms = [
  row("torch.linalg.matrix_norm(A|input, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None)", (a) =>
    dl.matrixNorm(a.tensor("A"), a.options({ ord: "ord", dim: "dim", keepdim: "keepdim", dtype: "dtype" })),
  ),
  row("torch.linalg.norm(A|input, ord=None, dim=None, keepdim=False, *, dtype=None)", (a) =>
    dl.linalgNorm(a.tensor("A"), a.options({ ord: "ord", dim: "dim", keepdim: "keepdim", dtype: "dtype" })),
  ),
  row("torch.linalg.vector_norm(x|input, ord=2, dim=None, keepdim=False, *, dtype=None)", (a) =>
    dl.vectorNorm(a.tensor("x"), a.options({ ord: "ord", dim: "dim", keepdim: "keepdim", dtype: "dtype" })),
  ),
  row("torch.nn.functional.normalize(input, p=2.0, dim=1, eps=1e-12)", (a) =>
    dl.normalize(a.tensor(), a.options({ p: "p", dim: "dim", eps: "eps" })),
  ),
  row("torch.norm(input, p='fro', dim=None, keepdim=False, *, dtype=None)", (a) =>
    dl.norm(a.tensor(), a.options({ p: "p", dim: "dim", keepdim: "keepdim", dtype: "dtype" })),
  ),
  row("torch.renorm(input, p, dim, maxnorm)", (a) =>
    dl.renorm(a.tensor(), a.number("p"), a.number("dim"), a.number("maxnorm")),
  ),
];

export const reduce = [
  ...norms,
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
  row("torch.corrcoef(input)", (a) => dl.corrcoef(a.tensor())),
  reduceRow("torch.count_nonzero", dl.countNonzero),
  row("torch.cov(input, *, correction=1, fweights=None, aweights=None)", (a) =>
    dl.cov(a.tensor(), a.options({ correction: "correction", fweights: "fweights", aweights: "aweights" })),
  ),
  row("torch.cummax(input, dim)", (a) => pair(dl.cummax(a.tensor(), a.options({ dim: "dim" })))),
  row("torch.cummin(input, dim)", (a) => pair(dl.cummin(a.tensor(), a.options({ dim: "dim" })))),
  scanRow("torch.cumprod", dl.cumprod),
  scanRow("torch.cumsum", dl.cumsum),
  scanRow("Tensor.cumprod_", dl.cumprod_),
  scanRow("Tensor.cumsum_", dl.cumsum_),
  trapezoidRow("torch.cumulative_trapezoid", dl.cumulativeTrapezoid),
  row("torch.diff(input, n=1, dim=-1, prepend=None, append=None)", (a) =>
    dl.diff(a.tensor(), a.options({ n: "n", dim: "dim", prepend: "prepend", append: "append" })),
  ),
  scanRow("torch.logcumsumexp", dl.logcumsumexp),
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
  trapezoidRow("torch.trapezoid", dl.trapezoid),
  trapezoidRow("torch.trapz", dl.trapezoid),
  varianceRow("torch.var", dl.variance),
  varianceRow("torch.var_mean", (x, options) => {
    const { variance, mean } = dl.varMean(x, options);
    return [variance, mean];
  }),
];
