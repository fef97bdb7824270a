import { requiresGrad_ } from "@dl/autograd";
import { manualSeed, randn, type Tensor, tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { AdaptiveLogSoftmaxWithLoss } from "../src/index.ts";

const classes = (...values: number[]): Tensor => tensor(values, { dtype: "int32" });

function expectClose(actual: Tensor, expected: readonly number[]): void {
  expect(actual.size).toBe(expected.length);
  for (const [i, value] of [...actual.detach().toArray()].entries()) {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
  }
}

// expected numbers: PyTorch 1.13.1 after manual_seed(0)
describe("AdaptiveLogSoftmaxWithLoss", () => {
  manualSeed(0);
  const softmax = new AdaptiveLogSoftmaxWithLoss(8, 12, [3, 7], { divValue: 2, headBias: true });
  const x = randn([4, 8]);

  test("has PyTorch's state", () => {
    const shapes = Object.entries(softmax.stateDict()).map(([key, { shape }]) => [key, shape]);
    expect(shapes).toEqual([
      ["head.weight", [5, 8]],
      ["head.bias", [5]],
      ["tail.0.0.weight", [4, 8]],
      ["tail.0.1.weight", [4, 4]],
      ["tail.1.0.weight", [2, 8]],
      ["tail.1.1.weight", [5, 2]],
    ]);
  });

  test("has PyTorch's numbers", () => {
    const { output, loss } = softmax.forward(x, classes(0, 4, 11, 6));
    expectClose(output, [-1.7494964599609375, -2.9918599128723145, -3.4672229290008545, -3.490931272506714]);
    expectClose(loss, [2.924877643585205]);
    const second = softmax.logProb(x).at(1);
    expectClose(
      second,
      [
        -1.5102688074111938, -1.3375543355941772, -1.3843713998794556, -3.1119794845581055, -2.9918599128723145,
        -3.249558925628662, -3.2183961868286133, -4.001579761505127, -4.21860408782959, -4.53171443939209,
        -3.4834580421447754, -4.006611347198486,
      ],
    );
    expect(softmax.predict(x).tolist()).toEqual([1, 1, 0, 2]);
  });

  test("takes one sample", () => {
    const { output, loss } = softmax.forward(x.at(0), tensor(0, { dtype: "int32" }));
    expectClose(output, [-1.7494964599609375]);
    expect(output.shape).toEqual([]);
    expectClose(loss, [1.7494964599609375]);
  });

  test("gradients reach every cluster and x", () => {
    const leaf = requiresGrad_(x.clone());
    softmax.forward(leaf, classes(0, 4, 11, 6)).loss.backward();
    for (const [name, parameter] of softmax.namedParameters()) {
      expect(parameter.grad?.abs().max().item(), name).toBeGreaterThan(0);
    }
    // the gradient of -logProb at the targets, by all classes
    const other = requiresGrad_(x.clone());
    const all = softmax.logProb(other);
    const targets = [all.at(0, 0), all.at(1, 4), all.at(2, 11), all.at(3, 6)];
    targets
      .reduce((sum, each) => sum.add(each))
      .div(-4)
      .backward();
    expectClose(leaf.grad ?? x, [...(other.grad?.toArray() ?? [])]);
  });

  test("says what is wrong", () => {
    expect(() => new AdaptiveLogSoftmaxWithLoss(8, 12, [7, 3])).toThrow(
      "AdaptiveLogSoftmaxWithLoss: cutoffs must be growing integers from 1 to 11, got [7, 3]",
    );
    expect(() => new AdaptiveLogSoftmaxWithLoss(8, 12, [])).toThrow("cutoffs must be growing integers from 1 to 11");
    expect(() => softmax.forward(x, classes(0, 1, 2, 12))).toThrow(
      "AdaptiveLogSoftmaxWithLoss(8, 12, [3, 7], divValue=2, headBias=true): targets must lie from 0 to 11, got 12",
    );
    expect(() => softmax.forward(x, classes(0))).toThrow("needs one target for each row of x (x [4, 8], target [1])");
  });
});
