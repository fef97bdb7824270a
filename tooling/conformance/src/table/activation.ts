import * as dl from "@dl/tensor";
import { row, unaryRow } from "./row.ts";

const alpha = { alpha: "alpha" } as const;

export const activation = [
  row("torch.nn.functional.celu(input, alpha=1.0, inplace=False)", (a) => dl.celu(a.tensor(), a.options(alpha))),
  row("torch.nn.functional.elu(input, alpha=1.0, inplace=False)", (a) => dl.elu(a.tensor(), a.options(alpha))),
  row("torch.nn.functional.gelu(input, approximate='none')", (a) =>
    dl.gelu(a.tensor(), a.options({ approximate: "approximate" })),
  ),
  row("torch.nn.functional.glu(input, dim=-1)", (a) => dl.glu(a.tensor(), a.options({ dim: "dim" }))),
  row("torch.nn.functional.hardshrink(input, lambd=0.5)", (a) =>
    dl.hardshrink(a.tensor(), a.options({ lambd: "lambd" })),
  ),
  row("torch.nn.functional.hardsigmoid(input, inplace=False)", (a) => dl.hardsigmoid(a.tensor())),
  row("torch.nn.functional.hardswish(input, inplace=False)", (a) => dl.hardswish(a.tensor())),
  row("torch.nn.functional.hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)", (a) =>
    dl.hardtanh(a.tensor(), a.options({ minVal: "min_val", maxVal: "max_val" })),
  ),
  row("torch.nn.functional.leaky_relu(input, negative_slope=0.01, inplace=False)", (a) =>
    dl.leakyRelu(a.tensor(), a.options({ negativeSlope: "negative_slope" })),
  ),
  unaryRow("torch.nn.functional.logsigmoid", dl.logSigmoid),
  row("torch.log_softmax(input, dim, *, dtype=None)", (a) =>
    dl.logSoftmax(a.tensor(), a.options({ dim: "dim", dtype: "dtype" })),
  ),
  row("torch.nn.functional.log_softmax(input, dim=None, *, dtype=None)", (a) =>
    dl.logSoftmax(a.tensor(), a.options({ dim: "dim", dtype: "dtype" })),
  ),
  row("torch.nn.functional.softmax(input, dim=None, *, dtype=None)", (a) =>
    dl.softmax(a.tensor(), a.options({ dim: "dim", dtype: "dtype" })),
  ),
  row("torch.nn.functional.softmin(input, dim=None, *, dtype=None)", (a) =>
    dl.softmin(a.tensor(), a.options({ dim: "dim", dtype: "dtype" })),
  ),
  row("torch.softmax(input, dim, *, dtype=None)", (a) =>
    dl.softmax(a.tensor(), a.options({ dim: "dim", dtype: "dtype" })),
  ),
  row("torch.nn.functional.mish(input, inplace=False)", (a) => dl.mish(a.tensor())),
  row("torch.nn.functional.prelu(input, weight)", (a) => dl.prelu(a.tensor(), a.tensor("weight"))),
  row("torch.nn.functional.relu(input, inplace=False)", (a) => dl.relu(a.tensor())),
  row("torch.nn.functional.relu6(input, inplace=False)", (a) => dl.relu6(a.tensor())),
  row("torch.nn.functional.rrelu(input, lower=0.125, upper=0.333, training=False, inplace=False)", (a) =>
    dl.rrelu(a.tensor(), a.options({ lower: "lower", upper: "upper", training: "training" })),
  ),
  row("torch.nn.functional.selu(input, inplace=False)", (a) => dl.selu(a.tensor())),
  unaryRow("torch.nn.functional.sigmoid", dl.sigmoid),
  row("torch.nn.functional.silu(input, inplace=False)", (a) => dl.silu(a.tensor())),
  row("torch.nn.functional.softplus(input, beta=1, threshold=20)", (a) =>
    dl.softplus(a.tensor(), a.options({ beta: "beta", threshold: "threshold" })),
  ),
  row("torch.nn.functional.softshrink(input, lambd=0.5)", (a) =>
    dl.softshrink(a.tensor(), a.options({ lambd: "lambd" })),
  ),
  unaryRow("torch.nn.functional.softsign", dl.softsign),
  unaryRow("torch.nn.functional.tanh", dl.tanh),
  unaryRow("torch.nn.functional.tanhshrink", dl.tanhshrink),
  row("torch.nn.functional.threshold(input, threshold, value, inplace=False)", (a) =>
    dl.threshold(a.tensor(), { threshold: a.number("threshold"), value: a.number("value") }),
  ),
];
