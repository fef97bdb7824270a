import * as dl from "@dl/tensor";
import { type Args, given } from "../args.ts";
import { row } from "./row.ts";

const typed = (a: Args): { dtype?: dl.DType } => given({ dtype: a.maybe<dl.DType>("dtype") });

export const creation = [
  row("torch.arange(start, end=None, step=1, *, dtype=None)", (a) =>
    dl.arange(a.number("start"), a.maybe<number>("end"), a.maybe<number>("step"), typed(a)),
  ),
  row("torch.full(size, fill_value, *, dtype=None)", (a) => dl.full(a.numbers("size"), a.get<number | boolean>("fill_value"), typed(a))),
  row("torch.ones(*size, dtype=None)", (a) => dl.ones(a.rest("size"), typed(a))),
  row("torch.tensor(data, *, dtype=None)", (a) => dl.tensor(a.get<dl.Nested>("data"), typed(a))),
  row("torch.tril(input, diagonal=0)", (a) => dl.tril(a.tensor(), a.options({ diagonal: "diagonal" }))),
  row("torch.triu(input, diagonal=0)", (a) => dl.triu(a.tensor(), a.options({ diagonal: "diagonal" }))),
  row("torch.zeros(*size, dtype=None)", (a) => dl.zeros(a.rest("size"), typed(a))),
];
