import { Generator } from "@dl/tensor";
import { expect, test } from "vitest";
import { gridSearch, randomSearch, type Setting, successiveHalving } from "../src/index.ts";

const space = { lr: [0.1, 0.01, 0.001], act: ["relu", "tanh"] } as const;
type Both = Setting<typeof space>;
const text = ({ lr, act }: Both): string => `${lr} ${act}`;

test("a grid is tried in order, the last setting fastest; of equal scores the first is the best", async () => {
  const { best, trials } = await gridSearch(space, async ({ act }) => (act === "tanh" ? 1 : 0));
  expect(trials.map(({ setting }) => text(setting))).toEqual([
    "0.1 relu",
    "0.1 tanh",
    "0.01 relu",
    "0.01 tanh",
    "0.001 relu",
    "0.001 tanh",
  ]);
  expect(best).toBe(trials[1]);
});

test("a score of NaN is never the best, but stays among the trials", async () => {
  const { best, trials } = await gridSearch({ a: [1, 2, 3] }, ({ a }) => (a === 2 ? -5 : a === 1 ? Number.NaN : -7));
  expect(best).toEqual({ setting: { a: 2 }, score: -5 });
  expect(trials.map(({ score }) => score)).toEqual([Number.NaN, -5, -7]);
});

test("random combinations are drawn once each, the same for the same seed", async () => {
  const draw = async (seed: number, trials: number): Promise<string[]> =>
    (await randomSearch(space, () => 0, { trials, generator: new Generator(seed) })).trials.map((t) => text(t.setting));
  const all = await draw(0, 99);
  expect([all.length, new Set(all).size]).toEqual([6, 6]);
  expect(await draw(0, 3)).toEqual(all.slice(0, 3));
  expect(await draw(1, 6)).not.toEqual(all);
});

test("halving goes on with the better ones and a larger budget, NaN comes last", async () => {
  const spent: [number, number][] = [];
  const { best, trials } = await successiveHalving(
    { a: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    ({ a }, budget) => {
      spent.push([a, budget]);
      return a > 7 ? Number.NaN : a;
    },
    { trials: 9, budget: 2, factor: 3, generator: new Generator(0) },
  );
  expect(spent.slice(0, 9).every(([, budget]) => budget === 2)).toBe(true);
  expect(spent.slice(9)).toEqual([
    [7, 6],
    [6, 6],
    [5, 6],
    [7, 18],
  ]);
  expect(best).toEqual({ setting: { a: 7 }, score: 7 });
  expect(trials).toEqual([best]);
});

test("what cannot be searched has its sentences", async () => {
  await expect(gridSearch({ lr: [1], act: [] }, () => 0)).rejects.toThrow(
    'gridSearch: the setting "act" has no values',
  );
  await expect(gridSearch({ lr: [1, 2] }, () => Number.NaN)).rejects.toThrow(
    "gridSearch: the objective gave NaN for all 2 settings",
  );
  await expect(randomSearch(space, () => 0, { trials: 1.5 })).rejects.toThrow(
    "randomSearch: trials must be a whole number from 1 on, got 1.5",
  );
  const halve = (budget: number, factor: number) => successiveHalving(space, () => 0, { trials: 2, budget, factor });
  await expect(halve(0, 2)).rejects.toThrow("successiveHalving: budget must be above 0, got 0");
  await expect(halve(1, 1)).rejects.toThrow("successiveHalving: factor must be above 1, got 1");
});
