import { grad, requiresGrad_ } from "@dl/autograd";
import { arange, Generator, ones, randn, type Tensor, tensor, triu, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { selfAttention } from "../../src/attention/self-attention.ts";
import * as nn from "../../src/index.ts";

test("attention over one element leaves it alone", () => {
  const qkv = randn([1, 1, 12], { generator: new Generator(4) });
  const before = qkv.tolist();
  selfAttention(qkv, { numHeads: 2, batchFirst: true, batched: true });
  expect(qkv.tolist()).toEqual(before);
});

describe("attention without weights", () => {
  const generator = new Generator(3);
  const mask = tensor([
    [false, true, false],
    [false, false, true],
    [true, false, false],
  ]);
  const padding = tensor([
    [false, false, true],
    [false, false, false],
  ]);

  test.each([true, false])("gives the output and gradients of attention with weights, batchFirst %s", (batchFirst) => {
    const layer = new nn.MultiheadAttention(6, 2, { batchFirst, generator });
    const x = requiresGrad_(randn(batchFirst ? [2, 3, 6] : [3, 2, 6], { generator }));
    const after = (needWeights: boolean): readonly (readonly number[])[] => {
      layer.zeroGrad();
      x.grad = undefined;
      const { output } = layer.forward(x, x, x, { needWeights, attnMask: mask, keyPaddingMask: padding });
      output.mul(output).sum().backward();
      return [output.detach(), x.grad, ...layer.parameters().map(({ grad }) => grad)].map((each) =>
        Array.from((each as typeof x).detach().contiguous().toArray()),
      );
    };
    const [plain, weighed] = [after(false), after(true)];
    for (const [k, values] of plain.entries())
      for (const [i, value] of values.entries()) expect(value).toBeCloseTo(weighed[k]?.[i] ?? Number.NaN, 4);
  });
});

describe("attention over many elements", () => {
  const generator = new Generator(8);
  const length = 520;
  const mask = triu(ones([length, length], { dtype: "bool" }), { diagonal: 1 });
  const padding = zeros([2, length]).sub(arange(length).div(100));

  test.each([true, false])("gives the same with and without weights, from itself: %s", (self) => {
    const layer = new nn.MultiheadAttention(6, 2, { batchFirst: true, generator });
    const x = requiresGrad_(randn([2, length, 6], { generator }));
    const seen = self ? x : randn([2, length, 6], { generator });
    const after = (needWeights: boolean): readonly Tensor[] => {
      const { output } = layer.forward(x, seen, seen, { needWeights, attnMask: mask, keyPaddingMask: padding });
      return [output.detach(), ...grad([output.mul(output).sum()], [x, ...layer.parameters()])] as Tensor[];
    };
    const [plain, weighed] = [after(false), after(true)];
    for (const [k, expected] of weighed.entries()) {
      const size = expected.abs().max().item();
      expect((plain[k] as Tensor).sub(expected).abs().max().item() / size).toBeLessThan(1e-5);
    }
  });
});
