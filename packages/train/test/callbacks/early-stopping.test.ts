import { Linear } from "@dl/layers";
import { SGD } from "@dl/optim";
import { tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { type EarlyStoppingOptions, earlyStopping, fit } from "../../src/index.ts";

/** Ten epochs whose validation finds `figures`, one after another. */
async function runWith(figures: readonly number[], options: EarlyStoppingOptions) {
  const model = new Linear(1, 1);
  const weights: (readonly number[])[] = [];
  const stopping = earlyStopping({ monitor: "figure", ...options });
  let next = 0;
  const { steps, stopped } = await fit(model, [tensor([[1]])], {
    loss: (model, x) => model.forward(x).sum(),
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: figures.length,
    validate(model) {
      weights.push(Array.from(model.weight.detach().toArray()));
      return { figure: figures[next++] as number };
    },
    callbacks: [stopping],
  });
  return { steps, stopped, best: stopping.best?.epoch, restored: weights.indexOf(last(model)) };

  function last(trained: Linear): readonly number[] {
    const own = Array.from(trained.weight.detach().toArray());
    return weights.find((each) => each[0] === own[0]) as readonly number[];
  }
}

test("stops after `patience` validations without a better figure and restores the best weights", async () => {
  expect(await runWith([5, 3, 4, 3, 6, 1, 1], { patience: 3 })).toEqual({
    steps: 5,
    stopped: "earlyStopping: figure not better than 3 in 3 validations",
    best: 2,
    restored: 1,
  });
});

test("a warm-up waits for learning that begins late", async () => {
  const figures = [0.1, 0.1, 0.1, 0.1, 0.1, 0.5, 0.9, 0.8];
  expect((await runWith(figures, { mode: "max", patience: 2 })).steps).toBe(3);
  expect(await runWith(figures, { mode: "max", patience: 2, warmup: 4 })).toMatchObject({
    steps: 8,
    best: 7,
    restored: 6,
  });
});

test("smaller gains than minDelta do not count, NaN never does", async () => {
  expect(await runWith([1, 0.95, 0.9, 0.4], { patience: 2, minDelta: 0.2 })).toMatchObject({ steps: 3, best: 1 });
  expect(await runWith([Number.NaN, 2, Number.NaN], { patience: 5 })).toMatchObject({ best: 2 });
});

test("without restoreBest the last weights stay", async () => {
  expect(await runWith([1, 2, 3], { patience: 9, restoreBest: false })).toMatchObject({ restored: 2 });
});

test("an unknown figure and wrong counts have their sentences", async () => {
  await expect(runWith([1], { monitor: "accuracy" })).rejects.toThrow(
    'earlyStopping: no figure "accuracy" in the history (epoch, step, loss, figure)',
  );
  expect(() => earlyStopping({ patience: 0 })).toThrow(
    "earlyStopping: patience must be a whole number from 1 on, got 0",
  );
});
