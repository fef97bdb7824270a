import { requiresGrad_ } from "@dl/autograd";
import { type Tensor, tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { BatchNorm1d, Linear, Module, Parameter, Sequential } from "../src/index.ts";

const fitting = () => ({ weight: tensor([[1, 2]]), bias: tensor([3]) });

describe("state dict", () => {
  test("shares memory with the module and carries no gradient", () => {
    const layer = new Linear(2, 1);
    const state = layer.stateDict();
    expect(state["weight"]?.requiresGrad).toBe(false);
    layer.loadStateDict(fitting());
    expect(state["weight"]?.tolist()).toEqual([[1, 2]]);
  });

  test("is copied in, also from another dtype or from tensors with gradients", () => {
    const layer = new Linear(2, 1);
    const weight = requiresGrad_(tensor([[1, 2]], { dtype: "float64" }));
    expect(layer.loadStateDict({ weight, bias: tensor([3]) })).toEqual({ missingKeys: [], unexpectedKeys: [] });
    expect(layer.weight.dtype).toBe("float32");
    expect(layer.weight.isLeaf).toBe(true);
    expect(layer.forward(tensor([10, 1])).tolist()).toEqual([15]);
  });

  test("goes from one module to another", () => {
    const from = new Sequential(new Linear(3, 2), new BatchNorm1d(2));
    const to = new Sequential(new Linear(3, 2), new BatchNorm1d(2));
    from.forward(
      tensor([
        [1, 2, 3],
        [3, 1, 2],
      ]),
    );
    to.loadStateDict(from.stateDict());
    const lists = (net: Sequential): unknown =>
      Object.entries(net.stateDict()).map(([key, value]) => [key, value.tolist()]);
    expect(lists(to)).toEqual(lists(from));
    expect(to.stateDict()["1.num_batches_tracked"]?.item()).toBe(1);
  });

  test("says all that does not fit, and changes nothing", () => {
    const layer = new Linear(2, 1).to({ dtype: "float32" });
    layer.loadStateDict(fitting());
    const wrong = { weight: zeros([1, 3]), scale: zeros([1]) };
    expect(() => layer.loadStateDict(wrong)).toThrow(
      "loadStateDict: does not fit Linear: missing bias; unexpected scale; weight has shape [1, 3], the module [1, 2]",
    );
    expect(() => layer.loadStateDict({ bias: zeros([1]) })).toThrow(
      "loadStateDict: does not fit Linear: missing weight",
    );
    expect(layer.weight.tolist()).toEqual([[1, 2]]);
    expect(layer.bias?.tolist()).toEqual([3]);
  });

  test("a capital at the start of a name stays", () => {
    class Weighted extends Module {
      readonly W = new Parameter(zeros([1]));
      readonly innerScale = new Parameter(zeros([1]));
      override forward(x: Tensor): Tensor {
        return x.mul(this.W);
      }
    }
    expect(Object.keys(new Weighted().stateDict())).toEqual(["W", "inner_scale"]);
  });

  test("says what is no tensor", () => {
    const wrong = { weight: [[1, 2]], bias: tensor([3]) };
    expect(() => new Linear(2, 1).loadStateDict(wrong as never)).toThrow(
      "loadStateDict: does not fit Linear: weight is no tensor",
    );
  });

  test("takes a part when not strict, and reports the rest", () => {
    const layer = new Linear(2, 1);
    const report = layer.loadStateDict({ weight: tensor([[1, 2]]), scale: zeros([1]) }, { strict: false });
    expect(report).toEqual({ missingKeys: ["bias"], unexpectedKeys: ["scale"] });
    expect(layer.weight.tolist()).toEqual([[1, 2]]);
    expect(() => layer.loadStateDict({ weight: zeros([2]) }, { strict: false })).toThrow(
      "weight has shape [2], the module [1, 2]",
    );
  });
});
