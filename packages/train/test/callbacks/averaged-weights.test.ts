import { BatchNorm1d, Linear, Sequential } from "@dl/layers";
import { SGD } from "@dl/optim";
import { fill_, ones } from "@dl/tensor";
import { expect, test } from "vitest";
import { averagedWeights, fit } from "../../src/index.ts";

const single = (): Linear => {
  const model = new Linear(1, 1, { bias: false });
  fill_(model.weight.detach(), 1);
  return model;
};

test("follows a ← d·a + (1 − d)·w with the warm-up of d", async () => {
  const model = single();
  const average = averagedWeights({ decay: 0.3 });
  await fit(model, [ones([1, 1])], {
    loss: (model, x) => model.forward(x).sum(),
    optimizer: new SGD(model.parameters(), { lr: 1 }),
    epochs: 3,
    callbacks: [average],
  });
  // w: 1, 0, −1, −2; d: 2/11, 3/12, then 4/13 is above the 0.3 that was asked for
  const first = 2 / 11;
  const second = 0.25 * first - 0.75;
  const third = 0.3 * second + 0.7 * -2;
  expect(await average.use(model, () => model.weight.item())).toBeCloseTo(third, 6);
  expect(model.weight.item()).toBe(-2);
  const failing = average.use(model, async () => {
    expect(model.weight.item()).toBeCloseTo(third, 6);
    throw new Error("measured too late");
  });
  await expect(failing).rejects.toThrow("measured too late");
  expect(model.weight.item()).toBe(-2);
});

test("integer buffers are copied, not averaged", async () => {
  const model = new Sequential(new Linear(1, 2), new BatchNorm1d(2));
  const average = averagedWeights();
  await fit(model, [ones([4, 1])], {
    loss: (model, x) => model.forward(x).sum(),
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: 5,
    callbacks: [average],
  });
  const counted = await average.use(model, () => model.stateDict()["1.num_batches_tracked"]?.item());
  expect(counted).toBe(5);
});

test("an average before the run and a wrong decay have their sentences", async () => {
  await expect(averagedWeights().use(single(), () => 0)).rejects.toThrow(
    "averagedWeights: there is no average yet: use it after a run has begun",
  );
  expect(() => averagedWeights({ decay: 1.5 })).toThrow("averagedWeights: decay must be from 0 to 1, got 1.5");
});
