import { registerHook } from "@dl/autograd";
import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { type Result, type Row, row, unaryRow } from "./row.ts";

const matrixT = (x: dl.Tensor): dl.Tensor => dl.transpose(x, -2, -1);

const reversed = (x: dl.Tensor): dl.Tensor => dl.permute(x, x.shape.map((_, dim) => dim).reverse());

const castRow = (name: string, dtype: dl.DType): Row => unaryRow(`Tensor.${name}`, (x) => dl.to(x, { dtype }));

/** dtype and device of the receiver, unless the call says else. */
const alike = (a: Args): dl.CreationOptions => {
  const { dtype, device } = a.tensor();
  return { dtype: a.maybe<dl.DType>("dtype") ?? dtype, device };
};

/** What a tensor says of itself, its methods with arguments of their own, and what it makes beside itself. */
export const methods: readonly Row[] = [
  unaryRow("Tensor.H", matrixT),
  unaryRow("Tensor.T", reversed),
  unaryRow("Tensor.adjoint", matrixT),
  row("Tensor.backward(input, gradient=None)", (a): Result => {
    const gradient = a.maybe<dl.Tensor>("gradient");
    a.tensor().backward(gradient === undefined ? {} : { gradient });
    return undefined;
  }),
  castRow("bool", "bool"),
  castRow("byte", "uint8"),
  unaryRow("Tensor.data", (x) => x.detach()),
  unaryRow("Tensor.device", (x) => x.device.name),
  castRow("double", "float64"),
  unaryRow("Tensor.dtype", (x) => x.dtype),
  castRow("float", "float32"),
  unaryRow("Tensor.grad", (x) => x.grad),
  unaryRow("Tensor.grad_fn", (x) => x.gradFn),
  castRow("int", "int32"),
  unaryRow("Tensor.is_contiguous", (x) => x.isContiguous),
  unaryRow("Tensor.is_leaf", (x) => x.isLeaf),
  castRow("long", "int32"),
  unaryRow("Tensor.mH", matrixT),
  unaryRow("Tensor.mT", matrixT),
  unaryRow("Tensor.ndim", (x) => x.ndim),
  unaryRow("Tensor.nelement", (x) => x.size),
  row("Tensor.new_full(input, size, fill_value, dtype=None)", (a) =>
    dl.full(a.numbers("size"), a.number("fill_value"), alike(a)),
  ),
  row("Tensor.new_empty(input, size, dtype=None)", (a) => dl.zeros(a.numbers("size"), alike(a))),
  row("Tensor.new_ones(input, size, dtype=None)", (a) => dl.ones(a.numbers("size"), alike(a))),
  row("Tensor.new_tensor(input, data, dtype=None)", (a) => dl.tensor(a.get<dl.Nested<number>>("data"), alike(a))),
  row("Tensor.new_zeros(input, size, dtype=None)", (a) => dl.zeros(a.numbers("size"), alike(a))),
  unaryRow("Tensor.numpy", (x) => [...x.toArray()].map(Number)),
  row("Tensor.permute(input, *dims)", (a) => dl.permute(a.tensor(), a.rest("dims"))),
  row("Tensor.polygamma(input, n)", (a) => dl.polygamma(a.number("n"), a.tensor())),
  row("Tensor.register_hook(input, hook)", (a): Result => {
    registerHook(a.tensor(), a.get<(gradient: dl.Tensor) => dl.Tensor>("hook"));
    return undefined;
  }),
  unaryRow("Tensor.requires_grad", (x) => x.requiresGrad),
  row("Tensor.reshape(input, *shape)", (a) => dl.reshape(a.tensor(), a.rest("shape"))),
  unaryRow("Tensor.storage_offset", (x) => x.offset),
  unaryRow("Tensor.stride", (x) => x.strides),
  row("Tensor.sum_to_size(input, *size)", (a) => dl.sumTo(a.tensor(), a.rest("size"))),
  row("Tensor.tile(input, *dims)", (a) => dl.tile(a.tensor(), a.rest("dims"))),
  row("Tensor.type(input, dtype)", (a) => dl.to(a.tensor(), { dtype: a.get<dl.DType>("dtype") })),
  row("Tensor.type_as(input, other)", (a) => dl.to(a.tensor(), { dtype: a.tensor("other").dtype })),
  row("Tensor.where(input, condition, other)", (a) => dl.where(a.tensor("condition"), a.tensor(), a.operand("other"))),
];
