import { requiresGrad_ } from "@dl/autograd";
import { gradcheck } from "@dl/autograd/testing";
import { arange, linalgNorm, manualSeed, norm, ones, randn, type Tensor, tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import {
  Conv1d,
  ConvTranspose1d,
  Linear,
  removeSpectralNorm,
  removeWeightNorm,
  spectralNorm,
  weightNorm,
} from "../src/index.ts";

function expectClose(actual: Tensor | undefined, expected: readonly number[], digits = 4): void {
  expect(actual?.size).toBe(expected.length);
  for (const [i, value] of [...(actual?.detach().toArray() ?? [])].entries())
    expect(value).toBeCloseTo(expected[i] as number, digits);
}

// expected numbers: PyTorch 1.13.1 after manual_seed(0)
describe("weightNorm", () => {
  test("gives PyTorch's values and gradients", () => {
    manualSeed(0);
    const layer = weightNorm(new Conv1d(2, 3, 2));
    expect(Object.keys(layer.stateDict())).toEqual(["bias", "weight_g", "weight_v"]);
    const g = layer.stateDict()["weight_g"] as Tensor;
    expect(g.shape).toEqual([3, 1, 1]);
    expectClose(g, [0.6138, 0.4608, 0.228]);
    const y = layer.forward(arange(8, undefined, 1, { dtype: "float32" }).reshape([1, 2, 4]));
    expectClose(y, [-3.6954, -4.2104, -4.7254, 1.7455, 2.0736, 2.4016, -1.1696, -1.3311, -1.4926]);
    y.square().sum().backward();
    const [, lengths, directions] = layer.parameters();
    expectClose(lengths?.grad, [155.3665, 65.8617, 39.8712], 2);
    const wanted = [-26.3749, -120.4816, -24.2009, -60.4882, 41.2789, 7.031, 64.9354, 19.2964];
    expectClose(directions?.grad, [...wanted, -0.8716, -39.7598, -14.1498, -31.3755], 2);
  });

  test("keeps length and direction apart, along any dimension or none", () => {
    const layer = new Linear(3, 2);
    const before = [...layer.weight.detach().toArray()];
    weightNorm(layer, { dim: 1 });
    expectClose(layer.weight, before, 6);
    const whole = weightNorm(new Linear(3, 2), { dim: null });
    expect(whole.stateDict()["weight_g"]?.shape).toEqual([]);
    whole.stateDict()["weight_g"]?.fill_(2);
    expect(norm(whole.weight).item()).toBeCloseTo(2, 5);
  });

  test("is undone with the present value", () => {
    const layer = weightNorm(new Linear(3, 2));
    layer.stateDict()["weight_g"]?.fill_(3);
    const value = layer.weight.tolist();
    removeWeightNorm(layer);
    expect(layer.weight.tolist()).toEqual(value);
    expect(layer.weight.requiresGrad).toBe(true);
    expect(Object.keys(layer.stateDict())).toEqual(["bias", "weight"]);
  });

  test("says what is wrong", () => {
    expect(() => weightNorm(new Linear(3, 2), { name: "wieght" })).toThrow(
      "weightNorm: Linear has no parameter wieght (weight, bias)",
    );
    expect(() => removeWeightNorm(new Linear(3, 2))).toThrow(
      "removeWeightNorm: weight of Linear is an ordinary parameter",
    );
    expect(() => removeWeightNorm(spectralNorm(new Linear(3, 2)))).toThrow(
      "removeWeightNorm: weight of Linear is an ordinary parameter",
    );
  });
});

describe("spectralNorm", () => {
  test("gives PyTorch's values and gradients", () => {
    manualSeed(0);
    const layer = spectralNorm(new Linear(3, 2));
    expect(Object.keys(layer.stateDict())).toEqual(["bias", "weight_orig", "weight_u", "weight_v"]);
    expectClose(layer.stateDict()["weight_u"], [-0.6128, -0.7902]);
    expectClose(layer.stateDict()["weight_v"], [0.3431, 0.7128, -0.6118]);
    const x = tensor([[1, 2, 3]]);
    layer.forward(x);
    layer.forward(x);
    const y = layer.forward(x);
    expectClose(y, [-2.1232, -0.598]);
    y.sum().backward();
    expectClose(layer.parameters()[1]?.grad, [-0.8178, 5.1221, 6.4629, -4.2609, 5.0322, 5.101], 3);
    layer.eval();
    expectClose(layer.forward(x), [-2.1232, -0.598]);
  });

  test("takes the outputs of a transposed convolution", () => {
    manualSeed(0);
    const layer = spectralNorm(new ConvTranspose1d(2, 3, 2));
    expectClose(layer.stateDict()["weight_u"], [0.5964, 0.8014, -0.0446]);
    expect(layer.stateDict()["weight_v"]?.shape).toEqual([4]);
    const y = layer.forward(ones([1, 2, 2]));
    expectClose(y, [-0.4167, 0.8816, 0.9083, -1.1609, -1.6212, -0.7307, -0.8396, -0.7697, -0.0984]);
  });

  test("converges to a largest singular value of 1", () => {
    const layer = spectralNorm(new Linear(5, 4), { nPowerIterations: 100 });
    layer.forward(ones([1, 5]));
    expect(linalgNorm(layer.weight, { ord: 2 }).item()).toBeCloseTo(1, 4);
  });

  test("has the gradient of W / (uᵀ W v)", () => {
    const layer = spectralNorm(new Linear(3, 2)).to({ dtype: "float64" }).eval();
    const orig = layer.parameters()[1]?.detach() as Tensor;
    const run = (weight: Tensor): Tensor => {
      Object.assign(layer, { weightOrig: weight });
      return layer.weight;
    };
    gradcheck(run, [orig], { second: true });
  });

  test("is undone with the present value, and its hook too", () => {
    const layer = spectralNorm(new Linear(3, 2));
    layer.forward(randn([1, 3]));
    const value = layer.weight.tolist();
    removeSpectralNorm(layer);
    expect(layer.weight.tolist()).toEqual(value);
    expect(Object.hasOwn(layer, "forward")).toBe(false);
    const x = requiresGrad_(ones([1, 3]));
    layer.forward(x).sum().backward();
    expect(layer.weight.grad?.shape).toEqual([2, 3]);
  });

  test("says what is wrong", () => {
    expect(() => weightNorm(new Linear(3, 2), { dim: 2 })).toThrow(
      "weightNorm: dim 2 is out of range for weight [2, 3]",
    );
    expect(() => spectralNorm(new Linear(3, 2), { nPowerIterations: 0 })).toThrow(
      "spectralNorm: nPowerIterations must be a whole number from 1 on: got 0",
    );
  });
});
