import { cat, Generator, narrow, ones, randn, type Tensor, tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import * as nn from "../../src/index.ts";

const numbers = (x: Tensor): number[] => [...x.detach().toArray()];
const close = (x: Tensor, y: Tensor): void => {
  expect(x.shape).toEqual(y.shape);
  expect(Math.max(...numbers(x.sub(y).abs()))).toBeLessThan(1e-6);
};

describe("decoding with a cache", () => {
  test("gives what causal attention over the whole text gives", () => {
    const generator = new Generator(1);
    const attention = new nn.MultiheadAttention(4, 2, { batchFirst: true, generator });
    const text = randn([2, 5, 4], { generator });
    const attnMask = nn.Transformer.generateSquareSubsequentMask(5);
    const whole = attention.forward(text, text, text, { attnMask }).output;
    const cache = new nn.KeyValueCache();
    const steps = Array.from({ length: 5 }, (_, t) => {
      const token = narrow(text, 1, t, 1);
      return attention.forward(token, token, token, { cache }).output;
    });
    expect(cache.length).toBe(5);
    close(cat(steps, { dim: 1 }), whole);
  });

  test("keeps nothing of a call that fails", () => {
    const attention = new nn.MultiheadAttention(4, 2, { batchFirst: true });
    const [cache, x] = [new nn.KeyValueCache(), ones([1, 2, 4])];
    expect(() => attention.forward(x, x, x, { cache, attnMask: zeros([3, 3]) })).toThrow("attnMask must be [2, 2]");
    expect(cache.length).toBe(0);
  });
});

describe("copies of a transformer layer", () => {
  const layer = new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 3, generator: new Generator(1) });

  test("start from its values and share nothing", () => {
    const { layers } = new nn.TransformerEncoder(layer, 2);
    const weights = layers.map(({ linear1 }) => linear1.weight);
    const before = numbers(layer.linear1.weight);
    expect(weights.map(numbers)).toEqual([before, before]);
    weights[0]?.detach().fill_(0);
    expect([weights[1], layer.linear1.weight].map((each) => each && numbers(each))).toEqual([before, before]);
  });

  test("have its dtype and mode", () => {
    const copy = layer.copy().to({ dtype: "float64" }).eval().copy();
    expect([copy.training, copy.dropout.training, copy.linear1.weight.dtype]).toEqual([false, false, "float64"]);
  });

  test("stay frozen", () => {
    const copy = new nn.TransformerEncoderLayer(4, 2, { dimFeedforward: 3 }).freeze().copy();
    expect(copy.parameters().some(({ requiresGrad }) => requiresGrad)).toBe(false);
  });

  test("use up no random numbers", () => {
    const generator = new Generator(1);
    const drawn = new nn.TransformerDecoderLayer(4, 2, { dimFeedforward: 3, generator });
    const before = generator.getState();
    expect(new nn.TransformerDecoder(drawn, 3).layers.length).toBe(3);
    expect(generator.getState()).toEqual(before);
  });
});

describe("how layers for sequences print", () => {
  test.each<[nn.AnyModule, string]>([
    [new nn.LSTM(3, 4, { numLayers: 2, projSize: 2 }), "LSTM(3, 4, numLayers=2, projSize=2)"],
    [new nn.RNN(3, 4, { nonlinearity: "relu", bias: false }), "RNN(3, 4, nonlinearity=relu, bias=false)"],
    [new nn.GRU(3, 4, { dropout: 0.1, bidirectional: true }), "GRU(3, 4, dropout=0.1, bidirectional=true)"],
    [new nn.GRUCell(3, 4, { bias: false }), "GRUCell(3, 4, bias=false)"],
    [new nn.ParameterList([new nn.Parameter(ones([2]))]), "ParameterList(\n  (0): Parameter [2] float32\n)"],
  ])("%#", (layer, text) => {
    expect(layer.toString()).toBe(text);
  });
});

describe("dropout between recurrent layers", () => {
  const generator = new Generator(1);
  const layer = new nn.GRU(2, 8, { numLayers: 2, dropout: 0.5, generator });
  const x = randn([3, 1, 2], { generator });

  test("acts in training only", () => {
    expect(numbers(layer.forward(x).output)).not.toEqual(numbers(layer.forward(x).output));
    layer.eval();
    expect(numbers(layer.forward(x).output)).toEqual(numbers(layer.forward(x).output));
  });
});

describe("ModuleDict", () => {
  const dict = new nn.ModuleDict({ Left: new nn.Linear(2, 1), right: new nn.Linear(2, 3) });

  test("keeps the keys in a state dict", () => {
    expect(Object.keys(dict.stateDict())).toEqual(["Left.weight", "Left.bias", "right.weight", "right.bias"]);
  });

  test("is changed by key", () => {
    dict.set("third", new nn.Linear(1, 1));
    expect([dict.size, [...dict.keys()], dict.delete("third"), dict.has("third")]).toEqual([
      3,
      ["Left", "right", "third"],
      true,
      false,
    ]);
    expect([...dict].map(([key]) => key)).toEqual(["Left", "right"]);
    expect([...dict.values()].length).toBe(2);
  });
});

describe("ParameterList and ParameterDict", () => {
  const of = (size: number): nn.Parameter => new nn.Parameter(ones([size]));

  test("name their parameters by position and key", () => {
    const list = new nn.ParameterList([of(2)]).push(of(3));
    expect(list.namedParameters().map(([name, { shape }]) => [name, shape])).toEqual([
      ["0", [2]],
      ["1", [3]],
    ]);
    expect([...list].length).toBe(2);
    const dict = new nn.ParameterDict({ b: of(1), a: of(2) });
    expect(Object.keys(dict.stateDict())).toEqual(["b", "a"]);
    expect([dict.size, dict.has("a"), [...dict].length]).toEqual([2, true, 2]);
  });

  test("change dtype and load as parts of a module", () => {
    const list = new nn.ParameterList([of(2)]).to({ dtype: "float64" });
    expect(list.at(0).dtype).toBe("float64");
    list.loadStateDict({ 0: tensor([5, 6]) });
    expect(list.at(0).detach().tolist()).toEqual([5, 6]);
  });
});

test("PositionalEncoding tells places apart in either layout", () => {
  const places = new nn.PositionalEncoding(4, { dropout: 0, maxLength: 9 });
  const first = new nn.PositionalEncoding(4, { dropout: 0, maxLength: 9, batchFirst: true });
  close(places.forward(zeros([3, 2, 4])), first.forward(zeros([2, 3, 4])).transpose(0, 1));
  expect(Object.keys(places.stateDict())).toEqual(["pe"]);
});
