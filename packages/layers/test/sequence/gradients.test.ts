import { gradcheck } from "@dl/autograd/testing";
import { cat, Generator, packSequence, randn, reshape, Tensor, useDevice } from "@dl/tensor";
import { beforeAll, describe, test } from "vitest";
import * as nn from "../../src/index.ts";

beforeAll(() => useDevice("cpu"));

const generator = new Generator(1);
const floats = (...shape: number[]): Tensor => randn(shape, { dtype: "float64", generator });

/** Where each parameter lives. */
const placesOf = (layer: nn.AnyModule): [nn.AnyModule, string][] =>
  layer
    .modules()
    .flatMap((module) =>
      Object.entries(module).flatMap(([field, value]): [nn.AnyModule, string][] =>
        nn.isParameter(value) ? [[module, field]] : [],
      ),
    );

type Answer = Tensor | nn.LSTMState | undefined;

/** Compares the gradients of inputs and parameters with central differences, in float64, first and second order. */
function check(layer: nn.AnyModule, inputs: readonly Tensor[], call: (...inputs: Tensor[]) => readonly Answer[]): void {
  layer.to({ dtype: "float64" });
  const places = placesOf(layer);
  const run = (...leaves: Tensor[]): Tensor => {
    for (const [i, [module, field]] of places.entries()) Object.assign(module, { [field]: leaves[inputs.length + i] });
    generator.manualSeed(3);
    const answers = call(...leaves).flatMap((each) => (each === undefined || each instanceof Tensor ? [each] : each));
    return cat(answers.flatMap((each) => (each === undefined ? [] : [reshape(each, [-1])])));
  };
  gradcheck(run, [...inputs, ...layer.parameters().map((parameter) => parameter.detach())], { second: true });
}

const both = { numLayers: 2, bidirectional: true, generator };

describe("gradients of recurrent layers", () => {
  test.each(["tanh", "relu"] as const)("RNN, %s", (nonlinearity) => {
    const layer = new nn.RNN(2, 2, { nonlinearity, generator });
    check(layer, [floats(3, 2, 2), floats(1, 2, 2)], (x, h) => Object.values(layer.forward(x as Tensor, h)));
  });

  test("GRU in two layers and directions, with dropout", () => {
    const layer = new nn.GRU(2, 2, { ...both, dropout: 0.4 });
    check(layer, [floats(3, 2, 2)], (x) => Object.values(layer.forward(x as Tensor)));
  });

  test("LSTM in two layers and directions", () => {
    const layer = new nn.LSTM(2, 2, both);
    check(layer, [floats(3, 2, 2), floats(4, 2, 2), floats(4, 2, 2)], (x, h, c) =>
      Object.values(layer.forward(x as Tensor, [h as Tensor, c as Tensor])),
    );
  });

  test("GRU without bias, last step first", () => {
    const layer = new nn.GRU(2, 2, { bias: false, bidirectional: true, generator });
    check(layer, [floats(3, 1, 2), floats(2, 1, 2)], (x, h) => Object.values(layer.forward(x as Tensor, h)));
  });

  test("LSTM in two layers and directions, projected", () => {
    const layer = new nn.LSTM(2, 2, { ...both, projSize: 1 });
    check(layer, [floats(2, 1, 2), floats(4, 1, 1), floats(4, 1, 2)], (x, h, c) =>
      Object.values(layer.forward(x as Tensor, [h as Tensor, c as Tensor])),
    );
  });

  test("LSTM, packed", () => {
    const layer = new nn.LSTM(2, 2, { bidirectional: true, generator });
    check(layer, [floats(1, 2), floats(3, 2)], (x, y) => {
      const packed = packSequence([x as Tensor, y as Tensor], { enforceSorted: false });
      const { output, hidden } = layer.forward(packed);
      return [output.data, hidden];
    });
  });

  test("cells", () => {
    const rnn = new nn.RNNCell(2, 3, { generator });
    check(rnn, [floats(2, 2), floats(2, 3)], (x, h) => [rnn.forward(x as Tensor, h)]);
    const gru = new nn.GRUCell(2, 3, { generator, bias: false });
    check(gru, [floats(2), floats(3)], (x, h) => [gru.forward(x as Tensor, h)]);
    const lstm = new nn.LSTMCell(2, 3, { generator });
    check(lstm, [floats(2, 2), floats(2, 3), floats(2, 3)], (x, h, c) => [
      lstm.forward(x as Tensor, [h as Tensor, c as Tensor]),
    ]);
  });
});

describe("gradients of attention", () => {
  test("MultiheadAttention with everything", () => {
    const options = { addBiasKv: true, addZeroAttn: true, kdim: 3, vdim: 2, dropout: 0.3, generator };
    const layer = new nn.MultiheadAttention(4, 2, options);
    const keyPaddingMask = floats(1, 2);
    check(layer, [floats(2, 1, 4), floats(2, 1, 3), floats(2, 1, 2)], (q, k, v) =>
      Object.values(layer.forward(q as Tensor, k as Tensor, v as Tensor, { keyPaddingMask })),
    );
  });

  test("self-attention", () => {
    const layer = new nn.MultiheadAttention(2, 1, { batchFirst: true, generator });
    check(layer, [floats(1, 3, 2)], (x) => Object.values(layer.forward(x as Tensor, x as Tensor, x as Tensor)));
  });

  test.each([true, false])("encoder and decoder, normFirst %s", (normFirst) => {
    const sizes = { dModel: 2, nhead: 1, numEncoderLayers: 1, numDecoderLayers: 1, dimFeedforward: 2 };
    const layer = new nn.Transformer({ ...sizes, normFirst, activation: "gelu", generator });
    check(layer, [floats(2, 1, 2), floats(2, 1, 2)], (src, tgt) => [layer.forward(src as Tensor, tgt as Tensor)]);
  });
});
