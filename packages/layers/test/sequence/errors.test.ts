import { ones, packSequence, tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import * as nn from "../../src/index.ts";

const attention = new nn.MultiheadAttention(4, 2);
const x = zeros([3, 1, 4]);

/** What a layer says of a wrong input: it opens with the layer as it prints itself. */
const calls: [() => unknown, string][] = [
  [
    () => new nn.LSTM(3, 4).forward(zeros([5, 2, 4])),
    "LSTM(3, 4): needs 3 numbers in the last dimension, got 4 (x [5, 2, 4])",
  ],
  [
    () => new nn.GRU(3, 4, { numLayers: 2 }).forward(zeros([3])),
    "GRU(3, 4, numLayers=2): x must be [length, batch, features] or [length, features] (x [3])",
  ],
  [
    () => new nn.GRU(3, 4, { batchFirst: true }).forward(zeros([1, 1, 2, 3])),
    "GRU(3, 4, batchFirst=true): x must be [batch, length, features] or [length, features] (x [1, 1, 2, 3])",
  ],
  [() => new nn.RNN(3, 4).forward(zeros([0, 2, 3])), "RNN(3, 4): needs at least one step, got none (x [0, 2, 3])"],
  [
    () => new nn.GRU(3, 4).forward(zeros([5, 2, 3]), zeros([2, 2, 4])),
    "GRU(3, 4): the initial h must be [1, 2, 4] (h [2, 2, 4])",
  ],
  [
    () => new nn.LSTM(3, 4).forward(zeros([5, 2, 3]), [zeros([1, 2, 4]), zeros([1, 2, 3])]),
    "LSTM(3, 4): the initial c must be [1, 2, 4] (c [1, 2, 3])",
  ],
  [
    () => new nn.LSTM(3, 4).forward(zeros([5, 3]), [zeros([1, 1, 4]), zeros([1, 4])]),
    "LSTM(3, 4): the initial h must be [1, 4] (h [1, 1, 4])",
  ],
  [
    () => new nn.RNN(3, 4).forward(packSequence([tensor([1, 2]), tensor([3])])),
    "RNN(3, 4): packed data must be [elements, features] (data [3])",
  ],
  [() => new nn.LSTMCell(3, 4).forward(zeros([2, 2])), "LSTMCell(3, 4): x must be [batch, 3] or [3] (x [2, 2])"],
  [
    () => new nn.GRUCell(3, 4).forward(zeros([2, 3]), zeros([1, 4])),
    "GRUCell(3, 4): the state must be [2, 4] (x [2, 3], state [1, 4])",
  ],
  [
    () => attention.forward(zeros([3, 4]), x, x),
    "MultiheadAttention(4, 2): all must have 3 dimensions, or 2 without batch (query [3, 4], key [3, 1, 4], value [3, 1, 4])",
  ],
  [
    () => attention.forward(x, zeros([3, 1, 5]), x),
    "MultiheadAttention(4, 2): needs 4, 4 and 4 numbers in the last dimension (query [3, 1, 4], key [3, 1, 5], value [3, 1, 4])",
  ],
  [
    () => attention.forward(x, zeros([5, 1, 4]), x),
    "MultiheadAttention(4, 2): batches must be equal, and as many keys as values (query [3, 1, 4], key [5, 1, 4], value [3, 1, 4])",
  ],
  [
    () => attention.forward(x, x, x, { attnMask: ones([2, 3], { dtype: "bool" }) }),
    "MultiheadAttention(4, 2): attnMask must be [3, 3] (attnMask [2, 3], scores [1, 2, 3, 3])",
  ],
  [
    () => attention.forward(x, x, x, { keyPaddingMask: ones([3], { dtype: "bool" }) }),
    "MultiheadAttention(4, 2): keyPaddingMask must be [1, 3] (keyPaddingMask [3], scores [1, 2, 3, 3])",
  ],
  [
    () => attention.forward(x, x, x, { attnMask: ones([3, 3], { dtype: "int32" }) }),
    "MultiheadAttention(4, 2): attnMask must be bool or float32, got int32",
  ],
  [
    () => new nn.Transformer({ dModel: 4, nhead: 2, dimFeedforward: 4 }).forward(x, zeros([3, 2, 4])),
    "Transformer(dModel=4, nhead=2): batches must be equal (src [3, 1, 4], tgt [3, 2, 4])",
  ],
  [
    () => new nn.PositionalEncoding(4, { maxLength: 2 }).forward(x),
    "PositionalEncoding(4, maxLength=2): x must have 3 dimensions, or 2 without batch, 4 features and at most 2 elements (x [3, 1, 4])",
  ],
  [() => new nn.ModuleDict({ a: new nn.Identity() }).get("b"), 'ModuleDict: no module "b" among a'],
  [() => new nn.ModuleDict().set("a.b", new nn.Identity()), "ModuleDict: a key must not be empty nor contain a dot"],
  [() => new nn.ModuleDict().forward(), "ModuleDict: has no forward: call its modules by name"],
  [() => new nn.ParameterList().at(0), "ParameterList: no parameter 0 among 0"],
  [() => new nn.ParameterDict().get("a"), 'ParameterDict: no parameter "a" among none'],
  [
    () => new nn.ParameterDict({ training: new nn.Parameter(ones([1])) }),
    'ParameterDict: a key must be free, and without capital letters and dots, got "training"',
  ],
];

/** What a constructor says of wrong sizes and options. */
const constructions: [() => unknown, string][] = [
  [() => new nn.LSTM(0, 4), "LSTM: inputSize must be a whole number from 1 on, got 0"],
  [() => new nn.GRU(3, 4, { numLayers: 0 }), "GRU: numLayers must be a whole number from 1 on, got 0"],
  [() => new nn.GRU(3, 4, { dropout: 2 }), "GRU: dropout must be between 0 and 1, got 2"],
  [() => new nn.LSTM(3, 4, { projSize: 4 }), "LSTM: projSize must be smaller than hiddenSize: 4 and 4"],
  [() => new nn.RNN(3, 4, { nonlinearity: "wrong" as "tanh" }), 'RNN: nonlinearity is "tanh" or "relu", not "wrong"'],
  [() => new nn.RNNCell(3, 0), "RNNCell: hiddenSize must be a whole number from 1 on, got 0"],
  [() => new nn.MultiheadAttention(5, 2), "MultiheadAttention: numHeads 2 do not divide embedDim 5"],
  [
    () => new nn.TransformerEncoderLayer(4, 2, { activation: "wrong" as "relu" }),
    'TransformerEncoderLayer: activation is "relu", "gelu" or a function, not "wrong"',
  ],
  [
    () => new nn.Transformer({ numEncoderLayers: -1 }),
    "Transformer: numEncoderLayers must be a whole number from 0 on",
  ],
  [() => new nn.PositionalEncoding(4, { dropout: 2 }), "PositionalEncoding: dropout must be between 0 and 1, got 2"],
];

describe("a layer for sequences names itself and what is wrong", () => {
  test.each(calls)("%#", (call, message) => {
    expect(call).toThrow(message);
  });
});

describe("a constructor names what is wrong", () => {
  test.each(constructions)("%#", (build, message) => {
    expect(build).toThrow(message);
  });
});
