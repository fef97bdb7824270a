import {
  add,
  conv2d,
  exp,
  gelu,
  layerNorm,
  linear,
  matmul,
  relu,
  softmax,
  sum,
  type Tensor,
  transpose,
} from "@dl/tensor";
import type { Build } from "../peer.ts";
import { input, op } from "./tensors.ts";

const unary =
  (compute: (x: Tensor) => Tensor): Build =>
  (data) => {
    const x = input(data, "x");
    return op(() => compute(x));
  };

const binary =
  (first: string, second: string, compute: (x: Tensor, y: Tensor) => Tensor): Build =>
  (data) => {
    const [x, y] = [input(data, first), input(data, second)];
    return op(() => compute(x, y));
  };

const product: Build = binary("x", "y", matmul);

export const ops: Readonly<Record<string, Build>> = {
  "matmul-64": product,
  "matmul-128": product,
  "matmul-256": product,
  "matmul-512": product,
  "matmul-1024": product,
  "skinny-fwd": binary("x", "w", linear),
  "skinny-dw": binary("g", "x", (g, x) => matmul(transpose(g, 0, 1), x)),
  "skinny-dx": binary("g", "w", matmul),
  "conv-28-1-32": binary("x", "w", (x, w) => conv2d(x, w, undefined, { padding: 1 })),
  "conv-14-32-64": binary("x", "w", (x, w) => conv2d(x, w, undefined, { padding: 1 })),
  depthwise: binary("x", "w", (x, w) => conv2d(x, w, undefined, { padding: 1, groups: 64 })),
  "add-1m": binary("x", "y", add),
  "relu-1m": unary(relu),
  "gelu-1m": unary((x) => gelu(x)),
  "exp-1m": unary(exp),
  softmax: unary((x) => softmax(x, { dim: 1 })),
  layernorm: (data) => {
    const [x, weight, bias] = [input(data, "x"), input(data, "weight"), input(data, "bias")];
    return op(() => layerNorm(x, [1000], { weight, bias }));
  },
  sum0: unary((x) => sum(x, { dim: 0 })),
};
