import { defaultGenerator, type Generator } from "@dl/tensor";
import { checkCount } from "./count.ts";

/** The values that each setting may take. */
export type Space = Readonly<Record<string, readonly unknown[]>>;

/** One value for each setting of a space. */
export type Setting<S extends Space> = { readonly [K in keyof S]: S[K][number] };

/** A setting and its score. */
export interface Trial<S extends Space> {
  readonly setting: Setting<S>;
  /** What the objective gave: for example the held-out accuracy. Higher is better. */
  readonly score: number;
}

/** All trials, and the one with the highest score (of equal ones the first). */
export interface SearchResult<S extends Space> {
  readonly best: Trial<S>;
  readonly trials: readonly Trial<S>[];
}

type Objective<S extends Space> = (setting: Setting<S>) => number | Promise<number>;

/**
 * Tries every combination of the values, the last setting changing fastest.
 *
 * Errors: a setting without values; an objective that gives NaN for every combination.
 *
 * @example
 * const { best, trials } = await gridSearch({ lr: [0.1, 0.01], hidden: [8, 16] }, ({ lr, hidden }) => hidden * lr);
 * [best.setting, trials.length]; // => [{ lr: 0.1, hidden: 16 }, 4]
 */
export async function gridSearch<const S extends Space>(space: S, objective: Objective<S>): Promise<SearchResult<S>> {
  return await tried("gridSearch", combinations("gridSearch", space), objective);
}

export interface RandomSearchOptions {
  /** Combinations to try, each drawn at most once. */
  trials: number;
  /** Default the default generator. */
  generator?: Generator;
}

/**
 * Tries combinations drawn at random: where few settings matter, it finds good ones sooner than a grid.
 *
 * Errors: as {@link gridSearch}; `trials` that is no whole number from 1 on.
 * Source: Bergstra and Bengio, 2012
 *
 * @example
 * const options = { trials: 3, generator: new Generator(0) };
 * const { trials } = await randomSearch({ lr: [0.1, 0.01], hidden: [8, 16] }, ({ lr }) => lr, options);
 * trials.length; // => 3
 */
export async function randomSearch<const S extends Space>(
  space: S,
  objective: Objective<S>,
  { trials, generator = defaultGenerator() }: RandomSearchOptions,
): Promise<SearchResult<S>> {
  checkCount("randomSearch", "trials", trials);
  const drawn = shuffled(combinations("randomSearch", space), generator).slice(0, trials);
  return await tried("randomSearch", drawn, objective);
}

export interface HalvingOptions {
  /** Combinations of the first round. */
  trials: number;
  /** What each of them may spend in the first round: epochs, steps, samples. */
  budget: number;
  /** By how much each round has fewer combinations and a larger budget. Default 2. */
  factor?: number;
  /** Default the default generator. */
  generator?: Generator;
}

/**
 * Successive halving: many combinations with a small budget, then the better half with twice the budget, until one is
 * left. `trials` of the result are those of the last round.
 *
 * Errors: as {@link randomSearch}; a `budget` that is not above 0, a `factor` that is not above 1.
 * Source: Jamieson and Talwalkar, 2016, https://arxiv.org/abs/1502.07943
 *
 * @example
 * const spent = [];
 * const objective = ({ lr }, budget) => (spent.push(budget), lr);
 * await successiveHalving({ lr: [1, 2, 3, 4] }, objective, { trials: 4, budget: 10 });
 * spent; // => [10, 10, 10, 10, 20, 20, 40]
 */
export async function successiveHalving<const S extends Space>(
  space: S,
  objective: (setting: Setting<S>, budget: number) => number | Promise<number>,
  { trials, budget, factor = 2, generator = defaultGenerator() }: HalvingOptions,
): Promise<SearchResult<S>> {
  const who = "successiveHalving";
  checkCount(who, "trials", trials);
  if (!(budget > 0)) throw new RangeError(`${who}: budget must be above 0, got ${budget}`);
  if (!(factor > 1)) throw new RangeError(`${who}: factor must be above 1, got ${factor}`);
  let settings = shuffled(combinations(who, space), generator).slice(0, trials);
  for (let spend = budget; ; spend *= factor) {
    const result = await tried(who, settings, (setting) => objective(setting, spend));
    if (settings.length === 1) return result;
    const left = Math.max(1, Math.floor(settings.length / factor));
    settings = result.trials
      .toSorted((a, b) => rank(b) - rank(a))
      .slice(0, left)
      .map(({ setting }) => setting);
  }
}

/** A score that is no number comes last. */
const rank = ({ score }: { readonly score: number }): number => (Number.isNaN(score) ? -Infinity : score);

async function tried<S extends Space>(
  who: string,
  settings: readonly Setting<S>[],
  objective: Objective<S>,
): Promise<SearchResult<S>> {
  const trials: Trial<S>[] = [];
  for (const setting of settings) trials.push({ setting, score: await objective(setting) });
  const [first, ...others] = trials.filter(({ score }) => !Number.isNaN(score));
  if (first === undefined) throw new RangeError(`${who}: the objective gave NaN for all ${trials.length} settings`);
  return { best: others.reduce((best, trial) => (trial.score > best.score ? trial : best), first), trials };
}

function combinations<S extends Space>(who: string, space: S): Setting<S>[] {
  const entries = Object.entries(space);
  const empty = entries.find(([, values]) => values.length === 0);
  if (empty !== undefined) throw new RangeError(`${who}: the setting "${empty[0]}" has no values`);
  return entries
    .reduce<[string, unknown][][]>(
      (all, [name, values]) =>
        all.flatMap((some) => values.map((value): [string, unknown][] => [...some, [name, value]])),
      [[]],
    )
    .map((pairs) => Object.fromEntries(pairs) as Setting<S>);
}

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[], generator: Generator): T[] {
  const mixed = [...values];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = generator.random() % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
