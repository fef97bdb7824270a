import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { EllipsisValue, isValues, SliceValue, type Value } from "../value.ts";
import { row, unaryRow } from "./row.ts";

/** Parts of an index as `at` takes them: slices are strings here. */
function indexParts(a: Args): dl.IndexPart[] {
  const index = a.value("index");
  const parts = isValues(index) ? index : [index];
  // the index lists of PyTorch's own samples are lists, not tuples: whole numbers alone pick along one dimension
  const list =
    a.value("case_source") === "opinfo" && parts.length > 1 && parts.every((part) => typeof part === "number");
  return list ? [parts.map(Number)] : parts.map(indexPart);
}

/** A number as a value; true and false are 1 and 0. */
function scalar(a: Args, name: string): dl.Tensor | number {
  const value = a.get<dl.Tensor | number | boolean>(name);
  return typeof value === "boolean" ? Number(value) : value;
}

function indexPart(part: Value): dl.IndexPart {
  if (part === undefined) return null;
  if (part instanceof EllipsisValue) return part.sign;
  if (!(part instanceof SliceValue)) return part as dl.IndexPart;
  const [start, stop, step] = part.bounds.map((bound) => bound ?? "");
  return `${start}:${stop}${step === "" ? "" : `:${step}`}`;
}

/** Which dimension, where, and from what: the arguments that the scatter family shares. */
const place = (a: Args): [dl.Tensor, number, dl.Tensor] => [a.tensor(), a.number("dim"), a.tensor("index")];

export const indexing = [
  row("Tensor.__getitem__(input, index, *, case_source)", (a) => dl.at(a.tensor(), ...indexParts(a))),
  row("Tensor.__setitem__(input, index, value)", (a) => dl.setAt_(a.tensor(), indexParts(a), a.operand("value"))),
  row("Tensor.copy_(input, src)", (a) => dl.copy_(a.tensor(), a.tensor("src"))),
  row("Tensor.fill_(input, value)", (a) => dl.fill_(a.tensor(), a.operand("value"))),
  row("Tensor.fill_diagonal_(input, fill_value, wrap=False)", (a) =>
    dl.fillDiagonal_(a.tensor(), a.number("fill_value")),
  ),
  row("Tensor.index_add_(input, dim, index, source, *, alpha=1)", (a) =>
    dl.indexAdd_(...place(a), a.tensor("source"), a.options({ alpha: "alpha" })),
  ),
  row("Tensor.masked_fill_(input, mask, value)", (a) =>
    dl.maskedFill_(a.tensor(), a.tensor("mask"), scalar(a, "value")),
  ),
  row("Tensor.masked_scatter(input, mask, source)", (a) =>
    dl.maskedScatter(a.tensor(), a.tensor("mask"), a.tensor("source")),
  ),
  row("Tensor.scatter_(input, dim, index, src|value)", (a) => dl.scatter_(...place(a), a.operand("src"))),
  row("Tensor.scatter_add_(input, dim, index, src)", (a) => dl.scatterAdd_(...place(a), a.tensor("src"))),
  unaryRow("Tensor.zero_", dl.zero_),
  unaryRow("torch.argwhere", dl.nonzero),
  row("torch.diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)", (a) =>
    dl.diagonalScatter(a.tensor(), a.tensor("src"), a.options({ offset: "offset", dim1: "dim1", dim2: "dim2" })),
  ),
  row("torch.gather(input, dim, index)", (a) => dl.gather(...place(a))),
  row("torch.index_add(input, dim, index, source, *, alpha=1)", (a) =>
    dl.indexAdd(...place(a), a.tensor("source"), a.options({ alpha: "alpha" })),
  ),
  row("torch.index_copy(input, dim, index, source)", (a) => dl.indexCopy(...place(a), a.tensor("source"))),
  row("torch.index_fill(input, dim, index, value)", (a) => dl.indexFill(...place(a), scalar(a, "value"))),
  row("torch.index_put(input, indices, values, accumulate=False)", (a) =>
    dl.indexPut(a.tensor(), a.tensors("indices"), a.tensor("values"), a.options({ accumulate: "accumulate" })),
  ),
  row("torch.index_select(input, dim, index)", (a) => dl.indexSelect(...place(a))),
  row("torch.masked_fill(input, mask, value)", (a) => dl.maskedFill(a.tensor(), a.tensor("mask"), scalar(a, "value"))),
  row("torch.masked_scatter(input, mask, source)", (a) =>
    dl.maskedScatter(a.tensor(), a.tensor("mask"), a.tensor("source")),
  ),
  row("torch.masked_select(input, mask)", (a) => dl.maskedSelect(a.tensor(), a.tensor("mask"))),
  row("torch.nn.functional.one_hot(tensor, num_classes=-1)", (a) =>
    dl.oneHot(a.tensor("tensor"), a.options({ numClasses: "num_classes" })),
  ),
  row("torch.nonzero(input, *, as_tuple=False)", (a) =>
    a.maybe<boolean>("as_tuple") === true ? dl.nonzeroTuple(a.tensor()) : dl.nonzero(a.tensor()),
  ),
  row("torch.scatter(input, dim, index, src|value, *, reduce=None)", (a) =>
    dl.scatter(...place(a), a.operand("src"), a.options({ reduce: "reduce" })),
  ),
  row("torch.scatter_add(input, dim, index, src)", (a) => dl.scatterAdd(...place(a), a.tensor("src"))),
  row("torch.scatter_reduce(input, dim, index, src, reduce, *, include_self=True)", (a) =>
    dl.scatterReduce(...place(a), a.tensor("src"), a.options({ reduce: "reduce", includeSelf: "include_self" })),
  ),
  row("torch.select_scatter(input, src, dim, index)", (a) =>
    dl.selectScatter(a.tensor(), a.tensor("src"), a.number("dim"), a.number("index")),
  ),
  row("torch.slice_scatter(input, src, dim=0, start=None, end=None, step=1)", (a) =>
    dl.sliceScatter(a.tensor(), a.tensor("src"), a.options({ dim: "dim", start: "start", end: "end", step: "step" })),
  ),
  row("torch.take(input, index)", (a) => dl.take(a.tensor(), a.tensor("index"))),
  row("torch.take_along_dim(input, indices, dim=None)", (a) =>
    dl.takeAlongDim(a.tensor(), a.tensor("indices"), a.options({ dim: "dim" })),
  ),
];
