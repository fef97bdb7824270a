import * as dl from "@dl/tensor";
import { row, unaryRow } from "./row.ts";

const dim = { dim: "dim" } as const;

export const shape = [
  unaryRow("Tensor.contiguous", (x) => dl.contiguous(x)),
  row("Tensor.expand(input, *sizes)", (a) => dl.expand(a.tensor(), a.rest("sizes"))),
  row("Tensor.expand_as(input, other)", (a) => dl.expandAs(a.tensor(), a.tensor("other"))),
  row("Tensor.repeat(input, *repeats)", (a) => dl.repeat(a.tensor(), a.rest("repeats"))),
  row("Tensor.reshape_as(input, other)", (a) => dl.reshape(a.tensor(), a.tensor("other").shape)),
  row("Tensor.squeeze_(input, dim=None)", (a) => dl.squeeze_(a.tensor(), a.maybe<number>("dim"))),
  row("Tensor.transpose_(input, dim0, dim1)", (a) => dl.transpose_(a.tensor(), a.number("dim0"), a.number("dim1"))),
  row("Tensor.tril_(input, diagonal=0)", (a) => dl.tril_(a.tensor(), a.options({ diagonal: "diagonal" }))),
  row("Tensor.unflatten(input, dim, sizes)", (a) => dl.unflatten(a.tensor(), a.number("dim"), a.numbers("sizes"))),
  row("Tensor.unfold(input, dimension, size, step)", (a) =>
    dl.unfold(a.tensor(), a.number("dimension"), a.number("size"), a.number("step")),
  ),
  row("Tensor.unsqueeze_(input, dim)", (a) => dl.unsqueeze_(a.tensor(), a.number("dim"))),
  row("Tensor.view(input, *shape)", (a) => dl.view(a.tensor(), a.rest("shape"))),
  row("Tensor.view_as(input, other)", (a) => dl.view(a.tensor(), a.tensor("other").shape)),
  row("torch.as_strided(input, size, stride, storage_offset=None)", (a) =>
    dl.asStrided(a.tensor(), a.numbers("size"), a.numbers("stride"), a.maybe<number>("storage_offset")),
  ),
  row("torch.atleast_1d(*tensors)", (a) => a.rest<dl.Tensor>("tensors").map(dl.atleast1d)),
  row("torch.atleast_2d(*tensors)", (a) => a.rest<dl.Tensor>("tensors").map(dl.atleast2d)),
  row("torch.atleast_3d(*tensors)", (a) => a.rest<dl.Tensor>("tensors").map(dl.atleast3d)),
  row("torch.block_diag(*tensors)", (a) => dl.blockDiag(a.rest<dl.Tensor>("tensors"))),
  row("torch.broadcast_tensors(*tensors)", (a) => dl.broadcastTensors(a.rest<dl.Tensor>("tensors"))),
  row("torch.broadcast_to(input, size)", (a) => dl.expand(a.tensor(), a.numbers("size"))),
  row("torch.cat(tensors, dim=0)", (a) => dl.cat(a.tensors("tensors"), a.options(dim))),
  row("torch.chunk(input, chunks, dim=0)", (a) => dl.chunk(a.tensor(), a.number("chunks"), a.options(dim))),
  row("torch.column_stack(tensors)", (a) => dl.columnStack(a.tensors("tensors"))),
  row("torch.diagonal(input, offset=0, dim1=0, dim2=1)", (a) =>
    dl.diagonal(a.tensor(), a.options({ offset: "offset", dim1: "dim1", dim2: "dim2" })),
  ),
  row("torch.dsplit(input, indices_or_sections)", (a) =>
    dl.dsplit(a.tensor(), a.get<number | number[]>("indices_or_sections")),
  ),
  row("torch.dstack(tensors)", (a) => dl.dstack(a.tensors("tensors"))),
  row("torch.flatten(input, start_dim=0, end_dim=-1)", (a) =>
    dl.flatten(a.tensor(), a.options({ startDim: "start_dim", endDim: "end_dim" })),
  ),
  row("torch.flip(input, *dims)", (a) => dl.flip(a.tensor(), a.rest("dims"))),
  unaryRow("torch.fliplr", dl.fliplr),
  unaryRow("torch.flipud", dl.flipud),
  row("torch.hsplit(input, indices_or_sections)", (a) =>
    dl.hsplit(a.tensor(), a.get<number | number[]>("indices_or_sections")),
  ),
  row("torch.hstack(tensors)", (a) => dl.hstack(a.tensors("tensors"))),
  row("torch.movedim(input, source, destination)", (a) =>
    dl.movedim(a.tensor(), a.get<number | number[]>("source"), a.get<number | number[]>("destination")),
  ),
  row("torch.narrow(input, dim, start, length)", (a) => {
    const start = a.operand("start");
    return dl.narrow(a.tensor(), a.number("dim"), typeof start === "number" ? start : start.item(), a.number("length"));
  }),
  row("torch.nn.functional.pad(input, pad, mode='constant', value=None)", (a) =>
    dl.pad(a.tensor(), a.numbers("pad"), a.options({ mode: "mode", value: "value" })),
  ),
  row("torch.permute(input, dims)", (a) => dl.permute(a.tensor(), a.numbers("dims"))),
  row("torch.ravel(input)", (a) => dl.flatten(a.tensor())),
  row("torch.repeat_interleave(input, repeats, dim=None)", (a) =>
    dl.repeatInterleave(a.tensor(), a.get<number | number[] | dl.Tensor>("repeats"), a.options(dim)),
  ),
  row("torch.reshape(input, shape)", (a) => dl.reshape(a.tensor(), a.numbers("shape"))),
  row("torch.roll(input, shifts, dims=None)", (a) =>
    dl.roll(a.tensor(), a.get<number | number[]>("shifts"), a.options({ dims: "dims" })),
  ),
  row("torch.rot90(input, k=1, dims=[0,1])", (a) => dl.rot90(a.tensor(), a.options({ k: "k", dims: "dims" }))),
  row("torch.select(input, dim, index)", (a) => dl.select(a.tensor(), a.number("dim"), a.number("index"))),
  row("torch.split(tensor, split_size_or_sections, dim=0)", (a) =>
    dl.split(a.tensor("tensor"), a.get<number | number[]>("split_size_or_sections"), a.options(dim)),
  ),
  row("torch.split_with_sizes(tensor, split_sizes, dim=0)", (a) =>
    dl.split(a.tensor("tensor"), a.numbers("split_sizes"), a.options(dim)),
  ),
  row("torch.squeeze(input, dim=None)", (a) => dl.squeeze(a.tensor(), a.maybe<number>("dim"))),
  row("torch.stack(tensors, dim=0)", (a) => dl.stack(a.tensors("tensors"), a.options(dim))),
  row("torch.swapaxes(input, axis0, axis1)", (a) => dl.transpose(a.tensor(), a.number("axis0"), a.number("axis1"))),
  unaryRow("torch.t", dl.t),
  row("torch.tensor_split(input, indices_or_sections, dim=0)", (a) => {
    const sections = a.get<number | number[] | dl.Tensor>("indices_or_sections");
    return dl.tensorSplit(
      a.tensor(),
      sections instanceof dl.Tensor ? (sections.tolist() as number | number[]) : sections,
      a.options(dim),
    );
  }),
  row("torch.tile(input, dims)", (a) => dl.tile(a.tensor(), a.numbers("dims"))),
  row("torch.transpose(input, dim0, dim1)", (a) => dl.transpose(a.tensor(), a.number("dim0"), a.number("dim1"))),
  row("torch.unbind(input, dim=0)", (a) => dl.unbind(a.tensor(), a.options(dim))),
  row("torch.unflatten(input, dim, sizes)", (a) => dl.unflatten(a.tensor(), a.number("dim"), a.numbers("sizes"))),
  row("torch.unsqueeze(input, dim)", (a) => dl.unsqueeze(a.tensor(), a.number("dim"))),
  row("torch.vsplit(input, indices_or_sections)", (a) =>
    dl.vsplit(a.tensor(), a.get<number | number[]>("indices_or_sections")),
  ),
  row("torch.vstack(tensors)", (a) => dl.vstack(a.tensors("tensors"))),
];
