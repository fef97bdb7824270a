import { requiresGrad_ } from "@dl/autograd";
import { mul, sum, type Tensor, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { binaryCrossEntropy, binaryCrossEntropyWithLogits, crossEntropy, klDiv, nllLoss } from "../src/index.ts";
import { given, normal } from "./samples.ts";

/** The elements, without the sign of a zero. */
const values = (x: Tensor): number[] => Array.from(x.toArray(), (value) => value + 0);

const gradientOf = (loss: (x: Tensor) => Tensor, x: Tensor): unknown => {
  const leaf = requiresGrad_(x);
  loss(leaf).sum().backward();
  return leaf.grad?.tolist();
};

test.each([0, 0.2])(
  "with every target ignored the mean is NaN and the gradient 0 (labelSmoothing %d)",
  (labelSmoothing) => {
    const nothing = given([-100, -100]);
    const logits = normal([2, 3]);
    expect(crossEntropy(logits, nothing, { labelSmoothing }).item()).toBeNaN();
    expect(crossEntropy(logits, nothing, { labelSmoothing, reduction: "sum" }).item()).toBe(0);
    expect(gradientOf((x) => crossEntropy(x, nothing, { labelSmoothing }), logits)).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  },
);

test("an ignored target may be out of range, and its row counts for nothing", () => {
  const logs = tensor([
    [-1, -2],
    [Number.NEGATIVE_INFINITY, -3],
    [-5, -6],
  ]);
  expect(nllLoss(logs, given([0, 255, 1]), { ignoreIndex: 255 }).item()).toBe(3.5);
  expect(gradientOf((x) => nllLoss(x, given([0, 255, 1]), { ignoreIndex: 255 }), logs)).toEqual([
    [-0.5, 0],
    [0, 0],
    [0, -0.5],
  ]);
});

test("the mean is weighted by class", () => {
  const logs = tensor([
    [-1, -2],
    [-3, -4],
  ]);
  expect(nllLoss(logs, given([0, 1]), { weight: tensor([1, 3]) }).item()).toBe(3.25);
});

test("crossEntropy of large logits is exact in value and gradient", () => {
  const logits = tensor([
    [1e4, -1e4],
    [3e38, 0],
  ]);
  expect(values(crossEntropy(logits, given([1, 0]), { reduction: "none" }))).toEqual([20000, 0]);
  expect(gradientOf((x) => crossEntropy(x, given([1, 0])), logits)).toEqual([
    [0.5, -0.5],
    [0, 0],
  ]);
});

test("crossEntropy of one-hot shares equals that of classes", () => {
  const logits = normal([3, 4]);
  const shares = tensor([
    [0, 1, 0, 0],
    [0, 0, 0, 1],
    [1, 0, 0, 0],
  ]);
  const options = { labelSmoothing: 0.1 };
  expect(crossEntropy(logits, shares, options).item()).toBeCloseTo(
    crossEntropy(logits, given([1, 3, 0]), options).item(),
    12,
  );
});

test("crossEntropy of nothing is NaN", () => {
  expect(crossEntropy(tensor(new Float32Array(0), { shape: [0, 3] }), tensor(new Int32Array(0))).item()).toBeNaN();
});

test("a row with an upstream gradient of 0 has gradient 0", () => {
  const logits = requiresGrad_(normal([2, 3]));
  sum(mul(crossEntropy(logits, given([0, 1]), { reduction: "none" }), tensor([1, 0]))).backward();
  expect(logits.grad?.at(1).tolist()).toEqual([0, 0, 0]);
});

test("binaryCrossEntropy at 0 and 1 has PyTorch's values and gradients", () => {
  const x = tensor([0, 1, 0, 1]);
  const y = tensor([0, 1, 1, 0]);
  expect(values(binaryCrossEntropy(x, y, { reduction: "none" }))).toEqual([0, 0, 100, 100]);
  expect(gradientOf((p) => binaryCrossEntropy(p, y, { reduction: "sum" }), x)).toEqual([
    0,
    0,
    tensor(-1e12).item(),
    tensor(1e12).item(),
  ]);
});

test("binaryCrossEntropyWithLogits of large logits does not overflow, nor does its gradient", () => {
  const x = tensor([-1e4, 1e4, -100, 100, 3e38]);
  const y = tensor([1, 0, 0, 1, 1]);
  expect(binaryCrossEntropyWithLogits(x, y, { reduction: "none" }).tolist()).toEqual([
    1e4,
    1e4,
    expect.closeTo(0),
    expect.closeTo(0),
    0,
  ]);
  const gradient = gradientOf((z) => binaryCrossEntropyWithLogits(z, y, { reduction: "sum" }), x);
  expect(gradient).toEqual([-1, 1, expect.closeTo(0), expect.closeTo(0), expect.closeTo(0)]);
});

test("klDiv is 0 where the target is 0", () => {
  expect(values(klDiv(tensor([-2]), tensor([0]), { reduction: "none" }))).toEqual([0]);
  expect(klDiv(tensor(2), tensor(1), { reduction: "batchmean" }).item()).toBe(-2);
});
