import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { binaryRow, type Row, row, unaryRow } from "./row.ts";

/** One axis for the first sizes, one for the others. */
const asMatrix = (x: dl.Tensor, first: dl.Shape): dl.Tensor => dl.reshape(x, [dl.sizeOf(first), -1]);

function tensorInverse(a: Args): dl.Tensor {
  const x = a.tensor("A");
  const ind = a.maybe<number>("ind") ?? 2;
  const [first, others] = [x.shape.slice(0, ind), x.shape.slice(ind)];
  return dl.reshape(dl.inv(asMatrix(x, first)), [...others, ...first]);
}

function tensorSolution(a: Args): dl.Tensor {
  const [x, b] = [a.tensor("A"), a.tensor("B")];
  return dl.reshape(dl.solve(asMatrix(x, b.shape), dl.flatten(b)), x.shape.slice(b.ndim));
}

/** Linear algebra of which no case speaks. */
export const moreLinalg: readonly Row[] = [
  unaryRow("torch.frobenius_norm", (x) => dl.matrixNorm(x)),
  row("torch.norm_except_dim(v, pow=2, dim=0)", (a) => {
    const v = a.tensor("v");
    const dim = a.maybe<number>("dim") ?? 0;
    const others = v.shape.map((_, at) => at).filter((at) => at !== dim);
    return dl.norm(v, { p: a.maybe<number>("pow") ?? 2, dim: others, keepdim: true });
  }),
  unaryRow("torch.nuclear_norm", (x) => dl.matrixNorm(x, { ord: "nuc" })),
  row("torch.linalg.lstsq(A|input, B|b)", (a) => [dl.lstsq(a.tensor("A"), a.tensor("B"))]),
  row("torch.linalg.svd(A|input)", (a) => {
    const { u, s, v } = dl.svd(a.tensor("A"));
    return [u, s, dl.transpose(v, -2, -1)];
  }),
  row("torch.svd(input, some=True, compute_uv=True)", (a) => {
    const { u, s, v } = dl.svd(a.tensor());
    return [u, s, v];
  }),
  row("torch.linalg.tensorinv(A|input, ind=2)", tensorInverse),
  row("torch.linalg.tensorsolve(A|input, B|other)", tensorSolution),
  binaryRow("torch.vdot", (x, y) => dl.dot(x, y as dl.Tensor)),
];
