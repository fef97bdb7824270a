import { DataLoader, TensorDataset } from "@dl/data";
import { Dropout, Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam, SGD, StepLR } from "@dl/optim";
import { Generator, manualSeed, randn, type Tensor, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { type Callback, clipGradients, fit } from "../src/index.ts";

const data = (rows: number): TensorDataset<[Tensor, Tensor]> => {
  const x = randn([rows, 3], { generator: new Generator(1) });
  return new TensorDataset(x, x.sum({ dim: 1, keepdim: true }));
};
const loss = (model: Module, [x, y]: [Tensor, Tensor]): Tensor => mseLoss(model.forward(x), y);
const weightsOf = (model: Module): number[] => model.parameters().flatMap((p) => Array.from(p.detach().toArray()));

/** A model that draws random numbers in every step. */
function net(): Sequential {
  manualSeed(0);
  return new Sequential(new Linear(3, 8), new ReLU(), new Dropout({ p: 0.25 }), new Linear(8, 1));
}

test("learns, and records the mean loss of each epoch with what was measured", async () => {
  manualSeed(0);
  const model = new Linear(3, 1);
  const { history, steps } = await fit(model, new DataLoader(data(40), { batchSize: 8, shuffle: true }), {
    loss,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: 20,
    validate: (model) => ({ training: Number(model.training) }),
  });
  expect(steps).toBe(100);
  expect(history.map(({ epoch, step }) => [epoch, step]).slice(0, 2)).toEqual([
    [1, 5],
    [2, 10],
  ]);
  expect(history[0]?.loss).toBeGreaterThan(0.5);
  expect(history.at(-1)?.loss).toBeLessThan(1e-3);
  expect(history[0]?.["training"]).toBe(0);
  expect(model.training).toBe(true);
});

test("steps end a run in the middle of an epoch; every n steps are recorded, and what is left at the end", async () => {
  const model = net();
  const { history, steps } = await fit(model, new DataLoader(data(40), { batchSize: 8 }), {
    loss,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    steps: 12,
    every: 5,
  });
  expect(steps).toBe(12);
  expect(history.map(({ epoch, step }) => [epoch, step])).toEqual([
    [1, 5],
    [2, 10],
    [3, 12],
  ]);
});

test("two batches accumulated make the step of one batch of both", async () => {
  const [one, two] = [net().eval(), net().eval()];
  const options = (model: Module) => ({ loss, optimizer: new SGD(model.parameters(), { lr: 0.1 }), epochs: 1 });
  const frozen = (model: Sequential): Callback => ({ onStart: () => void model.eval() });
  await fit(one, new DataLoader(data(8), { batchSize: 8 }), { ...options(one), callbacks: [frozen(one)] });
  const { steps } = await fit(two, new DataLoader(data(8), { batchSize: 4 }), {
    ...options(two),
    accumulate: 2,
    callbacks: [frozen(two)],
  });
  expect(steps).toBe(1);
  const [a, b] = [weightsOf(one), weightsOf(two)];
  for (const [i, value] of a.entries()) expect(b[i]).toBeCloseTo(value, 6);
});

test("batches left over make a step, also where nobody knows how many there are", async () => {
  for (const batches of [[1, 2, 3], new Set([1, 2, 3])]) {
    const model = new Linear(1, 1, { bias: false });
    const before = weightsOf(model)[0] as number;
    const { steps } = await fit(model, batches, {
      loss: (model, x) => model.forward(tensor([[x]])).sum(),
      optimizer: new SGD(model.parameters(), { lr: 1 }),
      accumulate: 2,
    });
    expect(steps).toBe(2);
    expect(before - (weightsOf(model)[0] as number)).toBeCloseTo((1 + 2) / 2 + 3 / 2, 5);
  }
});

test("a last step at the end of an epoch ends the epoch too", async () => {
  const model = net();
  const ended: number[] = [];
  const { history } = await fit(model, new DataLoader(data(40), { batchSize: 8 }), {
    loss,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    steps: 10,
    callbacks: [{ afterEpoch: ({ step }) => void ended.push(step) }],
  });
  expect(ended).toEqual([5, 10]);
  expect(history).toHaveLength(2);
});

test("a scheduler goes on by step or by epoch", async () => {
  for (const [schedule, rate] of [
    ["step", 0.1 * 0.5 ** 5],
    ["epoch", 0.05],
  ] as const) {
    const model = net();
    const optimizer = new SGD(model.parameters(), { lr: 0.1 });
    const scheduler = new StepLR(optimizer, { stepSize: 1, gamma: 0.5 });
    await fit(model, new DataLoader(data(40), { batchSize: 8 }), { loss, optimizer, scheduler, schedule });
    expect(optimizer.paramGroups[0]?.lr).toBeCloseTo(rate, 12);
  }
});

test("callbacks are called in order, and onEnd also when a step throws", async () => {
  const calls: string[] = [];
  const spy: Callback = {
    onStart: () => void calls.push("start"),
    afterBackward: () => void calls.push("backward"),
    afterStep: ({ step }) => void calls.push(`step ${step}`),
    afterValidation: () => void calls.push("validation"),
    afterEpoch: () => void calls.push("epoch"),
    atRest: () => void calls.push("rest"),
    onEnd: () => void calls.push("end"),
  };
  const model = net();
  const optimizer = new Adam(model.parameters());
  await fit(model, new DataLoader(data(4), { batchSize: 4 }), { loss, optimizer, callbacks: [spy] });
  expect(calls).toEqual(["start", "backward", "step 1", "rest", "validation", "epoch", "rest", "end"]);
  calls.length = 0;
  const broken = (): Tensor => {
    throw new Error("no loss");
  };
  await expect(fit(model, [[1]], { loss: broken, optimizer, callbacks: [spy] })).rejects.toThrow("no loss");
  expect(calls).toEqual(["start", "end"]);
});

test("gradients are clipped before the step", async () => {
  const model = new Linear(1, 1, { bias: false });
  const before = weightsOf(model)[0] as number;
  await fit(model, [tensor([[1000]])], {
    loss: (model, x) => model.forward(x).sum(),
    optimizer: new SGD(model.parameters(), { lr: 1 }),
    callbacks: [clipGradients({ maxNorm: 0.5 })],
  });
  expect(before - (weightsOf(model)[0] as number)).toBeCloseTo(0.5, 5);
});

test("a callback can stop the run, which says why", async () => {
  const model = net();
  const { steps, stopped } = await fit(model, new DataLoader(data(40), { batchSize: 8 }), {
    loss,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: 3,
    callbacks: [{ afterStep: (run) => void (run.step === 7 && run.stop("enough")) }],
  });
  expect([steps, stopped]).toEqual([7, "enough"]);
});

test("wrong counts and empty batches have their sentences", async () => {
  const model = net();
  const optimizer = new SGD(model.parameters(), { lr: 0.1 });
  await expect(fit(model, [], { loss, optimizer, epochs: 0 })).rejects.toThrow(
    "fit: epochs must be a whole number from 1 on, got 0",
  );
  await expect(fit(model, [], { loss, optimizer })).rejects.toThrow("fit: the batches gave nothing");
  expect(() => clipGradients({})).toThrow("clipGradients: give maxNorm or maxValue, got neither");
});
