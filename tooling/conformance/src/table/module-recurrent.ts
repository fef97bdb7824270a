import * as nn from "@dl/layers";
import type * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { type ModuleRow, moduleRow } from "./module-row.ts";
import type { Result } from "./row.ts";

const base = "input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False";
const cell = "input_size, hidden_size, bias=True";

const options = {
  numLayers: "num_layers",
  bias: "bias",
  batchFirst: "batch_first",
  dropout: "dropout",
  bidirectional: "bidirectional",
} as const;

const sizes = (a: Args): [number, number] => [a.number("input_size"), a.number("hidden_size")];

const plainCall = (module: nn.RNN | nn.GRU, a: Args): Result => {
  const { output, hidden } = module.forward(a.tensor(), a.maybe<dl.Tensor>("hx"));
  return [output, hidden];
};

const cellCall = (module: nn.RNNCell | nn.GRUCell, a: Args): Result =>
  module.forward(a.tensor(), a.maybe<dl.Tensor>("hx"));

export const recurrentModules: readonly ModuleRow[] = [
  moduleRow(
    `torch.nn.RNN(${base}, *, nonlinearity='tanh')`,
    "(input, hx=None)",
    (a) => new nn.RNN(...sizes(a), a.options({ ...options, nonlinearity: "nonlinearity" })),
    plainCall,
  ),
  moduleRow(
    `torch.nn.GRU(${base})`,
    "(input, hx=None)",
    (a) => new nn.GRU(...sizes(a), a.options({ ...options })),
    plainCall,
  ),
  moduleRow(
    `torch.nn.LSTM(${base}, proj_size=0)`,
    "(input, hx=None)",
    (a) => new nn.LSTM(...sizes(a), a.options({ ...options, projSize: "proj_size" })),
    (module, a) => {
      const { output, hidden } = module.forward(a.tensor(), a.maybe<nn.LSTMState>("hx"));
      return [output, hidden];
    },
  ),
  moduleRow(
    `torch.nn.RNNCell(${cell}, nonlinearity='tanh')`,
    "(input, hx=None)",
    (a) => new nn.RNNCell(...sizes(a), a.options({ bias: "bias", nonlinearity: "nonlinearity" })),
    cellCall,
  ),
  moduleRow(
    `torch.nn.GRUCell(${cell})`,
    "(input, hx=None)",
    (a) => new nn.GRUCell(...sizes(a), a.options({ bias: "bias" })),
    cellCall,
  ),
  moduleRow(
    `torch.nn.LSTMCell(${cell})`,
    "(input, hx=None)",
    (a) => new nn.LSTMCell(...sizes(a), a.options({ bias: "bias" })),
    (module, a) => module.forward(a.tensor(), a.maybe<nn.LSTMState>("hx")),
  ),
];
