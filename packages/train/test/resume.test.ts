import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataLoader, TensorDataset } from "@dl/data";
import { BatchNorm1d, Dropout, Linear, type Module, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam, ExponentialLR } from "@dl/optim";
import { Generator, manualSeed, randn, type Tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { type Callback, checkpoint, earlyStopping, fit } from "../src/index.ts";

const loss = (model: Module, [x, y]: [Tensor, Tensor]): Tensor => mseLoss(model.forward(x), y);

interface Ending {
  readonly weights: readonly number[];
  readonly history: readonly unknown[];
}

/** Four epochs of five steps with shuffling, dropout, batch norm, Adam, a schedule and early stopping; `more` may end it. */
async function run(
  path: string,
  seed: number,
  every: number | undefined,
  own: boolean,
  more: Callback[],
): Promise<Ending> {
  manualSeed(seed);
  const x = randn([40, 3], { generator: new Generator(1) });
  const data = new TensorDataset(x, x.sum({ dim: 1, keepdim: true }));
  const generator = own ? { generator: new Generator(seed + 5) } : {};
  const loader = new DataLoader(data, { batchSize: 8, shuffle: true, ...generator });
  const model = new Sequential(
    new Linear(3, 8),
    new BatchNorm1d(8),
    new ReLU(),
    new Dropout({ p: 0.25 }),
    new Linear(8, 1),
  );
  const optimizer = new Adam(model.parameters(), { lr: 0.01 });
  const scheduler = new ExponentialLR(optimizer, { gamma: 0.95 });
  const stopping = earlyStopping({ patience: 50, restoreBest: false });
  const keeping = checkpoint({ path, callbacks: [stopping], ...(every === undefined ? {} : { every }) });
  const { history } = await fit(model, loader, {
    loss,
    optimizer,
    scheduler,
    epochs: 4,
    validate: (model) => ({ weight: model.parameters()[0]?.detach().sum().item() as number }),
    callbacks: [stopping, keeping, ...more],
  });
  const weights = Object.values(model.stateDict()).flatMap((t) => Array.from(t.toArray()));
  return { weights, history };
}

const killed: (step: number) => Callback = (step) => ({
  afterStep(run) {
    if (run.step === step) throw new Error("killed");
  },
});

describe.each([
  ["at the end of an epoch", undefined],
  ["every 3 steps", 3],
  ["every 5 steps, each the last of an epoch", 5],
])("a checkpoint written %s", (_, every) => {
  test.each([false, true])("goes on to the same bits (a generator of the loader's own: %s)", async (own) => {
    const folder = mkdtempSync(join(tmpdir(), "dl-train-"));
    const whole = await run(join(folder, "whole"), 0, every, own, []);
    await expect(run(join(folder, "parts"), 0, every, own, [killed(9)])).rejects.toThrow("killed");
    await expect(run(join(folder, "parts"), 99, every, own, [killed(14)])).rejects.toThrow("killed");
    const resumed = await run(join(folder, "parts"), 7, every, own, []);
    expect(resumed).toEqual(whole);
  });
});
