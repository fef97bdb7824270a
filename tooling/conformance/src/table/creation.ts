import * as dl from "@dl/tensor";
import { type Args, given } from "../args.ts";
import { type Row, row } from "./row.ts";

const typed = (a: Args): { dtype?: dl.DType } => given({ dtype: a.maybe<dl.DType>("dtype") });

const windowRow = (name: string, call: (length: number, options: dl.WindowOptions) => dl.Tensor): Row =>
  row(`${name}(window_length, periodic=True, *, dtype=None)`, (a) =>
    call(a.number("window_length"), a.options<dl.WindowOptions>({ periodic: "periodic", dtype: "dtype" })),
  );

const triangle = { offset: "offset", dtype: "dtype" } as const;

export const creation = [
  row("torch.arange(start, end=None, step=1, *, dtype=None)", (a) =>
    dl.arange(a.number("start"), a.maybe<number>("end"), a.maybe<number>("step"), typed(a)),
  ),
  windowRow("torch.bartlett_window", dl.bartlettWindow),
  windowRow("torch.blackman_window", dl.blackmanWindow),
  row("torch.cartesian_prod(*tensors)", (a) => dl.cartesianProd(a.rest<dl.Tensor>("tensors"))),
  row("torch.combinations(input, r=2, with_replacement=False)", (a) =>
    dl.combinations(a.tensor(), a.options({ r: "r", withReplacement: "with_replacement" })),
  ),
  row("torch.diag(input, diagonal=0)", (a) => dl.diag(a.tensor(), a.options({ diagonal: "diagonal" }))),
  row("torch.diag_embed(input, offset=0, dim1=-2, dim2=-1)", (a) =>
    dl.diagEmbed(a.tensor(), a.options({ offset: "offset", dim1: "dim1", dim2: "dim2" })),
  ),
  row("torch.diagflat(input, offset=0)", (a) => dl.diagflat(a.tensor(), a.options({ offset: "offset" }))),
  row("torch.eye(n, m=None, *, dtype=None, requires_grad=False)", (a) =>
    dl.eye(a.number("n"), a.maybe<number>("m"), typed(a)),
  ),
  row("torch.full(size, fill_value, *, dtype=None)", (a) =>
    dl.full(a.numbers("size"), a.get<number | boolean>("fill_value"), typed(a)),
  ),
  row("torch.full_like(input, fill_value, *, dtype=None)", (a) =>
    dl.fullLike(a.tensor(), a.get<number | boolean>("fill_value"), typed(a)),
  ),
  windowRow("torch.hamming_window", dl.hammingWindow),
  windowRow("torch.hann_window", dl.hannWindow),
  row("torch.linspace(start, end, steps, *, dtype=None)", (a) =>
    dl.linspace(a.number("start"), a.number("end"), a.number("steps"), typed(a)),
  ),
  row("torch.logspace(start, end, steps, base=10.0, *, dtype=None)", (a) =>
    dl.logspace(a.number("start"), a.number("end"), a.number("steps"), a.options({ base: "base", dtype: "dtype" })),
  ),
  row("torch.meshgrid(*tensors, indexing='ij')", (a) =>
    dl.meshgrid(a.rest<dl.Tensor>("tensors"), a.options({ indexing: "indexing" })),
  ),
  row("torch.ones(*size, dtype=None)", (a) => dl.ones(a.rest("size"), typed(a))),
  row("torch.ones_like(input, *, dtype=None)", (a) => dl.onesLike(a.tensor(), typed(a))),
  row("torch.tensor(data, *, dtype=None)", (a) => dl.tensor(a.get<dl.Nested>("data"), typed(a))),
  row("torch.tril(input, diagonal=0)", (a) => dl.tril(a.tensor(), a.options({ diagonal: "diagonal" }))),
  row("torch.tril_indices(row, col, offset=0, *, dtype=None)", (a) =>
    dl.trilIndices(a.number("row"), a.number("col"), a.options(triangle)),
  ),
  row("torch.triu(input, diagonal=0)", (a) => dl.triu(a.tensor(), a.options({ diagonal: "diagonal" }))),
  row("torch.triu_indices(row, col, offset=0, *, dtype=None)", (a) =>
    dl.triuIndices(a.number("row"), a.number("col"), a.options(triangle)),
  ),
  row("torch.vander(x, N=None, increasing=False)", (a) =>
    dl.vander(a.tensor("x"), a.options({ n: "N", increasing: "increasing" })),
  ),
  row("torch.zeros(*size, dtype=None)", (a) => dl.zeros(a.rest("size"), typed(a))),
  row("torch.zeros_like(input, *, dtype=None)", (a) => dl.zerosLike(a.tensor(), typed(a))),
];
