import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { type Result, type Row, row } from "./row.ts";

const line = { dim: "dim", keepdim: "keepdim" } as const;

const pair = ({ values, indices }: dl.ValuesAndIndices): Result => [values, indices];

/** `torch.median(input)` and `torch.median(input, dim, keepdim)`. */
const medianRow = (
  name: string,
  ofAll: (x: dl.Tensor) => dl.Tensor,
  along: (x: dl.Tensor, options: dl.AlongDim) => dl.ValuesAndIndices,
): Row =>
  row(`${name}(input, dim=None, keepdim=False)`, (a) =>
    a.has("dim") ? pair(along(a.tensor(), a.options<dl.AlongDim>(line))) : ofAll(a.tensor()),
  );

const quantileRow = (
  name: string,
  call: (x: dl.Tensor, q: number | dl.Tensor, options: dl.QuantileOptions) => dl.Tensor,
): Row =>
  row(`${name}(input, q, dim=None, keepdim=False, *, interpolation='linear')`, (a) =>
    call(a.tensor(), a.operand("q"), a.options<dl.QuantileOptions>({ ...line, interpolation: "interpolation" })),
  );

/** The values, and what else is asked for. */
function distinct(a: Args, { values, inverse, counts }: dl.Unique): Result {
  const more = [
    ...(a.maybe<boolean>("return_inverse") === true ? [inverse] : []),
    ...(a.maybe<boolean>("return_counts") === true ? [counts] : []),
  ];
  return more.length === 0 ? values : [values, ...more];
}

export const sort = [
  row("torch.argsort(input, dim=-1, descending=False, stable=False)", (a) =>
    dl.argsort(a.tensor(), a.options({ dim: "dim", descending: "descending" })),
  ),
  row("torch.bincount(input, weights=None, minlength=0)", (a) =>
    dl.bincount(a.tensor(), a.options({ weights: "weights", minlength: "minlength" })),
  ),
  row("torch.bucketize(input, boundaries, *, out_int32=False, right=False)", (a) =>
    dl.bucketize(a.operand("input"), a.tensor("boundaries"), a.options({ right: "right" })),
  ),
  row("torch.histc(input, bins=100, min=0, max=0)", (a) =>
    dl.histc(a.tensor(), a.options({ bins: "bins", min: "min", max: "max" })),
  ),
  row("torch.histogram(input, bins, *, range=None, weight=None, density=False)", (a) => {
    const { hist, binEdges } = dl.histogram(
      a.tensor(),
      a.operand("bins"),
      a.options({ range: "range", weight: "weight", density: "density" }),
    );
    return [hist, binEdges];
  }),
  row("torch.isin(elements, test_elements, *, assume_unique=False)", (a) =>
    dl.isin(a.tensor("elements"), a.tensor("test_elements")),
  ),
  row("torch.kthvalue(input, k, dim=-1, keepdim=False)", (a) =>
    pair(dl.kthvalue(a.tensor(), a.number("k"), a.options(line))),
  ),
  medianRow("torch.median", (x) => dl.median(x), dl.median),
  row("torch.mode(input, dim=-1, keepdim=False)", (a) => pair(dl.mode(a.tensor(), a.options(line)))),
  row("torch.msort(input)", (a) => dl.msort(a.tensor())),
  medianRow("torch.nanmedian", (x) => dl.nanmedian(x), dl.nanmedian),
  quantileRow("torch.nanquantile", dl.nanquantile),
  quantileRow("torch.quantile", dl.quantile),
  row(
    "torch.searchsorted(sorted_sequence, input|values, *, out_int32=False, right=False, side='left', sorter=None)",
    (a) =>
      dl.searchsorted(a.tensor("sorted_sequence"), a.operand("input"), {
        ...a.options<dl.SearchOptions>({ right: "right", sorter: "sorter" }),
        ...(a.has("side") && { right: a.get<string>("side") === "right" }),
      }),
  ),
  row("torch.sort(input, dim=-1, descending=False, stable=False)", (a) =>
    pair(dl.sort(a.tensor(), a.options({ dim: "dim", descending: "descending" }))),
  ),
  row("torch.topk(input, k, dim=-1, largest=True, sorted=True)", (a) =>
    pair(dl.topk(a.tensor(), a.number("k"), a.options({ dim: "dim", largest: "largest" }))),
  ),
  row("torch.unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)", (a) =>
    distinct(a, dl.unique(a.tensor(), a.options({ dim: "dim" }))),
  ),
  row("torch.unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)", (a) =>
    distinct(a, dl.uniqueConsecutive(a.tensor(), a.options({ dim: "dim" }))),
  ),
];
