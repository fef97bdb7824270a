import { BatchNorm1d, Dropout, Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam, SGD } from "@dl/optim";
import { Generator, linspace, ones, randn, type Tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { findLearningRate, fit } from "../src/index.ts";

const loss = (model: Module, [x, y]: [Tensor, Tensor]): Tensor => mseLoss(model.forward(x), y);
const x = randn([16, 3], { generator: new Generator(1) });
const batch: [Tensor, Tensor] = [x, x.sum({ dim: 1, keepdim: true })];

/** Tensors as their bits, the rest as it is. */
const bits = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (isTensor(each) ? Array.from(each.toArray()) : each)));
const isTensor = (value: unknown): value is Tensor => typeof value === "object" && value !== null && "storage" in value;

/** A model with buffers and dropout after three steps of Adam over two groups. */
async function begun() {
  const [first, norm, last] = [new Linear(3, 8), new BatchNorm1d(8), new Linear(8, 1)];
  const model = new Sequential(first, norm, new ReLU(), new Dropout({ p: 0.25 }), last);
  const groups = [{ params: [...first.parameters(), ...norm.parameters()], lr: 0.01 }, { params: last.parameters() }];
  const optimizer = new Adam(groups, { lr: 0.003 });
  await fit(model, [batch], { loss, optimizer, epochs: 3 });
  const state = (): unknown => bits({ model: model.stateDict(), optimizer: optimizer.stateDict() });
  return { model, optimizer, state };
}

test("weights, buffers, optimizer state and rates are as before, bit for bit", async () => {
  const { model, optimizer, state } = await begun();
  const before = state();
  const { curve } = await findLearningRate(model, [batch], { loss, optimizer, steps: 20, to: 1, divergence: 1e9 });
  expect(curve).toHaveLength(20);
  expect(new Set(curve.map(({ loss }) => loss)).size).toBe(20);
  expect(state()).toEqual(before);
  expect(optimizer.paramGroups.map(({ lr }) => lr)).toEqual([0.01, 0.003]);
  expect(model.parameters().every(({ grad }) => grad === undefined)).toBe(true);
});

test("also when a step throws", async () => {
  const { model, optimizer, state } = await begun();
  const before = state();
  let steps = 0;
  const failing = (model: Module, batch: [Tensor, Tensor]): Tensor => {
    if (++steps === 5) throw new Error("no loss");
    return loss(model, batch);
  };
  await expect(findLearningRate(model, [batch], { loss: failing, optimizer })).rejects.toThrow("no loss");
  expect(state()).toEqual(before);
});

test("rates grow by a constant factor; the loss is smoothed with weights that forget", async () => {
  const model = new Linear(1, 1);
  const figures = [4, 2, 1, 7];
  let next = 0;
  const { curve, suggested, diverged } = await findLearningRate(model, [ones([1, 1])], {
    loss: (model, x) =>
      model
        .forward(x)
        .mul(0)
        .sum()
        .add(figures[next++] as number),
    optimizer: new SGD(model.parameters(), { lr: 1 }),
    from: 0.001,
    to: 1,
    steps: 4,
  });
  for (const [i, lr] of [0.001, 0.01, 0.1, 1].entries()) expect(curve[i]?.lr).toBeCloseTo(lr, 12);
  expect(curve.map(({ loss }) => loss)).toEqual(figures);
  const [a, b, c] = [0.4, 0.36 + 0.2, 0.324 + 0.18 + 0.1] as const;
  const smooth = [a / 0.1, b / 0.19, c / 0.271, (0.9 * c + 0.7) / 0.3439];
  for (const [i, value] of smooth.entries()) expect(curve[i]?.smooth).toBeCloseTo(value, 6);
  // the fall from the first to the third is the steepest
  expect(suggested).toBeCloseTo(0.01, 12);
  expect(diverged).toBeUndefined();
});

test("ends where the loss has grown too large", async () => {
  const inputs = linspace(-1, 1, 32).unsqueeze(1);
  const model = new Linear(1, 1);
  const { curve, suggested, diverged } = await findLearningRate(model, [[inputs, inputs.mul(3)] as [Tensor, Tensor]], {
    loss,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    from: 1e-4,
    to: 1000,
  });
  expect(curve.length).toBeLessThan(100);
  expect(diverged).toBe(curve.at(-1)?.lr);
  expect(suggested).toBeLessThan(diverged as number);
});

test("wrong rates and counts have their sentences", async () => {
  const model = new Linear(3, 1);
  const options = { loss, optimizer: new SGD(model.parameters(), { lr: 1 }) };
  await expect(findLearningRate(model, [batch], { ...options, from: 1, to: 1 })).rejects.toThrow(
    "findLearningRate: rates must grow from above 0, got from 1 to 1",
  );
  await expect(findLearningRate(model, [batch], { ...options, steps: 2 })).rejects.toThrow(
    "findLearningRate: steps must be a whole number from 3 on, got 2",
  );
});
