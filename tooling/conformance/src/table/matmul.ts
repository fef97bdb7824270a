import * as dl from "@dl/tensor";
import { type Row, row } from "./row.ts";

const factors = { beta: "beta", alpha: "alpha" } as const;

/** `torch.addmm(input, mat1, mat2, *, beta=1, alpha=1)` and the like. */
const addedRow = (
  name: string,
  left: string,
  right: string,
  call: (bias: dl.Tensor, x: dl.Tensor, y: dl.Tensor, factors: dl.Factors) => dl.Tensor,
): Row =>
  row(`${name}(input, ${left}, ${right}, *, beta=1, alpha=1)`, (a) =>
    call(a.tensor(), a.tensor(left), a.tensor(right), a.options<dl.Factors>(factors)),
  );

const productRow = (name: string, right: string, call: (x: dl.Tensor, y: dl.Tensor) => dl.Tensor): Row =>
  row(`${name}(input, ${right})`, (a) => call(a.tensor(), a.tensor(right)));

export const matmul = [
  addedRow("torch.addbmm", "batch1", "batch2", dl.addbmm),
  addedRow("torch.addmm", "mat1", "mat2", dl.addmm),
  addedRow("torch.addmv", "mat", "vec", dl.addmv),
  addedRow("torch.addr", "vec1", "vec2", dl.addr),
  addedRow("torch.baddbmm", "batch1", "batch2", dl.baddbmm),
  addedRow("Tensor.addbmm_", "batch1", "batch2", dl.addbmm_),
  addedRow("Tensor.addmm_", "mat1", "mat2", dl.addmm_),
  addedRow("Tensor.addmv_", "mat", "vec", dl.addmv_),
  addedRow("Tensor.addr_", "vec1", "vec2", dl.addr_),
  addedRow("Tensor.baddbmm_", "batch1", "batch2", dl.baddbmm_),
  productRow("torch.bmm", "mat2", dl.bmm),
  row("torch.cdist(x1, x2, p=2.0, compute_mode=None)", (a) =>
    dl.cdist(a.tensor("x1"), a.tensor("x2"), a.options({ p: "p" })),
  ),
  row("torch.nn.functional.pdist(input, p=2)", (a) => dl.pdist(a.tensor(), a.options({ p: "p" }))),
  row("torch.chain_matmul(*matrices)", (a) => dl.chainMatmul(...a.rest<dl.Tensor>("matrices"))),
  productRow("torch.dot", "tensor", dl.dot),
  row("torch.einsum(equation, *operands)", (a) =>
    dl.einsum(a.get<string>("equation"), ...a.rest<dl.Tensor>("operands")),
  ),
  productRow("torch.inner", "other", dl.inner),
  productRow("torch.kron", "other", dl.kron),
  row("torch.linalg.multi_dot(tensors)", (a) => dl.multiDot(a.tensors("tensors"))),
  row("torch.matmul(input, other, *, case_pre)", (a) =>
    // the one case with `case_pre` transposes both operands first
    a.has("case_pre")
      ? dl.matmul(dl.transpose(a.tensor(), -1, -2), dl.transpose(a.tensor("other"), -1, -2))
      : dl.matmul(a.tensor(), a.tensor("other")),
  ),
  productRow("torch.mm", "mat2", dl.mm),
  productRow("torch.mv", "vec", dl.mv),
  productRow("torch.outer", "vec2", dl.outer),
  row("torch.tensordot(a, b, dims=2)", (a) => dl.tensordot(a.tensor("a"), a.tensor("b"), a.options({ dims: "dims" }))),
  row("torch.trace(input)", (a) => dl.trace(a.tensor())),
];
