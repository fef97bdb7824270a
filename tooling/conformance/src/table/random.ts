import * as dl from "@dl/tensor";
import { row } from "./row.ts";

/** Random numbers. A case gives the size beside PyTorch's arguments. */
export const random = [
  row("torch.bernoulli(input, *, p, size)", (a) =>
    dl.bernoulli(a.has("p") ? dl.full(a.numbers("size"), a.number("p")) : a.tensor()),
  ),
  row("torch.multinomial(input|weights, num_samples, replacement=False, *, size)", (a) => {
    const weights = a.get<dl.Tensor | number[]>("input");
    const table = weights instanceof dl.Tensor ? weights : dl.tensor(weights);
    return dl.multinomial(table, a.number("num_samples"), a.options({ replacement: "replacement" }));
  }),
  row("torch.normal(mean, std, size)", (a) =>
    dl.normal(a.number("mean"), a.number("std"), { shape: a.numbers("size") }),
  ),
  row("torch.rand(size)", (a) => dl.rand(a.numbers("size"))),
  row("torch.randint(low, high, size)", (a) => dl.randint(a.number("low"), a.number("high"), a.numbers("size"))),
  row("torch.randn(size)", (a) => dl.randn(a.numbers("size"))),
  row("torch.randperm(n, *, size)", (a) => dl.randperm(a.number("n"))),
];
