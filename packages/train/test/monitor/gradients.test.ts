import { requiresGrad_ } from "@dl/autograd";
import { Linear, Sequential } from "@dl/layers";
import { SGD } from "@dl/optim";
import { fill_, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { fit, gradientMonitor, gradientNorms } from "../../src/index.ts";

test("norms are Euclidean, by name; a parameter without a gradient has none", async () => {
  const [first, second] = [new Linear(2, 1, { bias: false }), new Linear(1, 2)];
  const model = new Sequential(first, second);
  fill_(second.weight.detach(), 2);
  first.weight.detach().copy_(tensor([[1, 1]]));
  for (const bias of second.parameters().slice(1)) requiresGrad_(bias, false);
  model
    .forward(tensor([[3, 4]]))
    .sum()
    .backward();
  // d/dW1 = (2 + 2) · [3, 4]; d/dW2 = [7, 7]
  expect(await gradientNorms(model)).toEqual({ "0.weight": 20, "1.weight": expect.closeTo(7 * Math.SQRT2, 5) });
});

test("records every n-th step, before the step is made", async () => {
  const model = new Linear(1, 1, { bias: false });
  fill_(model.weight.detach(), 1);
  const monitor = gradientMonitor({ every: 2 });
  await fit(model, [tensor([[1]])], {
    loss: (model, x) => model.forward(x).square().sum(),
    optimizer: new SGD(model.parameters(), { lr: 0.25 }),
    epochs: 5,
    callbacks: [monitor],
  });
  // w halves in each step and its gradient is 2w
  expect(monitor.records).toEqual([
    { step: 0, norms: { weight: 2 } },
    { step: 2, norms: { weight: 0.5 } },
    { step: 4, norms: { weight: 0.125 } },
  ]);
});

test("a wrong distance has its sentence", () => {
  expect(() => gradientMonitor({ every: 0 })).toThrow("gradientMonitor: every must be a whole number from 1 on, got 0");
});
