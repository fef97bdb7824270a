import { Linear } from "@dl/layers";
import { SGD } from "@dl/optim";
import { ones, type Tensor } from "@dl/tensor";
import { afterEach, expect, test, vi } from "vitest";
import { type FitOptions, fit, type ProgressDisplay, progressBar } from "../../src/index.ts";

afterEach(() => void vi.restoreAllMocks());

/** Trains on `batches` with losses that are all 0. */
async function run(batches: Iterable<Tensor>, options: Partial<FitOptions<Linear, Tensor>>): Promise<void> {
  const model = new Linear(1, 1);
  const optimizer = new SGD(model.parameters(), { lr: 0.1 });
  await fit(model, batches, { loss: (model, x) => model.forward(x).mul(0).sum(), optimizer, ...options });
}

test("shows every step of all steps, with what the last validation measured", async () => {
  const shown: unknown[] = [];
  const display = (total: number): ProgressDisplay => ({
    update: (done, values) => shown.push([`${done}/${total}`, values]),
    stop: () => shown.push("stopped"),
  });
  const x = ones([1, 1]);
  await run([x, x, x, x, x], {
    epochs: 2,
    accumulate: 2,
    validate: () => ({ accuracy: 0.5 }),
    callbacks: [progressBar({ display })],
  });
  const [before, after] = [{ loss: 0 }, { loss: 0, accuracy: 0.5 }];
  expect(shown).toEqual([
    ["1/6", before],
    ["2/6", before],
    ["3/6", before],
    ["4/6", after],
    ["5/6", after],
    ["6/6", after],
    "stopped",
  ]);
});

test("prints a line for each tenth", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await run([ones([1, 1])], { epochs: 25, every: 20, validate: () => ({ error: 1 / 3 }), callbacks: [progressBar()] });
  expect(log.mock.calls.map(([line]: unknown[]) => line)).toEqual([
    ...[10, 20, 30, 40, 50, 60, 70, 80].map((tenth) => `${tenth} % · loss 0.000`),
    "90 % · loss 0.000 · error 0.3333",
    "100 % · loss 0.000 · error 0.3333",
  ]);
});

test("a stream needs a number of steps", async () => {
  const stream = new Set([ones([1, 1])]);
  await expect(run(stream, { epochs: 2, callbacks: [progressBar()] })).rejects.toThrow(
    "progressBar: the length of the run is not known: give fit the number of steps",
  );
  await run(stream, { steps: 2, callbacks: [progressBar({ display: () => ({ update: () => undefined }) })] });
});
