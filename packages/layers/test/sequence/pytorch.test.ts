import {
  add,
  manualSeed,
  packPaddedSequence,
  padPackedSequence,
  sin,
  sum,
  Tensor,
  tensor,
  useDevice,
} from "@dl/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import * as nn from "../../src/index.ts";
import pytorch from "./pytorch.json" with { type: "json" };

interface Numbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

type Answer = Tensor | undefined | readonly Answer[];

interface Model {
  readonly layer: nn.AnyModule;
  answer(...inputs: Tensor[]): Answer;
}

const recurrent = (layer: nn.RNN | nn.GRU): Model => ({
  layer,
  answer: (x, h) => Object.values(layer.forward(x as Tensor, h)),
});

const lstm = (layer: nn.LSTM): Model => ({
  layer,
  answer: (x, h, c) => Object.values(layer.forward(x as Tensor, h && c && [h, c])),
});

const packed = (layer: nn.LSTM | nn.GRU, lengths: number[], enforceSorted = true): Model => ({
  layer,
  answer: (x) => {
    const { output, hidden } = layer.forward(packPaddedSequence(x as Tensor, lengths, { enforceSorted }));
    const { padded, lengths: found } = padPackedSequence(output, { paddingValue: -1 });
    expect(found).toEqual(lengths);
    return [padded, hidden];
  },
});

const attention = (layer: nn.MultiheadAttention, options: nn.AttendOptions): Model => ({
  layer,
  answer: (q, k, v) => Object.values(layer.forward(q as Tensor, k as Tensor, v as Tensor, options)),
});

const small = { dimFeedforward: 5, dropout: 0 };
const bools = (values: number[][]): Tensor => tensor(values, { dtype: "bool" });

const models: Readonly<Record<keyof typeof pytorch, () => Model>> = {
  RNN: () => recurrent(new nn.RNN(3, 2, { numLayers: 2, nonlinearity: "relu" })),
  "RNN without batch": () => recurrent(new nn.RNN(3, 2, { bidirectional: true })),
  LSTM: () => lstm(new nn.LSTM(3, 2, { numLayers: 2, bidirectional: true, batchFirst: true })),
  "LSTM with projection": () => lstm(new nn.LSTM(3, 4, { numLayers: 2, bidirectional: true, projSize: 2 })),
  "LSTM without batch": () => lstm(new nn.LSTM(3, 2)),
  "LSTM packed": () => packed(new nn.LSTM(3, 2, { numLayers: 2, bidirectional: true }), [4, 3, 1]),
  "LSTM packed, unsorted": () => packed(new nn.LSTM(3, 4, { projSize: 2 }), [1, 4, 2], false),
  GRU: () => recurrent(new nn.GRU(3, 2, { bias: false })),
  "GRU packed, unsorted": () => packed(new nn.GRU(3, 2, { bidirectional: true }), [2, 4], false),
  RNNCell: () => {
    const layer = new nn.RNNCell(3, 2);
    return { layer, answer: (x) => layer.forward(x as Tensor) };
  },
  LSTMCell: () => {
    const layer = new nn.LSTMCell(3, 2);
    return { layer, answer: (x) => layer.forward(x as Tensor) };
  },
  GRUCell: () => {
    const layer = new nn.GRUCell(3, 2);
    return { layer, answer: (x, h) => layer.forward(x as Tensor, h) };
  },
  MultiheadAttention: () => {
    const row = [0.5, 0, -1, 0];
    const padding = [
      [0, 0, 0, 0],
      [1, 0, 0, 1],
    ];
    const masks = { attnMask: tensor([row, row, row]), keyPaddingMask: bools(padding) };
    return attention(new nn.MultiheadAttention(4, 2, { batchFirst: true }), masks);
  },
  "MultiheadAttention with more keys": () => {
    const options = { batchFirst: true, kdim: 3, vdim: 5, addBiasKv: true, addZeroAttn: true };
    const diagonal = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ];
    return attention(new nn.MultiheadAttention(4, 2, options), { attnMask: bools(diagonal) });
  },
  "MultiheadAttention without batch": () =>
    attention(new nn.MultiheadAttention(4, 2), {
      keyPaddingMask: tensor([0, 0, 1, 0, 0], { dtype: "bool" }),
      averageAttnWeights: false,
    }),
  TransformerEncoder: () => {
    const norm = new nn.LayerNorm(4);
    const layer = new nn.TransformerEncoder(new nn.TransformerEncoderLayer(4, 2, small), 2, { norm });
    const mask = nn.Transformer.generateSquareSubsequentMask(3);
    return { layer, answer: (src) => layer.forward(src as Tensor, { mask }) };
  },
  TransformerDecoder: () => {
    const one = new nn.TransformerDecoderLayer(4, 2, { ...small, normFirst: true });
    const layer = new nn.TransformerDecoder(one, 2);
    const padding = [
      [0, 0, 0, 0, 0],
      [0, 1, 1, 0, 0],
    ];
    const masks = { memoryKeyPaddingMask: bools(padding) };
    return { layer, answer: (tgt, memory) => layer.forward(tgt as Tensor, memory as Tensor, masks) };
  },
  Transformer: () => {
    const sizes = { dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 2 };
    const layer = new nn.Transformer({ ...sizes, ...small, activation: "gelu", batchFirst: true });
    return { layer, answer: (src, tgt) => layer.forward(src as Tensor, tgt as Tensor) };
  },
};

const flat = (answer: Answer): Tensor[] =>
  answer instanceof Tensor ? [answer] : answer === undefined ? [] : answer.flatMap(flat);

/** Largest difference to PyTorch's numbers. */
function difference(x: Tensor | undefined, { shape, values }: Numbers): number {
  expect(x?.shape).toEqual(shape);
  return Math.max(
    ...Array.from(x?.detach().toArray() ?? [], (value, i) => Math.abs(value - Math.fround(values[i] as number))),
  );
}

describe.each(["cpu", "wasm"] as const)("%s: a new layer and its answers are PyTorch's for seed 0", (device) => {
  beforeAll(() => useDevice(device));

  test.each(Object.entries(pytorch))("%s", (name, expected) => {
    manualSeed(0);
    const { layer, answer } = models[name as keyof typeof models]();
    const state = layer.stateDict();
    expect(Object.keys(state)).toEqual(Object.keys(expected.state));
    for (const [key, numbers] of Object.entries<Numbers>(expected.state))
      expect(difference(state[key], numbers), key).toBe(0);
    const inputs = expected.inputs.map(({ shape, values }) => tensor(Float32Array.from(values), { shape }));
    const outputs = flat(answer(...inputs));
    expect(outputs.length).toBe(expected.outputs.length);
    for (const [i, numbers] of expected.outputs.entries()) expect(difference(outputs[i], numbers)).toBeLessThan(1e-6);
    outputs
      .map((output) => sum(sin(output)))
      .reduce((total, each) => add(total, each))
      .backward();
    const parameters = new Map(layer.namedParameters());
    for (const [key, numbers] of Object.entries<Numbers>(expected.gradients))
      expect(difference(parameters.get(key)?.grad, numbers), key).toBeLessThan(5e-6);
  });
});
