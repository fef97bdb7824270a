import { requiresGrad_, retainGrad } from "@dl/autograd";
import * as dl from "@dl/tensor";
import { row, unaryRow } from "./row.ts";

/** What a tensor does besides computing: history, copies, what it says of itself. */
export const autograd = [
  unaryRow("Tensor.clone", (x) => dl.clone(x)),
  unaryRow("torch.clone", (x) => dl.clone(x)),
  unaryRow("Tensor.detach", (x) => x.detach()),
  unaryRow("Tensor.dim", (x) => x.ndim),
  unaryRow("Tensor.item", (x) => x.item()),
  unaryRow("Tensor.numel", (x) => x.size),
  row("Tensor.requires_grad_(input, requires_grad=True)", (a) =>
    requiresGrad_(a.tensor(), a.maybe<boolean>("requires_grad")),
  ),
  unaryRow("Tensor.retain_grad", retainGrad),
  unaryRow("Tensor.shape", (x) => x.shape),
  row("Tensor.size(input, dim)", (a) => a.tensor().shape.at(a.number("dim"))),
  row("Tensor.to(input, dtype)", (a) => dl.to(a.tensor(), { dtype: a.get<dl.DType>("dtype") })),
  unaryRow("Tensor.tolist", (x) => x.tolist()),
  row("torch.result_type(tensor1, tensor2)", (a) => dl.resultType([a.tensor("tensor1"), a.tensor("tensor2")])),
];
