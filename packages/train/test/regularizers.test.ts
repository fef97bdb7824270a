import { requiresGrad_ } from "@dl/autograd";
import { Linear } from "@dl/layers";
import { SGD } from "@dl/optim";
import { Generator, randn, type Tensor, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { elasticNet, l1, l2 } from "../src/index.ts";

/** The gradient of a penalty at two parameters. */
function gradients(penalty: (params: Tensor[]) => Tensor): unknown[] {
  const params = [requiresGrad_(tensor([1.5, -2, 0])), requiresGrad_(tensor([[4], [-0.25]]))];
  penalty(params).backward();
  return params.map(({ grad }) => grad?.tolist());
}

test("the gradients are λ sign(w) and λ w, and their sum", () => {
  expect(gradients((params) => l1(params, 0.5))).toEqual([
    [0.5, -0.5, 0],
    [[0.5], [-0.5]],
  ]);
  expect(gradients((params) => l2(params, 0.5))).toEqual([
    [0.75, -1, 0],
    [[2], [-0.125]],
  ]);
  expect(gradients((params) => elasticNet(params, { l1: 1, l2: 0.5 }))).toEqual([
    [1.75, -2, 0],
    [[3], [-1.125]],
  ]);
});

test("l2 in the loss is the weight decay of SGD", () => {
  const x = randn([32, 4], { generator: new Generator(1) });
  const learnt = (penalty: number, weightDecay: number): number[] => {
    const model = new Linear(4, 1, { generator: new Generator(0) });
    const optimizer = new SGD(model.parameters(), { lr: 0.1, momentum: 0.9, weightDecay });
    for (let step = 0; step < 30; step++) {
      optimizer.zeroGrad();
      const loss = model
        .forward(x)
        .sub(x.sum({ dim: 1, keepdim: true }))
        .square()
        .mean();
      (penalty === 0 ? loss : loss.add(l2(model.parameters(), penalty))).backward();
      optimizer.step();
    }
    return model.parameters().flatMap((p) => Array.from(p.detach().toArray()));
  };
  const [penalized, decayed, free] = [learnt(0.3, 0), learnt(0, 0.3), learnt(0, 0)] as const;
  for (const [i, value] of decayed.entries()) expect(penalized[i]).toBeCloseTo(value, 6);
  expect(Math.abs((free[0] as number) - (decayed[0] as number))).toBeGreaterThan(0.05);
});

test("no parameters and wrong factors have their sentences", () => {
  expect(() => l1([], 1)).toThrow("l1: needs at least one parameter, got none");
  expect(() => l2([tensor([1])], -1)).toThrow("l2: lambda must be a number from 0 on, got -1");
  expect(() => elasticNet([tensor([1])], { l1: 0, l2: Number.NaN })).toThrow("l2: lambda must be a number from 0 on");
});
