import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataLoader, TensorDataset } from "@dl/data";
import { BatchNorm1d, Dropout, Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam, ExponentialLR } from "@dl/optim";
import { full, Generator, manualSeed, ones, randn, type Tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { averagedWeights, type Callback, checkpoint, earlyStopping, fit } from "../src/index.ts";

const loss = (model: Module, [x, y]: [Tensor, Tensor]): Tensor => mseLoss(model.forward(x), y);

interface Ending {
  readonly weights: readonly number[];
  readonly average: readonly number[];
  readonly history: readonly unknown[];
}

interface Setting {
  /** Steps between checkpoints. */
  readonly kept?: number;
  /** Steps between validations. */
  readonly every?: number;
  /** Whether the loader and the dropout have generators of their own. */
  readonly own: boolean;
}

const flat = (model: Module): number[] => Object.values(model.stateDict()).flatMap((t) => Array.from(t.toArray()));

/**
 * Four epochs of five steps with shuffling, dropout, batch norm, Adam, a schedule, early stopping and an average of the
 * weights; `more` may end it.
 */
async function run(path: string, seed: number, { own, kept, every }: Setting, more: Callback[]): Promise<Ending> {
  manualSeed(seed);
  const x = randn([40, 3], { generator: new Generator(1) });
  const data = new TensorDataset(x, x.sum({ dim: 1, keepdim: true }));
  const generator = (plus: number) => (own ? { generator: new Generator(seed + plus) } : {});
  const loader = new DataLoader(data, { batchSize: 8, shuffle: true, ...generator(5) });
  const model = new Sequential(
    new Linear(3, 8),
    new BatchNorm1d(8),
    new ReLU(),
    new Dropout({ p: 0.25, ...generator(6) }),
    new Linear(8, 1),
  );
  const optimizer = new Adam(model.parameters(), { lr: 0.01 });
  const scheduler = new ExponentialLR(optimizer, { gamma: 0.95 });
  const stopping = earlyStopping({ patience: 50, restoreBest: false });
  const average = averagedWeights();
  const callbacks = [stopping, average];
  const keeping = checkpoint({ path, callbacks, ...(kept === undefined ? {} : { every: kept }) });
  const { history } = await fit(model, loader, {
    loss,
    optimizer,
    scheduler,
    epochs: 4,
    ...(every === undefined ? {} : { every }),
    validate: (model) => ({ weight: model.parameters()[0]?.detach().sum().item() as number, drawn: randn([]).item() }),
    callbacks: [keeping, ...callbacks, ...more],
  });
  return { weights: flat(model), average: await average.use(model, () => flat(model)), history };
}

const killed: (step: number) => Callback = (step) => ({
  afterStep(run) {
    if (run.step === step) throw new Error("killed");
  },
});

describe.each([
  ["at the end of an epoch", {}],
  ["every 3 steps", { kept: 3 }],
  ["every 5 steps, each the last of an epoch", { kept: 5 }],
  ["every 3 steps, validated at each of these", { kept: 3, every: 3 }],
  ["every 3 steps, validated every 5", { kept: 3, every: 5 }],
])("a checkpoint written %s", (_, counts) => {
  test.each([false, true])("goes on to the same bits (generators of the parts' own: %s)", async (own) => {
    const folder = mkdtempSync(join(tmpdir(), "dl-train-"));
    const setting = { ...counts, own };
    const whole = await run(join(folder, "whole"), 0, setting, []);
    await expect(run(join(folder, "parts"), 0, setting, [killed(9)])).rejects.toThrow("killed");
    await expect(run(join(folder, "parts"), 99, setting, [killed(14)])).rejects.toThrow("killed");
    const resumed = await run(join(folder, "parts"), 7, setting, []);
    expect(resumed).toEqual(whole);
    expect(await run(join(folder, "parts"), 8, setting, [])).toEqual(whole);
  });
});

/** One epoch of a stream of five batches, two to a step, drawing noise in each; killed before step `end`. */
async function stream(path: string, seed: number, end: number): Promise<Ending> {
  manualSeed(seed);
  const model = new Linear(2, 1);
  const batches = {
    *[Symbol.iterator]() {
      for (let i = 1; i <= 5; i++) yield full([1, 2], i);
    },
  };
  const { history } = await fit(model, batches, {
    loss: (model, x) =>
      model
        .forward(x.add(randn([1, 2])))
        .square()
        .sum(),
    optimizer: new Adam(model.parameters()),
    accumulate: 2,
    epochs: 2,
    callbacks: [checkpoint({ path, every: 1 }), killed(end)],
  });
  return { weights: flat(model), average: [], history };
}

test.each([2, 3, 4, 5, 6])("so does one within a stream whose length nobody knows, killed in step %i", async (end) => {
  const folder = mkdtempSync(join(tmpdir(), "dl-train-"));
  const whole = await stream(join(folder, "whole"), 0, 0);
  expect(whole.history).toMatchObject([{ step: 3 }, { step: 6 }]);
  await expect(stream(join(folder, "parts"), 0, end)).rejects.toThrow("killed");
  expect(await stream(join(folder, "parts"), 9, 0)).toEqual(whole);
});

test("a run that was stopped is over at once when it is started again", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "dl-train-")), "stopped");
  const start = async () => {
    manualSeed(0);
    const model = new Linear(1, 1);
    const stopping = earlyStopping({ monitor: "same", patience: 2 });
    const result = await fit(model, [ones([1, 1])], {
      loss: (model, x) => model.forward(x).sum(),
      optimizer: new Adam(model.parameters()),
      epochs: 9,
      validate: () => ({ same: 1 }),
      callbacks: [checkpoint({ path, callbacks: [stopping] }), stopping],
    });
    return { ...result, weights: flat(model) };
  };
  const first = await start();
  expect(first.steps).toBe(3);
  expect(await start()).toEqual(first);
});

test("names that are taken have their sentences", () => {
  const named = (name: string): Callback => ({ name, stateDict: () => ({}), loadStateDict: () => undefined });
  expect(() => checkpoint({ path: "a", callbacks: [named("model")] })).toThrow(
    'checkpoint: the name "model" of a callback is taken',
  );
  expect(() => checkpoint({ path: "a", callbacks: [earlyStopping(), earlyStopping()] })).toThrow(
    'checkpoint: the name "earlyStopping" of a callback is taken',
  );
  expect(() => checkpoint({ path: "a", every: 0 })).toThrow(
    "checkpoint: every must be a whole number from 1 on, got 0",
  );
});
